-- Months without team and service: figures by month, priority or state over whole months need no days.

create table measure_month (
  day date not null,
  type text not null,
  measure text not null,
  key text not null,
  department uuid,
  organization_id uuid,
  priority smallint,
  count bigint not null,
  amount double precision not null
);
create unique index measure_month_cell on measure_month (type, measure, key, day, department, organization_id, priority) nulls not distinct;

insert into measure_month (day, type, measure, key, department, organization_id, priority, count, amount)
select date_trunc('month', day::timestamp)::date, type, measure, key, department, organization_id, priority, sum(count), sum(amount)
from measure_total group by 1, 2, 3, 4, 5, 6, 7;

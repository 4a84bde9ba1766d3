-- Days without team and service: most questions ask for neither, and a large desk has nearly a cell for each record.

create table measure_total (
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
create unique index measure_total_cell on measure_total (type, measure, key, day, department, organization_id, priority) nulls not distinct;

insert into measure_total (day, type, measure, key, department, organization_id, priority, count, amount)
select day, type, measure, key, department, organization_id, priority, sum(count), sum(amount)
from measure_day group by 1, 2, 3, 4, 5, 6, 7;

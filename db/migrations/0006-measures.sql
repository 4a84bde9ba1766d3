-- Figures over time: one row per day, measure and dimensions. Writers only append deltas, so that no two of them wait
-- for one row; the background folds deltas into days, and readers add both.

create table measure_day (
  day date not null,
  type text not null,
  measure text not null,
  key text not null,
  department uuid,
  organization_id uuid,
  team_id uuid,
  service_id uuid,
  priority smallint,
  count bigint not null,
  amount double precision not null
);
create unique index measure_day_cell on measure_day (type, measure, key, day, department, organization_id, team_id, service_id, priority) nulls not distinct;

create table measure_delta (
  id bigint generated always as identity primary key,
  day date not null,
  type text not null,
  measure text not null,
  key text not null,
  department uuid,
  organization_id uuid,
  team_id uuid,
  service_id uuid,
  priority smallint,
  count integer not null,
  amount double precision not null
);

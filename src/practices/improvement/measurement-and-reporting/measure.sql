-- Figures over time. Writers only append deltas, so that no two wait for one row; the background folds them into days.
-- As the migrations make it; a test compares both.

create table measure_day (
  day date not null, -- UTC
  type text not null, -- the kind of record
  measure text not null, -- what is counted: logged, resolved, ended, stay, promise
  key text not null, -- the state of a stay, the target of a promise; empty otherwise
  department uuid, -- dimension and wall
  organization_id uuid, -- dimension
  team_id uuid, -- dimension
  service_id uuid, -- dimension
  priority smallint, -- dimension
  count bigint not null, -- how many
  amount double precision not null -- seconds; of a promise, those that were met
);
create unique index measure_day_cell on measure_day (type, measure, key, day, department, organization_id, team_id, service_id, priority) nulls not distinct;

create table measure_total (
  day date not null, -- UTC
  type text not null, -- the kind of record
  measure text not null, -- what is counted: logged, resolved, ended, stay
  key text not null, -- the state of a stay; empty otherwise
  department uuid, -- dimension and wall
  organization_id uuid, -- dimension
  priority smallint, -- dimension
  count bigint not null, -- how many
  amount double precision not null -- seconds
);
create unique index measure_total_cell on measure_total (type, measure, key, day, department, organization_id, priority) nulls not distinct;

create table measure_month (
  day date not null, -- the first day of a month, UTC
  type text not null, -- the kind of record
  measure text not null, -- what is counted: logged, resolved, ended, stay, promise
  key text not null, -- the state of a stay, the target of a promise; empty otherwise
  department uuid, -- dimension and wall
  organization_id uuid, -- dimension
  priority smallint, -- dimension
  count bigint not null, -- how many
  amount double precision not null -- seconds; of a promise, those that were met
);
create unique index measure_month_cell on measure_month (type, measure, key, day, department, organization_id, priority) nulls not distinct;

create table measure_delta (
  id bigint generated always as identity primary key, -- in order of writing
  day date not null, -- UTC
  type text not null, -- the kind of record
  measure text not null, -- what is counted: logged, resolved, ended, stay, promise
  key text not null, -- the state of a stay, the target of a promise; empty otherwise
  department uuid, -- dimension and wall
  organization_id uuid, -- dimension
  team_id uuid, -- dimension
  service_id uuid, -- dimension
  priority smallint, -- dimension
  count integer not null, -- how many
  amount double precision not null -- seconds; of a promise, those that were met
);

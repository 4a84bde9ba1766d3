-- The order of the queue: by which weights a team works, and the place of each record as an instant that can be sorted by.

alter table record add column queue_at timestamptz;
create index record_open_queue on record (type, queue_at, id) where state_category in ('open', 'paused');
create index record_open_team_queue on record (type, team_id, queue_at, id) where state_category in ('open', 'paused');
create index record_open_assignee_queue on record (assignee_id, type, queue_at, id) where state_category in ('open', 'paused');

create sequence number_queue_order start 1001;
create table queue_order (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  without_due_hours integer not null,
  impact_1_minutes integer not null,
  impact_2_minutes integer not null,
  goal_minutes integer not null,
  major_minutes integer not null,
  answer_minutes integer not null,
  hold_minutes integer not null,
  age_percent integer not null
);

create table queue_review (
  id uuid primary key,
  service_id uuid,
  after_id uuid not null default '00000000-0000-0000-0000-000000000000',
  begun boolean not null default false
);
-- What is open already finds its place when the product starts.
insert into queue_review (id) values ('00000000-0000-7000-8000-000000000001');

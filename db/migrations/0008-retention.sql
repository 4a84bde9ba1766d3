-- How long what is kept: rules by kind of record and department.

create sequence number_retention_rule start 1001;

create table retention_rule (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  record_type text not null,
  after_days integer not null,
  fields text[] not null default '{}',
  conversation boolean not null default false,
  attachments boolean not null default false,
  last_run_at timestamptz,
  last_run_count integer
);

-- How long what is kept.

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

comment on table retention_rule is 'After how long what goes from finished records of a kind and department.';
comment on column retention_rule.fields is 'Fields that are emptied, in the record and in its history.';

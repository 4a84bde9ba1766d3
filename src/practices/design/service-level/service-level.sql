-- Agreements, their published versions, clocks.

create sequence number_agreement start 1001;

create table agreement (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  calendar_id uuid not null references record (id),
  match jsonb not null default '{}',
  targets jsonb not null,
  pause_states text[] not null default '{}',
  pause_targets text[] not null default '{}',
  warn_share double precision,
  escalations jsonb not null default '[]',
  effective_on date not null,
  valid_until date,
  review_on date,
  parties uuid[] not null default '{}',
  accepted_by_id uuid references record (id),
  accepted_at timestamptz,
  agreement_version integer not null,
  published_version integer,
  published_at timestamptz,
  retired_at timestamptz,
  cases jsonb not null default '[]'
);
create index agreement_calendar on agreement (calendar_id);
comment on column agreement.match is 'Fields a record must have to fall under it: service_id, priority, department, organization_id.';
comment on column agreement.targets is 'What is promised: seconds, working days or the instant of a field, by target and priority.';
comment on column agreement.warn_share is 'The part of a target after which a warning is due; 0 for none.';
comment on column agreement.escalations is 'Steps: whom to tell, how long after the warning or the breach, in whose hours.';
comment on column agreement.agreement_version is 'The version as it is written here: published, or the next draft.';
comment on column agreement.published_version is 'The version in force; null before the first.';
comment on column agreement.cases is 'What was tried and must come out of it before a version is published.';

create table agreement_version (
  record_id uuid not null references record (id),
  version integer not null,
  published_at timestamptz not null,
  content jsonb not null,
  primary key (record_id, version)
);
comment on table agreement_version is 'What was published, word for word; never changed.';

create table agreement_book (
  one boolean primary key default true check (one),
  token uuid not null default gen_random_uuid()
);
comment on table agreement_book is 'One row: another token whenever an agreement or a calendar changes.';

create table clock (
  record_id uuid not null references record (id),
  target text not null,
  cycle integer not null,
  state text not null check (state in ('running', 'paused', 'met', 'breached', 'stopped')),
  agreement_id uuid not null,
  agreement_version integer not null,
  calendar_id uuid not null,
  target_s double precision,
  started_at timestamptz not null,
  ended_at timestamptz,
  due_at timestamptz,
  promised_at timestamptz,
  breached boolean not null,
  breach_at timestamptz,
  warn_at timestamptz,
  elapsed_s double precision,
  paused_s double precision,
  told integer not null default 0,
  next_at timestamptz,
  team_id uuid,
  primary key (record_id, target, cycle)
);
create index clock_next on clock (next_at) where next_at is not null;
create index clock_ended on clock (ended_at) where ended_at is not null;
comment on table clock is 'One promise about one record: its last run and those before it.';
comment on column clock.team_id is 'Of a team clock: the team that held the record then; null for the other targets.';
comment on column clock.told is 'Bits: 1 the warning, 2 the breach, 4 and up the steps of the escalation, in their order.';
comment on column clock.next_at is 'When the next of them is to be told; null while paused, ended, or when all are told.';
comment on column clock.elapsed_s is 'Used working seconds when it ended; null before, as it grows with every second.';

create table clock_review (
  id uuid primary key,
  agreement_id uuid,
  calendar_id uuid,
  after_id uuid not null default '00000000-0000-0000-0000-000000000000',
  begun boolean not null default false
);
comment on table clock_review is 'Open records still to be judged anew, in batches behind after_id.';

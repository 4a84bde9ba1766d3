-- Calendars, agreements and their published versions, clocks.
-- As the migrations make it; a test compares both.

create sequence number_calendar start 1001;
create table calendar (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  timezone text not null, -- IANA name
  hours jsonb not null, -- per weekday
  holidays jsonb not null default '[]', -- days off, by date or yearly rule
  date_hours jsonb, -- other hours on single dates
  breaks jsonb -- pauses within the hours
);

create table calendar_version (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- the calendar
  changed_at timestamptz not null, -- from when on it holds
  definition jsonb not null -- the hours as they were; never changed
);
create index calendar_version_record on calendar_version (record_id, id);

create sequence number_agreement start 1001;
create table agreement (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  calendar_id uuid not null references record (id), -- in whose hours
  match jsonb not null default '{}', -- which records it is for; all of it must hold
  targets jsonb not null, -- what is promised
  pause_states text[] not null default '{}', -- states in which its clocks rest
  pause_targets text[] not null default '{}', -- the targets that rest; none: all
  warn_share double precision, -- the share of the time after which a warning is given
  escalations jsonb not null default '[]', -- to whom, after what
  effective_on date not null, -- the first day it holds
  valid_until date, -- the last day it holds
  review_on date, -- when the parties look at it again
  parties uuid[] not null default '{}', -- who agreed: people or organizations
  accepted_by_id uuid references record (id), -- who accepted it
  accepted_at timestamptz, -- when
  agreement_version integer not null, -- of the draft
  published_version integer, -- in force; none: never published
  published_at timestamptz, -- when
  retired_at timestamptz, -- when it was taken out of force
  cases jsonb not null default '[]' -- what was tried, kept as its tests
);
create index agreement_calendar on agreement (calendar_id);

create table agreement_version (
  record_id uuid not null references record (id), -- the agreement
  version integer not null, -- counted from 1
  published_at timestamptz not null, -- when
  content jsonb not null, -- word for word; never changed
  primary key (record_id, version)
);

create table agreement_book (
  one boolean primary key default true check (one), -- there is one row
  token uuid not null default gen_random_uuid() -- another one whenever an agreement or calendar changes: copies are old then
);

create table clock (
  record_id uuid not null references record (id), -- the record it is about
  target text not null, -- first_response, update, resolution, team
  cycle integer not null, -- its how-many-eth run
  state text not null check (state in ('running', 'paused', 'met', 'breached', 'stopped')), -- running or how it stands
  agreement_id uuid not null, -- which made it
  agreement_version integer not null, -- in which wording
  calendar_id uuid not null, -- in whose hours
  target_s double precision, -- working seconds; none for working days and instants
  started_at timestamptz not null, -- when it began
  ended_at timestamptz, -- when it ended
  due_at timestamptz, -- none while paused or ended
  promised_at timestamptz, -- the last due; stays
  breached boolean not null, -- past its target, running or ended
  breach_at timestamptz, -- when it went past
  warn_at timestamptz, -- when the warning falls due
  elapsed_s double precision, -- working seconds used when it ended; none before
  paused_s double precision, -- seconds paused when it ended; none before
  told integer not null default 0, -- bits: 1 the warning, 2 the breach, 4 and up the steps of the escalation
  next_at timestamptz, -- when the next of them is to be told; none while paused or ended
  primary key (record_id, target, cycle)
);
create index clock_next on clock (next_at) where next_at is not null;
create index clock_ended on clock (ended_at) where ended_at is not null;
create index clock_agreement on clock (agreement_id) where ended_at is null;

create table clock_review (
  id uuid primary key, -- UUIDv7, in order
  agreement_id uuid, -- whose records are judged anew
  calendar_id uuid, -- or those of this calendar
  after_id uuid not null default '00000000-0000-0000-0000-000000000000', -- the last record judged
  begun boolean not null default false -- the first batch is through
);

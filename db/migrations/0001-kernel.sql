-- The kernel: records, history, seals, timers, reactions, idempotency keys.

create table record (
  id uuid primary key,
  type text not null,
  number text not null,
  serial bigint not null,
  title text not null,
  state text not null,
  state_category text not null check (state_category in ('open', 'paused', 'stopped', 'final')),
  state_since timestamptz not null,
  department uuid references record (id),
  team_id uuid references record (id),
  assignee_id uuid references record (id),
  requester_id uuid references record (id),
  beneficiary_id uuid references record (id),
  priority smallint,
  opened_at timestamptz not null,
  due_at timestamptz,
  version integer not null,
  custom jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index record_number on record (number);
create index record_serial on record (type, serial, id);
create index record_serial_down on record (type, serial desc, id);
create index record_opened on record (type, opened_at, id);
create index record_opened_down on record (type, opened_at desc nulls last, id);
create index record_updated on record (type, updated_at, id);
create index record_updated_down on record (type, updated_at desc nulls last, id);
create index record_due on record (type, due_at, id) where due_at is not null;
create index record_due_down on record (type, due_at desc nulls last, id) where due_at is not null;
create index record_priority_opened on record (type, priority, opened_at, id);
create index record_priority_opened_down on record (type, priority, opened_at desc nulls last, id);
create index record_open_priority_due on record (type, priority, due_at, id) where state_category in ('open', 'paused');
create index record_open_team on record (type, team_id, priority, due_at, id) where state_category in ('open', 'paused');
create index record_open_assignee on record (assignee_id, type, priority, due_at, id) where state_category in ('open', 'paused');
create index record_team on record (team_id, type, opened_at desc nulls last);
create index record_assignee on record (assignee_id, type, opened_at desc nulls last);
create index record_requester on record (requester_id, type, opened_at desc nulls last);
create index record_beneficiary on record (beneficiary_id, type) where beneficiary_id is not null;
create index record_department on record (department, type, opened_at desc nulls last);
create index record_state on record (type, state, opened_at desc nulls last);
create index record_custom on record using gin (custom jsonb_path_ops) where custom <> '{}';

create table history (
  id uuid not null,
  record_id uuid not null,
  type text not null,
  name text not null,
  actor_id uuid,
  actor_kind text not null check (actor_kind in ('person', 'rule', 'timer', 'import', 'system')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  internal boolean not null default false,
  changes jsonb not null,
  cause jsonb,
  why jsonb,
  digest bytea not null,
  tx xid8 not null default pg_current_xact_id()
) partition by range (recorded_at);
create table history_rest partition of history default;
create index history_id on history (id);
create index history_record on history (record_id, id);
create index history_tx on history (tx, id);

create table history_seal (
  seq bigint primary key,
  line_id uuid not null,
  hash bytea not null
);
create unique index history_seal_line on history_seal (line_id);

-- One row: who seals now, and how far the chain reaches.
create table sealer (
  one boolean primary key default true check (one),
  holder text,
  until timestamptz,
  seq bigint not null default 0,
  hash bytea not null default '\x',
  tx xid8 not null default '0',
  line_id uuid not null default '00000000-0000-0000-0000-000000000000',
  cluster text
);
insert into sealer (one) values (true);

create table timer (
  id uuid primary key,
  record_id uuid not null,
  key text not null,
  type text not null,
  verb text not null,
  due_at timestamptz not null,
  input jsonb not null default '{}',
  reason text not null,
  version integer,
  unique (record_id, key)
);
create index timer_due on timer (due_at);

create table reaction (
  id uuid primary key,
  name text not null,
  line_id uuid not null,
  record_id uuid not null,
  depth smallint not null,
  attempts smallint not null default 0,
  due_at timestamptz not null,
  parked boolean not null default false,
  problem text
);
create index reaction_due on reaction (due_at) where not parked;
create index reaction_record on reaction (record_id, name, id);

create table idempotency_key (
  caller uuid not null,
  key text not null,
  request bytea not null,
  status smallint,
  body text,
  location text,
  at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_key_at on idempotency_key (at);

-- The names by which a reference may be written: e-mail, unique name, key; folded.
create table record_name (
  record_id uuid not null references record (id) on delete cascade,
  type text not null,
  name text not null
);
create index record_name_name on record_name (type, name);
create index record_name_record on record_name (record_id);

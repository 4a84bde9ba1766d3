-- The kernel: records, history and its seal, timers, reactions.
-- As the migrations make it; a test compares both.

create table record (
  id uuid primary key, -- UUIDv7, made by us
  type text not null, -- snake_case name of the kind: incident, service, …
  number text not null, -- for people: INC-1042; a department has its key
  serial bigint not null, -- the number within its kind, rising, with gaps
  title text not null, -- what lists show
  state text not null, -- a state of its lifecycle
  state_category text not null check (state_category in ('open', 'paused', 'stopped', 'final')), -- what every kind has in common
  state_since timestamptz not null, -- when it came into this state
  department uuid references record (id), -- the wall it stands behind
  team_id uuid references record (id), -- who handles it
  assignee_id uuid references record (id), -- the person who handles it
  requester_id uuid references record (id), -- who asked
  beneficiary_id uuid references record (id), -- for whom, when not the one who asked
  priority smallint, -- 1 is highest; computed
  merged_into_id uuid references record (id), -- the record it turned out to be a duplicate of
  opened_at timestamptz not null, -- when it began for the person; may lie before created_at
  due_at timestamptz, -- the earliest due of its running clocks
  version integer not null, -- grows with every verb that changes a field
  custom jsonb not null default '{}', -- the organisation's own fields, keys x_…
  created_at timestamptz not null, -- when the row was made
  updated_at timestamptz not null, -- when a verb last changed it
  queue_at timestamptz -- the place in its queue while it is open: what is worth the earliest instant comes first
);
create unique index record_number on record (number);
create index record_serial on record (type, serial, id);
create index record_serial_down on record (type, serial desc, id);
create index record_opened on record (type, opened_at, id);
create index record_opened_down on record (type, opened_at desc nulls last, id);
create index record_updated on record (type, updated_at, id);
create index record_updated_down on record (type, updated_at desc nulls last, id);
create index record_due on record (type, due_at, id);
create index record_due_down on record (type, due_at desc nulls last, id);
create index record_priority_opened on record (type, priority, opened_at, id);
create index record_priority_opened_down on record (type, priority, opened_at desc nulls last, id);
create index record_open_priority_due on record (type, priority, due_at, id) where state_category in ('open', 'paused');
create index record_open_opened on record (type, opened_at, id) where state_category in ('open', 'paused');
create index record_open_updated on record (type, updated_at, id) where state_category in ('open', 'paused');
create index record_open_team on record (type, team_id, priority, due_at, id) where state_category in ('open', 'paused');
create index record_open_assignee on record (assignee_id, type, priority, due_at, id) where state_category in ('open', 'paused');
create index record_open_queue on record (type, queue_at, id) where state_category in ('open', 'paused');
create index record_open_team_queue on record (type, team_id, queue_at, id) where state_category in ('open', 'paused');
create index record_open_assignee_queue on record (assignee_id, type, queue_at, id) where state_category in ('open', 'paused');
create index record_team on record (team_id, type, opened_at desc nulls last);
create index record_team_priority on record (team_id, type, priority, due_at, id);
create index record_assignee on record (assignee_id, type, opened_at desc nulls last);
create index record_requester on record (requester_id, type, opened_at desc nulls last);
create index record_beneficiary on record (beneficiary_id, type) where beneficiary_id is not null;
create index record_department on record (department, type, opened_at desc nulls last);
create index record_state on record (type, state, opened_at desc nulls last);
create index record_merged on record (merged_into_id) where merged_into_id is not null;
create index record_custom on record using gin (custom jsonb_path_ops) where custom <> '{}';

create table history (
  id uuid not null, -- UUIDv7, made by us
  record_id uuid not null, -- the record it is about
  type text not null, -- the kind of record
  name text not null, -- past tense: incident.resolved
  actor_id uuid, -- who did it
  actor_kind text not null check (actor_kind in ('person', 'rule', 'timer', 'import', 'system')), -- a person, or what acted without one
  at timestamptz not null, -- when it was true
  recorded_at timestamptz not null, -- when it was written down
  internal boolean not null default false, -- seen by the team only
  changes jsonb not null, -- before and after of each field, each value under a salt of its own
  cause jsonb, -- the line, timer, or file and row that led to it
  why jsonb, -- the rule, its inputs, and what it chose between
  digest bytea not null, -- over the content; what the seal chains
  tx xid8 not null default pg_current_xact_id() -- the writing transaction; the sealer takes finished ones
) partition by range (recorded_at);
create index history_id on history (id);
create index history_record on history (record_id, id);
create index history_tx on history (tx, id);

create table history_rest partition of history default;

create table history_seal (
  seq bigint primary key, -- the only order others follow: gap-free, never late
  line_id uuid not null, -- the line of history
  hash bytea not null -- over the hash before and the digest of the line
);
create unique index history_seal_line on history_seal (line_id);

create table sealer (
  one boolean primary key default true check (one), -- there is one row
  holder text, -- the process that seals now
  until timestamptz, -- until when it holds the lease
  seq bigint not null default 0, -- the last number given
  hash bytea not null default '\x', -- the last hash of the chain
  tx xid8 not null default '0', -- the last transaction sealed
  line_id uuid not null default '00000000-0000-0000-0000-000000000000', -- the last line sealed
  cluster text -- the database cluster the transaction numbers belong to
);

create table timer (
  id uuid primary key, -- the timer
  record_id uuid not null, -- the record it is about
  key text not null, -- one timer per record and purpose
  type text not null, -- the kind of record
  verb text not null, -- what is performed when it fires
  due_at timestamptz not null, -- when it fires
  input jsonb not null default '{}', -- the input of the verb
  reason text not null, -- told to people and kept in the line
  version integer, -- fires only while the record has this version; none: whenever
  unique (record_id, key)
);
create index timer_due on timer (due_at);

create table reaction (
  id uuid primary key, -- in the order of the lines
  name text not null, -- which reaction
  line_id uuid not null, -- the line it answers to
  record_id uuid not null, -- the record it is about
  depth smallint not null, -- how many causes lie before it
  attempts smallint not null default 0, -- how often it was tried
  due_at timestamptz not null, -- when it is tried next
  parked boolean not null default false, -- given up until somebody looks
  problem text -- why the last attempt failed
);
create index reaction_due on reaction (due_at) where not parked;
create index reaction_record on reaction (record_id, name, id);

create table record_name (
  record_id uuid not null references record (id) on delete cascade, -- the record it is about
  type text not null, -- the kind of record
  name text not null -- e-mail, unique name or key, folded
);
create index record_name_name on record_name (type, name);
create index record_name_record on record_name (record_id);

create table installation (
  key text primary key, -- what is known
  value jsonb not null -- as json
);

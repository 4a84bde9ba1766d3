-- Steps of a record, and lists of steps that are used again.
-- As the migrations make it; a test compares both.

create table task (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- the record it belongs to
  title text not null, -- what is to be done
  mandatory boolean not null default false, -- the record is not resolved before it is ticked
  checklist_id uuid references record (id), -- the checklist it came from
  author_id uuid references record (id), -- who wrote it down; none: a rule
  at timestamptz not null -- when
);
create index task_record on task (record_id, id);

create table task_tick (
  id uuid primary key references task (id) on delete cascade, -- the task that is done
  record_id uuid not null references record (id), -- the record it belongs to
  person_id uuid references record (id), -- who ticked it
  at timestamptz not null -- when
);

create sequence number_checklist start 1001;
create table checklist (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  points jsonb not null, -- its steps: [{"title": "…", "mandatory": true}]
  match jsonb not null default '{}' -- the fields a new incident must have to be given it: {"category": "Network"}; none: by hand alone
);

-- Steps of a record, who ticked them, the time that was spent on it, and lists of steps that are used again.

create table task (
  id uuid primary key,
  record_id uuid not null references record (id),
  title text not null,
  mandatory boolean not null default false,
  checklist_id uuid references record (id),
  author_id uuid references record (id),
  at timestamptz not null
);
create index task_record on task (record_id, id);

create table task_tick (
  id uuid primary key references task (id) on delete cascade,
  record_id uuid not null references record (id),
  person_id uuid references record (id),
  at timestamptz not null
);

create table time_entry (
  id uuid primary key,
  record_id uuid not null references record (id),
  person_id uuid not null references record (id),
  minutes integer not null check (minutes > 0),
  what text,
  author_id uuid references record (id),
  at timestamptz not null
);
create index time_entry_record on time_entry (record_id, id);
create index time_entry_person on time_entry (person_id);

create sequence number_checklist start 1001;

create table checklist (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  points jsonb not null,
  match jsonb not null default '{}'
);

-- Who wants to hear of a record.
-- As the migrations make it; a test compares both.

create table watcher (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- the record it is about
  person_id uuid not null references record (id), -- whose it is
  at timestamptz not null, -- since when
  unique (record_id, person_id)
);
create index watcher_person on watcher (person_id);

-- The time that was spent on a record.
-- As the migrations make it; a test compares both.

create table time_entry (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- the record it belongs to
  person_id uuid not null references record (id), -- whose time it was
  minutes integer not null check (minutes > 0), -- how long
  what text, -- what was done
  author_id uuid references record (id), -- who wrote it down
  at timestamptz not null -- when
);
create index time_entry_record on time_entry (record_id, id);
create index time_entry_person on time_entry (person_id);

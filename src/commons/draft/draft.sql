-- What somebody is writing and has not sent.
-- As the migrations make it; a test compares both.

create table draft (
  person_id uuid not null references record (id), -- whose it is; nobody else reads it
  place text not null, -- where it is written, in the words of the screen
  content text not null, -- what was written, as JSON
  at timestamptz not null, -- when it was last written
  primary key (person_id, place)
);
create index draft_at on draft (at);

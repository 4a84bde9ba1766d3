-- What a person chose for themselves.
-- As the migrations make it; a test compares both.

create table preference (
  person_id uuid primary key references record (id), -- whose it is
  keys text not null -- keys of one's own, as JSON: {"verb.hold": "w"}
);

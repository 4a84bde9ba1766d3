-- Practices that are in use or switched off. A row shares its id with a row of "record"; its state stands there.
-- As the migrations make it; a test compares both.

create sequence number_practice start 1001;
create table practice (
  id uuid primary key references record (id), -- the record of this row
  key text not null, -- its short name: problems, changes, …
  record_types text[] not null default '{}', -- the kinds of record it owns
  needs text[] not null default '{}' -- the keys of practices it cannot do without
);
create unique index practice_key_unique on practice (key);

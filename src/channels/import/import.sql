-- What an import has brought in already: by it the same file writes nothing twice.
create table import_key (
  source text not null,
  type text not null,
  -- The case's number, or the name by which the source speaks of a person, a team, a problem.
  key text not null,
  record_id uuid not null references record (id) on delete cascade,
  -- Eight bytes for each row of the source that became a line, in their order.
  rows bytea not null default '\x',
  primary key (source, type, key)
);
create index import_key_record on import_key (record_id);

-- How far an unfinished import of a file has come: the last line whose rows are all stored.
create table import_run (
  source text not null,
  file text not null,
  size bigint not null,
  line bigint not null,
  primary key (source, file)
);

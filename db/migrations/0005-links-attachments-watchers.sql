create table link (
  id uuid primary key,
  record_id uuid not null references record (id),
  kind text not null check (kind in ('caused_by', 'blocks', 'relates', 'duplicates', 'parent')),
  to_id uuid not null references record (id),
  author_id uuid references record (id),
  at timestamptz not null,
  unique (record_id, kind, to_id)
);
create index link_to on link (to_id);

create table attachment (
  id uuid primary key,
  record_id uuid not null references record (id),
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  internal boolean not null,
  author_id uuid references record (id),
  at timestamptz not null
);
create index attachment_record on attachment (record_id, id);

-- The bytes lie apart, so that lists of files never touch them.
create table attachment_content (
  id uuid primary key,
  content bytea not null
);

create table watcher (
  id uuid primary key,
  record_id uuid not null references record (id),
  person_id uuid not null references record (id),
  at timestamptz not null,
  unique (record_id, person_id)
);
create index watcher_person on watcher (person_id);

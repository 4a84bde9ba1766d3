-- Files on a record.
-- As the migrations make it; a test compares both.

create table attachment (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- the record it is about
  name text not null, -- as it was called where it came from
  media_type text not null, -- found by looking inside
  size bigint not null, -- bytes
  sha256 text not null,
  internal boolean not null, -- seen by the team only
  author_id uuid references record (id), -- who brought it
  at timestamptz not null -- when
);
create index attachment_record on attachment (record_id, id);

create table attachment_content (
  id uuid primary key, -- of the attachment; apart, so that lists never touch the bytes
  content bytea not null -- the bytes
);

-- What is said on a record.
-- As the migrations make it; a test compares both.

create table comment (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- the record it is about
  kind text not null check (kind in ('comment', 'note')), -- a comment reaches the requester, a note the team
  text text not null, -- Markdown
  author_id uuid references record (id), -- who said it
  author_kind text not null, -- a person, or what spoke without one
  at timestamptz not null -- when it was said
);
create index comment_record on comment (record_id, id);

-- Typed links between any two records.
-- As the migrations make it; a test compares both.

create table link (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- from this record
  kind text not null check (kind in ('caused_by', 'blocks', 'relates', 'duplicates', 'parent')), -- what the one is to the other
  to_id uuid not null references record (id), -- to that record
  author_id uuid references record (id), -- who drew it
  at timestamptz not null, -- when
  unique (record_id, kind, to_id)
);
create index link_to on link (to_id);

-- Who looks at a record just now; nothing is older than its minute.
-- As the migrations make it; a test compares both.

create unlogged table presence (
  record_id uuid not null, -- the record looked at
  person_id uuid not null, -- who looks
  seat text not null, -- one window of theirs
  writing text, -- comment or note while they write one
  since timestamptz not null, -- since when they look
  seen_at timestamptz not null, -- when they last said so
  primary key (record_id, person_id, seat)
);

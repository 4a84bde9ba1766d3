-- What an act replaced, and which lines acts on many left, for as long as they can be taken back.
-- As the migrations make it; a test compares both.

create table put_aside (
  line_id uuid primary key, -- the line of an act that can be taken back
  timers jsonb not null, -- the timers it replaced or took away, as they were
  replaced text[] not null, -- the keys of all timers it touched
  added jsonb not null, -- the rows it hung on the record: [{table, id}]
  at timestamptz not null, -- when it was done; forgotten after some minutes
  removed jsonb not null default '[]', -- the rows it took away, whole: [{table, row}]
  changed jsonb not null default '[]' -- the rows it changed, whole, as they were: [{table, row}]
);
create index put_aside_at on put_aside (at);

create table bulk_act (
  id uuid primary key, -- what the answer called it
  actor_id uuid not null, -- who did it
  type text not null, -- the kind of record
  line_ids uuid[] not null, -- the lines it left
  at timestamptz not null, -- when it was done; forgotten after a day
  until timestamptz -- until when it can be taken back, where it is a part of an act on more
);
create index bulk_act_at on bulk_act (at);

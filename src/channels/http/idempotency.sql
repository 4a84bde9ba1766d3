-- Answers that are kept, so that what is sent twice is done once.
-- As the migrations make it; a test compares both.

create table idempotency_key (
  caller uuid not null, -- the person or program
  key text not null, -- what the caller sent
  request bytea not null, -- fingerprint of method, address and body
  status smallint, -- of the answer; none while it is being worked
  body text, -- of the answer
  location text, -- of the answer
  at timestamptz not null, -- when it came; forgotten after a day
  primary key (caller, key)
);
create index idempotency_key_at on idempotency_key (at);

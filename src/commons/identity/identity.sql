-- How people and programs sign in. Secrets are kept as fingerprints only.
-- As the migrations make it; a test compares both.

create table credential (
  person_id uuid primary key references record (id), -- whose it is
  password text not null, -- argon2id
  changed_at timestamptz not null -- when it was set
);

create table session (
  id uuid primary key, -- the session
  secret bytea not null unique, -- fingerprint of the secret; the secret itself is kept nowhere
  person_id uuid not null references record (id), -- whose it is
  device text not null, -- as the browser named itself
  address text not null, -- where it was opened from
  created_at timestamptz not null, -- when it was made
  seen_at timestamptz not null, -- when it was last used
  ends_at timestamptz not null -- when it stops being good
);
create index session_person on session (person_id);

create table api_token (
  id uuid primary key, -- the token
  secret bytea not null unique, -- fingerprint of the secret; the secret itself is kept nowhere
  person_id uuid not null references record (id), -- whose it is
  name text not null, -- what it is for
  scope text not null check (scope in ('all', 'read', 'hooks')), -- everything the person may, reading only, or sending alerts only
  created_at timestamptz not null, -- when it was made
  seen_at timestamptz, -- when it was last used
  ends_at timestamptz -- none: until it is taken back
);
create index api_token_person on api_token (person_id);

create table sign_in_failure (
  id uuid primary key, -- the attempt
  account text not null, -- the e-mail given, folded
  address text not null, -- where it came from
  at timestamptz not null -- when
);
create index sign_in_failure_account on sign_in_failure (account, address, at);

create table one_time_link (
  secret bytea primary key, -- fingerprint of the secret; the secret itself is kept nowhere
  purpose text not null check (purpose in ('set-up', 'password')), -- what it opens
  person_id uuid references record (id), -- whose it is
  ends_at timestamptz not null, -- when it stops being good
  used_at timestamptz -- when it served
);

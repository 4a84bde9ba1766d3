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
  ends_at timestamptz not null, -- when it stops being good
  proved_at timestamptz, -- when its owner last showed who they are
  second_factor_at timestamptz -- when they did by more than the password; none: never in it
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

create table totp (
  person_id uuid primary key references record (id), -- whose it is
  secret text not null, -- sealed under the installation's secret
  last_step bigint not null default 0, -- the half minute of the last code that was taken; none serves twice
  made_at timestamptz not null, -- when it was made
  confirmed_at timestamptz -- none: the first code is still to come, it protects nothing yet
);

create table recovery_code (
  id uuid primary key, -- the code
  person_id uuid not null references record (id), -- whose it is
  code bytea not null, -- fingerprint of the code; the code itself is kept nowhere
  used_at timestamptz -- when it served
);
create unique index recovery_code_person on recovery_code (person_id, code);

create table passkey (
  id uuid primary key, -- the passkey
  person_id uuid not null references record (id), -- whose it is
  name text not null, -- as its owner calls it
  credential text not null unique, -- the name the device gave it, base64url
  public_key bytea not null, -- what its signatures are checked with
  counter bigint not null, -- how often it has signed, where it counts
  transports text[] not null default '{}', -- how the browser reaches it
  created_at timestamptz not null, -- when it was made
  seen_at timestamptz -- when it was last used
);
create index passkey_person on passkey (person_id);

create table sign_in_challenge (
  secret bytea primary key, -- fingerprint of the secret; the secret itself is kept nowhere
  purpose text not null check (purpose in ('second-factor', 'passkey', 'new-passkey')), -- what it is asked for
  person_id uuid references record (id), -- whose it is, where that is known
  ends_at timestamptz not null, -- when it stops being good
  address text -- where it was asked from, where that is counted
);

create sequence number_sign_in_rule start 1001;

create table sign_in_rule (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  roles text[] not null default '{}', -- whose holders need a second factor
  end_tokens boolean -- tokens of those who have none end
);

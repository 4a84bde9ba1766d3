-- A second factor: one-time codes, passkeys, recovery codes, what is asked while signing in, and for which roles it is needed.

create table totp (
  person_id uuid primary key references record (id),
  secret text not null,
  last_step bigint not null default 0,
  made_at timestamptz not null,
  confirmed_at timestamptz
);

create table recovery_code (
  id uuid primary key,
  person_id uuid not null references record (id),
  code bytea not null,
  used_at timestamptz
);
create unique index recovery_code_person on recovery_code (person_id, code);

create table passkey (
  id uuid primary key,
  person_id uuid not null references record (id),
  name text not null,
  credential text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  created_at timestamptz not null,
  seen_at timestamptz
);
create index passkey_person on passkey (person_id);

create table sign_in_challenge (
  secret bytea primary key,
  purpose text not null check (purpose in ('second-factor', 'passkey', 'new-passkey')),
  person_id uuid references record (id),
  ends_at timestamptz not null
);

alter table session add column must_enrol boolean not null default false;

create sequence number_sign_in_rule start 1001;

create table sign_in_rule (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  roles text[] not null default '{}'
);

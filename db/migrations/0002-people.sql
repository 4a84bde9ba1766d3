-- People, teams, departments, organizations, and how people sign in.

create sequence number_person start 1001;
create sequence number_team start 1001;
create sequence number_department start 1001;
create sequence number_organization start 1001;

create table department (
  id uuid primary key references record (id),
  key text not null,
  description text,
  owner_id uuid references record (id),
  confidential boolean not null default false,
  desk boolean not null default false,
  organization_id uuid references record (id),
  read_by_ids uuid[] not null default '{}'
);
create unique index department_key_unique on department (key);

create table organization (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  domains text[] not null default '{}'
);

create table team (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  lead_id uuid references record (id),
  member_ids uuid[] not null default '{}',
  skills text[] not null default '{}',
  shifts jsonb
);
create index team_members on team using gin (member_ids);

create table person (
  id uuid primary key references record (id),
  email text,
  description text,
  owner_id uuid references record (id),
  roles text[] not null default '{}',
  departments uuid[] not null default '{}',
  team_ids uuid[] not null default '{}',
  organization_id uuid references record (id),
  manager_id uuid references record (id),
  delegate_id uuid references record (id),
  phone text,
  language text,
  time_zone text,
  location text,
  skills text[] not null default '{}',
  absent_from date,
  absent_until date
);
create unique index person_email_unique on person (email);
create index person_teams on person using gin (team_ids);
create index person_organization on person (organization_id);

create table credential (
  person_id uuid primary key references record (id),
  password text not null,
  changed_at timestamptz not null
);

create table session (
  id uuid primary key,
  secret bytea not null unique,
  person_id uuid not null references record (id),
  device text not null,
  address text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index session_person on session (person_id);

create table api_token (
  id uuid primary key,
  secret bytea not null unique,
  person_id uuid not null references record (id),
  name text not null,
  scope text not null check (scope in ('all', 'read')),
  created_at timestamptz not null,
  seen_at timestamptz,
  ends_at timestamptz
);
create index api_token_person on api_token (person_id);

create table sign_in_failure (
  id uuid primary key,
  account text not null,
  address text not null,
  at timestamptz not null
);
create index sign_in_failure_account on sign_in_failure (account, address, at);

-- One-time links: the first administrator's set-up, a forgotten password.
create table one_time_link (
  secret bytea primary key,
  purpose text not null check (purpose in ('set-up', 'password')),
  person_id uuid references record (id),
  ends_at timestamptz not null,
  used_at timestamptz
);

create table comment (
  id uuid primary key,
  record_id uuid not null references record (id),
  kind text not null check (kind in ('comment', 'note')),
  text text not null,
  author_id uuid references record (id),
  author_kind text not null,
  at timestamptz not null
);
create index comment_record on comment (record_id, id);

-- The installation: what is kept about it as a whole.
create table installation (
  key text primary key,
  value jsonb not null
);

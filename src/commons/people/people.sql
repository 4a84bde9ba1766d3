-- People, teams, departments, organizations. Each row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_department start 1001;
create table department (
  id uuid primary key references record (id), -- the record of this row
  key text not null, -- short name in addresses and fields: it, hr
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  confidential boolean not null default false, -- its records do not exist for others
  desk boolean not null default false, -- takes what no other department takes
  organization_id uuid references record (id), -- the customer it belongs to; none: the house itself
  read_by_ids uuid[] not null default '{}' -- departments whose agents may read here
);
create unique index department_key_unique on department (key);

create sequence number_organization start 1001;
create table organization (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  domains text[] not null default '{}' -- mail domains of its people
);

create sequence number_team start 1001;
create table team (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  lead_id uuid references record (id), -- who leads it
  member_ids uuid[] not null default '{}', -- the people in it
  skills text[] not null default '{}', -- what it can do
  shifts jsonb -- when it works
);
create index team_members on team using gin (member_ids);

create sequence number_person start 1001;
create table person (
  id uuid primary key references record (id), -- the record of this row
  email text, -- folded; unique
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  roles text[] not null default '{}', -- role names, after the contract
  departments uuid[] not null default '{}', -- where the roles hold
  team_ids uuid[] not null default '{}', -- the teams the person is in
  organization_id uuid references record (id), -- the customer the person belongs to
  manager_id uuid references record (id), -- who leads the person
  delegate_id uuid references record (id), -- who stands in
  phone text, -- as written
  language text, -- en or de
  time_zone text, -- IANA name
  location text, -- where the person works
  skills text[] not null default '{}', -- what the person can do
  absent_from date, -- first day away
  absent_until date, -- last day away
  further_emails text[] not null default '{}' -- folded; found by these too
);
create unique index person_email_unique on person (email);
create index person_further_emails on person using gin (further_emails);
create index person_teams on person using gin (team_ids);
create index person_organization on person (organization_id);

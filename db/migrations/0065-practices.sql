-- Practices are rows that are in use or switched off.

create sequence number_practice start 1001;

create table practice (
  id uuid primary key references record (id),
  key text not null,
  record_types text[] not null default '{}',
  needs text[] not null default '{}'
);

create unique index practice_key_unique on practice (key);

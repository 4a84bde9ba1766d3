-- Rules by which new incidents find their team, and perhaps a person of it.

create sequence number_assignment_rule start 1001;

create table assignment_rule (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  match jsonb not null default '{}',
  balance text not null,
  rank integer not null
);

-- Lists under a name: filter, order and columns, for oneself, a team, a department or everybody.

create sequence number_view start 1001;

create table view (
  id uuid primary key references record (id),
  audience text not null,
  record_type text not null,
  filter text,
  sort text,
  columns text[] not null default '{}',
  rank integer not null
);

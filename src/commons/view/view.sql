-- Lists under a name. A row shares its id with a row of "record"; owner, team and department stand there.
-- As the migrations make it; a test compares both.

create sequence number_view start 1001;
create table view (
  id uuid primary key references record (id), -- the record of this row
  audience text not null, -- own, team, department or all
  record_type text not null, -- the kind of record it lists
  filter text, -- as the filter bar writes it
  sort text, -- as the list's address writes it
  columns text[] not null default '{}', -- the fields shown, in this order; none: as delivered
  rank integer not null -- views stand in this order
);

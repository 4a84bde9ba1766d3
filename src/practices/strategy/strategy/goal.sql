-- Goals: what the organisation wants to reach. A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_goal start 1001;
create table goal (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  parent_id uuid references record (id), -- the goal it serves
  measure text, -- what is counted
  target text, -- what is to be reached
  weight double precision -- its share in the goal above
);
create index goal_parent on goal (parent_id);

-- Services. A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_service start 1001;
create table service (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  customer_name text, -- what customers call it
  criticality smallint, -- 1 is most critical, 4 least
  goals jsonb not null default '[]' -- [{goal_id, weight}]: what it is for
);
create index service_goals on service using gin (goals jsonb_path_ops);

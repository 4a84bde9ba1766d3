-- Words an organisation or a department uses instead of the delivered ones. A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_vocabulary start 1001;
create table vocabulary (
  id uuid primary key references record (id), -- the record of this row; the department stands there
  language text not null, -- en or de
  words jsonb not null default '{}' -- what is meant (type.incident, state.new, …) and its word
);

-- Changes, known by number and links so far. A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_change start 1001;
create table change (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  organization_id uuid references record (id), -- the customer it belongs to; none: the house itself
  source text, -- the tool it came from
  source_number text -- its number there
);
create index change_source on change (source, source_number) where source_number is not null;

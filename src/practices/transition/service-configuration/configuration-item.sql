-- Components (configuration items). A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_configuration_item start 1001;
create table configuration_item (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  class text, -- what kind of thing: server, till, …
  serial_number text, -- on the plate
  service_ids uuid[] not null default '{}', -- the services it carries
  depends_on_ids uuid[] not null default '{}' -- the components it needs
);
create index configuration_item_services on configuration_item using gin (service_ids);
create index configuration_item_depends on configuration_item using gin (depends_on_ids);
create index configuration_item_serial on configuration_item (serial_number) where serial_number is not null;
create index configuration_item_owner on configuration_item (owner_id) where owner_id is not null;

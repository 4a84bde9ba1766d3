-- Fields an organisation gives to a kind of record. A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_custom_field start 1001;
create table custom_field (
  id uuid primary key references record (id), -- the record of this row
  record_type text not null, -- the kind of record that has it
  key text not null, -- begins with x_
  kind text not null, -- text, number, money, date, instant, boolean, choice, person, record
  choices text[] not null default '{}', -- of a choice
  required boolean not null default false, -- asked for when a record is made
  help text -- shown beside the field
);
create unique index custom_field_key_unique on custom_field (record_type, key);

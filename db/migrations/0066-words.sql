-- Words of an organisation or a department.

create sequence number_vocabulary start 1001;

create table vocabulary (
  id uuid primary key references record (id),
  language text not null,
  words jsonb not null default '{}'
);

-- Texts and series of verbs that are used again and again.

create sequence number_text_template start 1001;

create table text_template (
  id uuid primary key references record (id),
  audience text not null,
  mode text not null,
  text text not null,
  rank integer not null
);

create sequence number_macro start 1001;

create table macro (
  id uuid primary key references record (id),
  audience text not null,
  record_type text not null,
  steps jsonb not null,
  next boolean not null default false,
  rank integer not null
);

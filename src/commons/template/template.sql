-- Texts and series of verbs that are used again. Rows share their ids with rows of "record"; owner, team and department stand there.
-- As the migrations make it; a test compares both.

create sequence number_text_template start 1001;
create table text_template (
  id uuid primary key references record (id), -- the record of this row
  audience text not null, -- own, team, department or all
  mode text not null, -- comment, note or both: where it is offered
  text text not null, -- Markdown with variables such as {{number}}
  rank integer not null -- templates stand in this order
);

create sequence number_macro start 1001;
create table macro (
  id uuid primary key references record (id), -- the record of this row
  audience text not null, -- own, team, department or all
  record_type text not null, -- the kind of record it works on
  steps jsonb not null, -- verbs with their input: [{"verb": "hold", "input": {…}}]
  next boolean not null default false, -- the screen goes on to the next record afterwards
  rank integer not null -- macros stand in this order
);

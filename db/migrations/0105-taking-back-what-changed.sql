-- What an act changed of what hangs on a record, so that taking the act back can change it again.
alter table put_aside add changed jsonb not null default '[]';

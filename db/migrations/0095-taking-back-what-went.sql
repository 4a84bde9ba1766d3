-- What an act took away from a record, so that taking the act back can put it there again.
alter table put_aside add removed jsonb not null default '[]';

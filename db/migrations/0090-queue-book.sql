-- Each process keeps a copy of the orders of the queue and of the goals services are for, named by this token.
create table queue_book (
  one boolean primary key default true check (one),
  token uuid not null default gen_random_uuid()
);
comment on table queue_book is 'One row: another token whenever an order of the queue or the goal of a service changes.';
insert into queue_book (one) values (true);

-- Volatile: it waits for the lock first and reads after, not as of the beginning of the statement it stands in.
create function queue_token() returns uuid language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(7310458203);
  return (select token from queue_book);
end $$;

alter table incident add column spoke_last_id uuid;
update incident i set spoke_last_id = c.author_id
  from (select distinct on (record_id) record_id, author_id from comment where kind = 'comment' order by record_id, id desc) c
  where c.record_id = i.id;

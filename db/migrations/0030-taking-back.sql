-- Acts that can be taken back, records that were merged into others, mails and deliveries that wait for both.
alter table record add merged_into_id uuid references record (id);
create index record_merged on record (merged_into_id) where merged_into_id is not null;

create table put_aside (
  line_id uuid primary key,
  timers jsonb not null,
  replaced text[] not null,
  added jsonb not null,
  at timestamptz not null
);
create index put_aside_at on put_aside (at);

create table bulk_act (
  id uuid primary key,
  actor_id uuid not null,
  type text not null,
  line_ids uuid[] not null,
  at timestamptz not null
);
create index bulk_act_at on bulk_act (at);

alter table mail add line_id uuid;
alter table mail drop constraint mail_state_check;
alter table mail add constraint mail_state_check check (state in ('waiting', 'sent', 'failed', 'dropped'));
create index mail_line on mail (line_id) where state = 'waiting';

alter table webhook_delivery drop constraint webhook_delivery_state_check;
alter table webhook_delivery add constraint webhook_delivery_state_check
  check (state in ('waiting', 'delivered', 'failed', 'dropped'));

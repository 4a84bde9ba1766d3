-- Other programs that are told what happens.

create sequence number_webhook start 1001;

create table webhook (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  address text not null,
  events text[] not null default '{}',
  secret text not null
);

comment on table webhook is 'An address that is told, with the eyes of its owner.';
comment on column webhook.secret is 'whsec_ and base64: the key of its signatures.';

create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references record (id),
  seq bigint not null,
  name text not null,
  body text not null,
  at timestamptz not null,
  due_at timestamptz not null,
  attempts smallint not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'dropped')),
  status smallint,
  problem text,
  unique (webhook_id, seq)
);
create index webhook_delivery_waiting on webhook_delivery (due_at) where state = 'waiting';

comment on table webhook_delivery is 'One line for one webhook: waiting, delivered, failed after the last attempt, or dropped since the line was taken back.';
comment on column webhook_delivery.status is 'The last HTTP status it was answered with.';

create table follower (
  name text primary key,
  seq bigint not null
);

comment on table follower is 'How far a follower of the sealed history has read.';

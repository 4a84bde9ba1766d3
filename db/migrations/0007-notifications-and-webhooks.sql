-- What people are told in the product and by mail, and what other programs are told.

create table notification (
  id uuid primary key,
  person_id uuid not null references record (id),
  record_id uuid not null references record (id),
  line_id uuid not null,
  kind text not null,
  reason text not null,
  at timestamptz not null,
  read_at timestamptz,
  unique (person_id, line_id)
);
create index notification_person on notification (person_id, id desc);
create index notification_unread on notification (person_id) where read_at is null;

-- The outbox: kept and shown when no mail server is set.
create table mail (
  id uuid primary key,
  person_id uuid references record (id),
  record_id uuid references record (id),
  address text not null,
  subject text not null,
  text text not null,
  reason text not null,
  secret boolean not null default false,
  at timestamptz not null,
  due_at timestamptz not null,
  attempts smallint not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  sent_at timestamptz,
  problem text
);
create index mail_waiting on mail (due_at) where state = 'waiting';
create index mail_at on mail (id desc);

create sequence number_webhook start 1001;

create table webhook (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  address text not null,
  events text[] not null default '{}',
  secret text not null
);

create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references record (id),
  seq bigint not null,
  name text not null,
  body text not null,
  at timestamptz not null,
  due_at timestamptz not null,
  attempts smallint not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  status smallint,
  problem text,
  unique (webhook_id, seq)
);
create index webhook_delivery_waiting on webhook_delivery (due_at) where state = 'waiting';

-- How far the followers of history have read.
create table follower (
  name text primary key,
  seq bigint not null
);

-- What people are told, in the product and by mail.

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

comment on table notification is 'One line of history told to one person, and why.';
comment on column notification.reason is 'Why they are told: assigned, requester, watcher, mentioned, promise.';

create table mail (
  id uuid primary key,
  person_id uuid references record (id),
  record_id uuid references record (id),
  line_id uuid,
  address text not null,
  subject text not null,
  text text not null,
  reason text not null,
  secret boolean not null default false,
  at timestamptz not null,
  due_at timestamptz not null,
  attempts smallint not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dropped')),
  sent_at timestamptz,
  problem text
);
create index mail_waiting on mail (due_at) where state = 'waiting';
create index mail_line on mail (line_id) where state = 'waiting';
create index mail_at on mail (id desc);

comment on table mail is 'The outbox; kept and shown when no mail server is set.';
comment on column mail.secret is 'It carries a link that lets its reader in; its text is never shown.';
comment on column mail.line_id is 'The line it tells of; taken back in time, the mail is dropped.';
comment on column mail.due_at is 'When it is tried next.';

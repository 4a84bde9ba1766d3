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
  topic text,
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
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dropped', 'gathered', 'digested')),
  sent_at timestamptz,
  problem text,
  topic text,
  way text,
  brief text,
  kind text,
  digest_id uuid references mail (id) on delete set null
);
create index mail_waiting on mail (due_at) where state = 'waiting';
create index mail_line on mail (line_id) where state in ('waiting', 'gathered');
create index mail_at on mail (id desc);
create index mail_gathered on mail (person_id, due_at) where state = 'gathered';
create index mail_digest on mail (digest_id) where digest_id is not null;

comment on table mail is 'The outbox; kept and shown when no mail server is set.';
comment on column mail.secret is 'It carries a link that lets its reader in; its text is never shown.';
comment on column mail.line_id is 'The line it tells of; taken back in time, the mail is dropped.';
comment on column mail.due_at is 'When it is tried next.';
comment on column mail.topic is 'What it is about, as people choose: answer, promise, ….';
comment on column mail.way is 'How the person wants that: at once or in a digest.';
comment on column mail.brief is 'The same in one line: for a digest.';
comment on column mail.kind is 'What happened: commented, resolved, ….';
comment on column mail.digest_id is 'The digest it went out in.';

create table notice_choice (
  person_id uuid primary key references record (id), -- whose it is
  choices text not null -- ways by topic, quiet hours, time of the digest, as JSON
);

create table signing_key (
  name text primary key, -- what it signs: notice_link
  key text not null -- random; made when it is first needed
);

create sequence number_notice_rule start 1001;
create table notice_rule (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  role text not null, -- for whom
  topic text not null, -- what it is about
  way text not null, -- at_once, digest, in_app or never
  passes boolean not null default false -- it passes quiet hours
);

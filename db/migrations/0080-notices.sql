-- Which messages come how and when: choices of a person, mails gathered for a digest, the key that signs links in mails.

create table notice_choice (
  person_id uuid primary key references record (id),
  choices text not null
);

create table signing_key (
  name text primary key,
  key text not null
);

alter table notification add column topic text;

alter table mail add column topic text;
alter table mail add column way text;
alter table mail add column brief text;
alter table mail add column kind text;
alter table mail add column digest_id uuid references mail (id) on delete set null;
alter table mail drop constraint mail_state_check;
alter table mail add constraint mail_state_check
  check (state in ('waiting', 'sent', 'failed', 'dropped', 'gathered', 'digested'));
drop index mail_line;
create index mail_line on mail (line_id) where state in ('waiting', 'gathered');
create index mail_gathered on mail (person_id, due_at) where state = 'gathered';
create index mail_digest on mail (digest_id) where digest_id is not null;

create sequence number_notice_rule start 1001;
create table notice_rule (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  role text not null,
  topic text not null,
  way text not null,
  passes boolean not null default false
);

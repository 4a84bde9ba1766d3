-- Alerts of monitoring: where they come from, what they say, and every body as it was sent.

alter table api_token drop constraint api_token_scope_check;
alter table api_token add constraint api_token_scope_check check (scope in ('all', 'read', 'hooks'));

create sequence number_alert_source start 1001;
create table alert_source (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  key text not null,
  form text not null,
  mapping jsonb,
  on_recovery text not null,
  opens_from text not null,
  outage_from text,
  reopen_minutes integer not null,
  heartbeats text[] not null default '{}',
  heartbeat_minutes integer,
  silent_since timestamptz
);
create unique index alert_source_key on alert_source (key);

create sequence number_alert start 1001;
create table alert (
  id uuid primary key references record (id),
  source_id uuid not null references record (id),
  key text not null,
  group_digest text not null,
  group_key text not null,
  fingerprint text not null,
  resource text,
  severity text not null,
  summary text,
  labels jsonb not null default '{}',
  service_id uuid references record (id),
  configuration_item_id uuid references record (id),
  incident_id uuid references record (id),
  started_at timestamptz not null,
  recovered_at timestamptz,
  fire_count integer not null default 1
);
create unique index alert_key on alert (key);
create index alert_group on alert (group_digest);
create index alert_incident on alert (incident_id) where incident_id is not null;
create index alert_service on alert (service_id) where service_id is not null;

create table alert_body (
  id uuid primary key,
  source text not null,
  sender_id uuid not null references record (id),
  at timestamptz not null,
  body text not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  problem text,
  done_at timestamptz
);
create index alert_body_waiting on alert_body (id) where state = 'waiting';
create index alert_body_source on alert_body (source, id);

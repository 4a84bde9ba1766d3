-- Alerts of monitoring, where they come from, and every body as it was sent. As the migrations make it; a test compares both.

create sequence number_alert_source start 1001;
create table alert_source (
  id uuid primary key references record (id), -- the record of this row; its department takes the incidents
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  key text not null, -- the last word of its address: /hooks/alertmanager
  form text not null, -- alertmanager, or mapped by expressions
  mapping jsonb, -- expressions from the body to resource, name, severity, state, fingerprint
  on_recovery text not null, -- what happens to the incident when everything has recovered: resolve, propose
  opens_from text not null, -- the least severity that opens an incident
  outage_from text, -- the least severity that is an outage of its service; none: never
  reopen_minutes integer not null, -- how long after resolving a new firing reopens the incident
  heartbeats text[] not null default '{}', -- names of alerts that only say that monitoring lives
  heartbeat_minutes integer, -- after how long without one monitoring counts as silent; none: never
  silent_since timestamptz -- since when its heartbeat is missing
);
create unique index alert_source_key on alert_source (key);

create sequence number_alert start 1001;
create table alert (
  id uuid primary key references record (id), -- the record of this row
  source_id uuid not null references record (id), -- who told of it
  key text not null, -- digest of source, group and fingerprint
  group_digest text not null, -- digest of source and group
  group_key text not null, -- alerts of one group are one incident
  fingerprint text not null, -- what makes it the same alert when it fires again
  resource text, -- what it is about: a host, an instance
  severity text not null, -- critical, major, warning, info
  summary text, -- what it says
  labels jsonb not null default '{}', -- what else its source tells
  service_id uuid references record (id), -- the service it is about
  configuration_item_id uuid references record (id), -- the component it is about
  incident_id uuid references record (id), -- the incident it opened or joined
  started_at timestamptz not null, -- when it began to fire, as its source says
  recovered_at timestamptz, -- when it recovered; emptied when it fires again
  fire_count integer not null default 1 -- how often it began to fire
);
create unique index alert_key on alert (key);
create index alert_group on alert (group_digest);
create index alert_incident on alert (incident_id) where incident_id is not null;
create index alert_service on alert (service_id) where service_id is not null;

create table alert_body (
  id uuid primary key, -- UUIDv7: the order of arrival
  source text not null, -- the word in the address
  sender_id uuid not null references record (id), -- whose token it was
  at timestamptz not null, -- when it arrived
  body text not null, -- as it was sent
  state text not null check (state in ('waiting', 'done', 'failed')), -- failed: it could not be understood
  problem text, -- why not
  done_at timestamptz -- when it was gone through
);
create index alert_body_waiting on alert_body (id) where state = 'waiting';
create index alert_body_source on alert_body (source, id);

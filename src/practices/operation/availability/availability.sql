-- Outages: what a service was without. As the migrations make it; a test compares both.

create sequence number_outage start 1001;
create table outage (
  id uuid primary key references record (id), -- the record of this row; its department is that of its cause
  service_id uuid not null references record (id), -- the service that was away
  cause_id uuid references record (id), -- the incident or alert it came from
  message text, -- what users are told
  next_update_at timestamptz, -- when they are told again
  started_at timestamptz not null, -- since when it was away
  ended_at timestamptz -- until when; none: still
);
create index outage_service on outage (service_id, started_at);
create index outage_cause on outage (cause_id) where cause_id is not null;

-- What holds an outage: incidents and alerts, each from when to when. The outage ends with the last.
create table outage_hold (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- the outage
  cause_id uuid not null references record (id), -- the incident or alert
  since timestamptz not null, -- from when it held it
  until timestamptz -- until when; empty: it still does
);
create index outage_hold_record on outage_hold (record_id);
create index outage_hold_cause on outage_hold (cause_id);

-- A major incident asks for words to its users; an outage is what a service was without.

alter table incident add column major_message text;
alter table incident add column down_service_ids uuid[] not null default '{}';
alter table incident add column next_update_at timestamptz;
alter table incident add column major_since timestamptz;

create table incident_proposal (
  id uuid primary key,
  record_id uuid not null references record (id),
  kind text not null check (kind in ('major', 'resolve')),
  reason text not null,
  related uuid[] not null default '{}',
  at timestamptz not null
);
create index incident_proposal_record on incident_proposal (record_id);

create sequence number_outage start 1001;
create table outage (
  id uuid primary key references record (id),
  service_id uuid not null references record (id),
  cause_id uuid references record (id),
  message text,
  next_update_at timestamptz,
  started_at timestamptz not null,
  ended_at timestamptz
);
create index outage_service on outage (service_id, started_at);
create index outage_cause on outage (cause_id) where cause_id is not null;

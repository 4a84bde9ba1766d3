-- Several causes may hold one outage; it ends when the last of them ends.

create table outage_hold (
  id uuid primary key,
  record_id uuid not null references record (id),
  cause_id uuid not null references record (id),
  since timestamptz not null,
  until timestamptz
);
create index outage_hold_record on outage_hold (record_id);
create index outage_hold_cause on outage_hold (cause_id);

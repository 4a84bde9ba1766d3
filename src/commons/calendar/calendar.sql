-- Calendars as they are now, and their hours as they were.

create sequence number_calendar start 1001;

create table calendar (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  timezone text not null,
  hours jsonb not null,
  holidays jsonb not null default '[]',
  date_hours jsonb,
  breaks jsonb,
  observes jsonb,
  holiday_names jsonb,
  proposed_year integer
);
comment on table calendar is 'When an organisation works.';
comment on column calendar.timezone is 'IANA name of the zone whose wall time the hours are.';
comment on column calendar.hours is 'Windows of local time by weekday: {"mon": [["09:00", "17:00"]]}.';
comment on column calendar.holidays is 'Closed dates: "2026-12-24", or "*-12-25" for every year.';
comment on column calendar.date_hours is 'Windows that replace those of the week on single dates.';
comment on column calendar.observes is 'Where its holidays came from: country, region or file, and until which year.';
comment on column calendar.holiday_names is 'What its holidays are called: {"*-12-25": "Christmas Day"}.';
comment on column calendar.proposed_year is 'The year whose holidays it lacks, as was told; null when it lacks none.';
comment on column calendar.breaks is 'Windows cut out of whatever applies on single dates.';

create table calendar_version (
  id uuid primary key,
  record_id uuid not null references record (id),
  changed_at timestamptz not null,
  definition jsonb not null
);
create index calendar_version_record on calendar_version (record_id, id);
comment on table calendar_version is 'The hours of a calendar as they were from an instant on; never changed.';

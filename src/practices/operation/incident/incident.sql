-- Incidents, and the models by which an organisation works them. A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_incident_model start 1001;
create table incident_model (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  organization_id uuid references record (id), -- for which customer; none: for the house
  matrix jsonb not null, -- priority by impact and urgency: {"11": 1, …}
  reopen_days integer not null, -- how long after resolving it may be reopened
  close_days integer not null, -- after how many days it closes itself
  effective_on date not null, -- the first day it holds
  bounce_limit integer default 3 -- the change of team from which on a lead is needed; none: never
);

create sequence number_incident start 1001;
create table incident (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  impact smallint not null, -- 1 is highest, 3 lowest
  urgency smallint not null, -- 1 is highest, 3 lowest
  category text, -- what it is about
  subcategory text, -- more exactly
  service_id uuid references record (id), -- the service it concerns
  configuration_item_id uuid references record (id), -- the component it concerns
  organization_id uuid references record (id), -- the customer it belongs to; none: the house itself
  channel text not null, -- how it came: api, portal, mail, …
  acknowledged_at timestamptz, -- first assigned or started by a person
  resolved_at timestamptz, -- emptied by reopening
  closed_at timestamptz, -- emptied by reopening
  cancelled_at timestamptz, -- when it was cancelled
  resolution_code text, -- how it ended
  resolution_note text, -- what was done
  hold_reason text, -- what it waits for
  hold_until timestamptz, -- when it wakes itself
  reopen_count integer not null default 0, -- how often it was reopened
  reassignment_count integer not null default 0, -- changes from one team to another
  parent_id uuid references record (id), -- the incident it is part of
  problem_id uuid references record (id), -- the problem behind it
  caused_by_change_id uuid references record (id), -- the change that caused it
  major boolean not null default false, -- handled as a major incident
  deadline_at timestamptz, -- promised to somebody; a target may point here
  tags text[] not null default '{}', -- free words
  source text, -- the tool it came from
  source_number text, -- its number there
  major_message text, -- what users are told of a major incident
  down_service_ids uuid[] not null default '{}', -- the services it has taken away
  next_update_at timestamptz, -- when users are told again
  major_since timestamptz, -- when it was declared
  spoke_last_id uuid -- whose was the last answer in the conversation
);
create index incident_service on incident (service_id) where service_id is not null;
create index incident_component on incident (configuration_item_id) where configuration_item_id is not null;
create index incident_organization on incident (organization_id) where organization_id is not null;
create index incident_parent on incident (parent_id) where parent_id is not null;
create index incident_problem on incident (problem_id) where problem_id is not null;
create index incident_change on incident (caused_by_change_id) where caused_by_change_id is not null;
create index incident_source on incident (source, source_number) where source_number is not null;
create index incident_resolved on incident (resolved_at);
create index incident_tags on incident using gin (tags) where tags <> '{}';

-- What the product proposes to whoever works on an incident; gone when it is answered.
create table incident_proposal (
  id uuid primary key, -- UUIDv7, in order
  record_id uuid not null references record (id), -- the incident
  kind text not null check (kind in ('major', 'resolve')), -- to declare it a major incident, to resolve it
  reason text not null, -- why, in a sentence
  related uuid[] not null default '{}', -- the reports that are like it
  at timestamptz not null -- when
);
create index incident_proposal_record on incident_proposal (record_id);
create index incident_proposal_at on incident_proposal (kind, at);

-- Rules by which new incidents find their team, and perhaps a person of it.
create sequence number_assignment_rule start 1001;
create table assignment_rule (
  id uuid primary key references record (id), -- the record of this row; the team is the record's
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  match jsonb not null default '{}', -- the fields an incident must have: {"category": "Network"}
  balance text not null, -- none: the team alone; round_robin: the one with the fewest open ones
  rank integer not null, -- rules are tried from the lowest on
  condition text -- what must hold as well, over the fields of the incident: impact == 1
);

-- Rules that act on incidents when something happens to them, or nothing does for a while.
create sequence number_action_rule start 1001;
create table action_rule (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  occasion text not null, -- logged, edited, moved (another state), commented, quiet
  states text[] not null default '{}', -- in which states it acts; none named: in every one, a quiet rule in open ones
  since text, -- quiet: nothing happened at all (change), or it stands in its state (state), with its team (team)
  minutes integer, -- quiet: for how long
  working_time boolean, -- quiet: in the working time of the agreement
  condition text, -- what must hold, over the fields of the incident: impact == 1
  set_impact integer, -- 1 to 3
  set_urgency integer, -- 1 to 3
  set_category text,
  set_subcategory text,
  set_service_id uuid references record (id),
  set_fields jsonb not null default '{}', -- fields of the organisation with their values: {"x_seats": 4}
  add_tags text[] not null default '{}', -- beside those it has
  to_team_id uuid references record (id), -- the team it is given to
  watcher_ids uuid[] not null default '{}', -- people who watch it from then on
  tell_team_ids uuid[] not null default '{}', -- teams that are told
  tell_lead boolean, -- the lead of the team it is with is told
  tell_roles text[] not null default '{}', -- whoever holds these roles in its department is told
  tell_text text, -- what they are told
  note text, -- a note for the team, Markdown
  propose_major boolean, -- it is proposed as a major incident
  rank integer not null, -- rules act from the lowest on
  stop boolean -- none after it acts on the same occasion
);

-- By which weights a queue is ordered: every point is worth so many minutes of the instant a record is due.
create sequence number_queue_order start 1001;
create table queue_order (
  id uuid primary key references record (id), -- the record of this row; department and team are the record's
  description text, -- in plain words, Markdown
  owner_id uuid references record (id), -- who answers for it
  without_due_hours integer not null, -- what has no promise counts as due so long after it was opened
  impact_1_minutes integer not null, -- how much earlier impact 1 counts
  impact_2_minutes integer not null, -- how much earlier impact 2 counts
  goal_minutes integer not null, -- how much earlier for each point of the weight of the goal endangered
  major_minutes integer not null, -- how much earlier a major incident counts
  answer_minutes integer not null, -- how much earlier when the requester has answered and waits
  hold_minutes integer not null, -- how much later what is on hold without a date counts
  age_percent integer not null -- the part of the time between opening and due by which it counts earlier
);

-- Open records still to be placed anew, in pieces behind after_id.
create table queue_review (
  id uuid primary key, -- UUIDv7, in order
  service_id uuid, -- only what concerns this service; none: everything open
  after_id uuid not null default '00000000-0000-0000-0000-000000000000', -- how far it has come
  begun boolean not null default false -- whoever still placed by the old weights has ended
);

-- One row: another token whenever an order of the queue or the goal of a service changes; queue_token() reads it under a lock.
create table queue_book (
  one boolean primary key default true check (one),
  token uuid not null default gen_random_uuid()
);

-- Volatile: it waits for the lock first and reads after, not as of the beginning of the statement it stands in.
create function queue_token() returns uuid language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(7310458203);
  return (select token from queue_book);
end $$;

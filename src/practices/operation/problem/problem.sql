-- Problems: the causes of incidents, with cause, workaround and known error. A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_problem start 1001;
create table problem (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  organization_id uuid references record (id), -- the customer it belongs to; none: the house itself
  source text, -- the tool it came from
  source_number text, -- its number there
  origin text, -- where it is known from: incidents, trend, risk, supplier
  service_id uuid references record (id), -- the service it concerns
  configuration_item_ids uuid[] not null default '{}', -- the components it concerns
  analysis_method text, -- how the cause is looked for
  root_cause text, -- why it happens
  workaround text, -- what helps until it is fixed
  known_error boolean not null default false, -- shown to the desk
  known_error_at timestamptz, -- since when
  change_id uuid references record (id), -- the change that fixes it
  supplier_reference text, -- where a supplier fixes it: the number there
  resolution_note text, -- how the cause went away
  no_change_reason text, -- why no change was needed
  lessons text, -- what was learnt
  accepted_risk_reason text, -- why one lives with it
  reopen_count integer not null default 0, -- how often it came back
  assessed_at timestamptz, -- accepted for investigation
  investigation_started_at timestamptz, -- the analysis began
  root_cause_at timestamptz, -- the cause is known since
  fix_started_at timestamptz, -- the fix began
  resolved_at timestamptz, -- emptied by reopening
  closed_at timestamptz, -- over, or the risk accepted
  cancelled_at timestamptz -- when it was cancelled
);
create index problem_source on problem (source, source_number) where source_number is not null;
create index problem_known_service on problem (service_id) where known_error;
create index problem_components on problem using gin (configuration_item_ids) where configuration_item_ids <> '{}';
create index problem_change on problem (change_id) where change_id is not null;

-- Changes: what is altered, when, by which plan, and who said yes. A row shares its id with a row of "record".
-- As the migrations make it; a test compares both.

create sequence number_change start 1001;
create table change (
  id uuid primary key references record (id), -- the record of this row
  description text, -- in plain words, Markdown
  organization_id uuid references record (id), -- the customer it belongs to; none: the house itself
  source text, -- the tool it came from
  source_number text, -- its number there
  kind text, -- standard, normal, emergency; none: known by its number alone
  reason text, -- why it is needed
  service_id uuid references record (id), -- the service it concerns
  configuration_item_ids uuid[] not null default '{}', -- the components it touches
  planned_start timestamptz, -- its window begins
  planned_end timestamptz, -- its window ends
  risk_level text, -- low, medium, high
  impact smallint, -- 1 is highest, 3 lowest
  implementation_plan text, -- what is done, step by step
  test_plan text, -- how one sees that it works
  backout_plan text, -- how one gets back
  template_id uuid references record (id), -- the change a standard one repeats
  incident_id uuid references record (id), -- the incident an emergency is for
  assessment text, -- what the assessment found
  submitted_by_id uuid references record (id), -- who asked for the decision
  approved_by_id uuid references record (id), -- who said yes; emptied when the approval is void
  approved_at timestamptz, -- when
  outcome text, -- successful, successful_with_issues, failed, backed_out
  review_note text, -- what the review found
  actual_start timestamptz, -- the work began
  actual_end timestamptz, -- the work ended
  submitted_at timestamptz, -- asked for a decision
  assessed_at timestamptz, -- taken for assessment
  scheduled_at timestamptz, -- in the schedule since
  documented_at timestamptz, -- an emergency was written down
  closed_at timestamptz, -- reviewed and over
  cancelled_at timestamptz, -- when it was cancelled
  approver_ids uuid[] not null default '{}' -- who was asked to decide: the owners of the services it touches
);
create index change_source on change (source, source_number) where source_number is not null;
create index change_components on change using gin (configuration_item_ids) where configuration_item_ids <> '{}';
create index change_service on change (service_id, planned_start) where service_id is not null;
create index change_window on change (planned_start);
create index change_submitted on change (submitted_by_id) where submitted_by_id is not null;

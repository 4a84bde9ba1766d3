-- Problems and changes get lives of their own. What was known by its number alone says so by its state.

alter table problem
  add column origin text,
  add column service_id uuid references record (id),
  add column configuration_item_ids uuid[] not null default '{}',
  add column analysis_method text,
  add column root_cause text,
  add column workaround text,
  add column known_error boolean not null default false,
  add column known_error_at timestamptz,
  add column change_id uuid references record (id),
  add column supplier_reference text,
  add column resolution_note text,
  add column no_change_reason text,
  add column lessons text,
  add column accepted_risk_reason text,
  add column reopen_count integer not null default 0,
  add column assessed_at timestamptz,
  add column investigation_started_at timestamptz,
  add column root_cause_at timestamptz,
  add column fix_started_at timestamptz,
  add column resolved_at timestamptz,
  add column closed_at timestamptz,
  add column cancelled_at timestamptz;
create index problem_known_service on problem (service_id) where known_error;
create index problem_components on problem using gin (configuration_item_ids) where configuration_item_ids <> '{}';
create index problem_change on problem (change_id) where change_id is not null;

alter table change
  add column kind text,
  add column reason text,
  add column service_id uuid references record (id),
  add column configuration_item_ids uuid[] not null default '{}',
  add column planned_start timestamptz,
  add column planned_end timestamptz,
  add column risk_level text,
  add column impact smallint,
  add column implementation_plan text,
  add column test_plan text,
  add column backout_plan text,
  add column template_id uuid references record (id),
  add column incident_id uuid references record (id),
  add column assessment text,
  add column submitted_by_id uuid references record (id),
  add column approved_by_id uuid references record (id),
  add column approved_at timestamptz,
  add column outcome text,
  add column review_note text,
  add column actual_start timestamptz,
  add column actual_end timestamptz,
  add column submitted_at timestamptz,
  add column assessed_at timestamptz,
  add column scheduled_at timestamptz,
  add column documented_at timestamptz,
  add column closed_at timestamptz,
  add column cancelled_at timestamptz;
create index change_components on change using gin (configuration_item_ids) where configuration_item_ids <> '{}';
create index change_service on change (service_id, planned_start) where service_id is not null;
create index change_window on change (planned_start);
create index change_submitted on change (submitted_by_id) where submitted_by_id is not null;

-- Those that are there have had two states. What came from elsewhere is known by its number; what was kept here is new
-- work or over.
update record r set state = case when p.source_number is not null then 'imported' when r.state = 'retired' then 'closed' else 'new' end,
    state_category = case when p.source_number is not null or r.state = 'retired' then 'final' else 'open' end
  from problem p where p.id = r.id and r.state in ('active', 'retired');
update record r set state = case when c.source_number is not null then 'imported' when r.state = 'retired' then 'closed' else 'draft' end,
    state_category = case when c.source_number is not null or r.state = 'retired' then 'final' else 'open' end
  from change c where c.id = r.id and r.state in ('active', 'retired');
update change c set kind = 'normal' from record r where r.id = c.id and r.state <> 'imported';

-- Goals, services, components, incident models, incidents.

create sequence number_goal start 1001;
create sequence number_service start 1001;
create sequence number_configuration_item start 1001;
create sequence number_incident_model start 1001;
create sequence number_incident start 1001;

create table goal (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  parent_id uuid references record (id),
  measure text,
  target text,
  weight double precision
);
create index goal_parent on goal (parent_id);

create table service (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  customer_name text,
  criticality smallint,
  goals jsonb not null default '[]'
);
create index service_goals on service using gin (goals jsonb_path_ops);

create table configuration_item (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  class text,
  serial_number text,
  service_ids uuid[] not null default '{}',
  depends_on_ids uuid[] not null default '{}'
);
create index configuration_item_services on configuration_item using gin (service_ids);
create index configuration_item_depends on configuration_item using gin (depends_on_ids);
create index configuration_item_serial on configuration_item (serial_number) where serial_number is not null;

create table incident_model (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  organization_id uuid references record (id),
  matrix jsonb not null,
  reopen_days integer not null,
  close_days integer not null,
  effective_on date not null
);

create table incident (
  id uuid primary key references record (id),
  description text,
  impact smallint not null,
  urgency smallint not null,
  category text,
  subcategory text,
  service_id uuid references record (id),
  configuration_item_id uuid references record (id),
  organization_id uuid references record (id),
  channel text not null,
  acknowledged_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  resolution_code text,
  resolution_note text,
  hold_reason text,
  hold_until timestamptz,
  reopen_count integer not null default 0,
  reassignment_count integer not null default 0,
  parent_id uuid references record (id),
  problem_id uuid references record (id),
  caused_by_change_id uuid references record (id),
  major boolean not null default false,
  deadline_at timestamptz,
  tags text[] not null default '{}',
  source text,
  source_number text
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

-- Problems and changes are known by number and links; their practices deepen them.
create sequence number_problem start 1001;
create sequence number_change start 1001;

create table problem (
  id uuid primary key references record (id),
  description text,
  organization_id uuid references record (id),
  source text,
  source_number text
);
create index problem_source on problem (source, source_number) where source_number is not null;

create table change (
  id uuid primary key references record (id),
  description text,
  organization_id uuid references record (id),
  source text,
  source_number text
);
create index change_source on change (source, source_number) where source_number is not null;

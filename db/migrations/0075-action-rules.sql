-- Rules that set fields, give to a team, tell people and propose, when something happens to an incident or nothing does.

create sequence number_action_rule start 1001;

create table action_rule (
  id uuid primary key references record (id),
  description text,
  owner_id uuid references record (id),
  occasion text not null,
  states text[] not null default '{}',
  since text,
  minutes integer,
  working_time boolean,
  condition text,
  set_impact integer,
  set_urgency integer,
  set_category text,
  set_subcategory text,
  set_service_id uuid references record (id),
  set_fields jsonb not null default '{}',
  add_tags text[] not null default '{}',
  to_team_id uuid references record (id),
  watcher_ids uuid[] not null default '{}',
  tell_team_ids uuid[] not null default '{}',
  tell_lead boolean,
  tell_roles text[] not null default '{}',
  tell_text text,
  note text,
  propose_major boolean,
  rank integer not null,
  stop boolean
);

-- What somebody is writing, who looks at what just now, and which keys a person chose.

create table draft (
  person_id uuid not null references record (id),
  place text not null,
  content text not null,
  at timestamptz not null,
  primary key (person_id, place)
);
create index draft_at on draft (at);

create unlogged table presence (
  record_id uuid not null,
  person_id uuid not null,
  seat text not null,
  writing text,
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (record_id, person_id, seat)
);

create table preference (
  person_id uuid primary key references record (id),
  keys text not null
);

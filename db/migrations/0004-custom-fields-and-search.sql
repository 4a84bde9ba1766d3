-- Custom fields are rows; full text of every record in one table.

create extension if not exists pg_trgm;

create sequence number_custom_field start 1001;

create table custom_field (
  id uuid primary key references record (id),
  record_type text not null,
  key text not null,
  kind text not null,
  choices text[] not null default '{}',
  required boolean not null default false,
  help text
);
create unique index custom_field_key_unique on custom_field (record_type, key);

create table search_document (
  record_id uuid primary key references record (id),
  type text not null,
  words tsvector not null,
  team_words tsvector,
  body text not null
);
create index search_document_words on search_document using gin (words);
create index search_document_team_words on search_document using gin (team_words) where team_words is not null;

-- Every word that stands in some record: what a mistyped word is compared with.
create table search_word (
  word text primary key
);
create index search_word_similar on search_word using gin (word gin_trgm_ops);

-- Full text of every record; needs the extension pg_trgm.
-- As the migrations make it; a test compares both.

create table search_document (
  record_id uuid primary key references record (id), -- the record it is about
  type text not null, -- the kind of record
  words tsvector not null, -- what everybody finds who sees the record, folded
  team_words tsvector, -- what its team finds besides
  body text not null -- the text a snippet is cut from
);
create index search_document_words on search_document using gin (words);
create index search_document_team_words on search_document using gin (team_words) where team_words is not null;

create table search_word (
  word text primary key -- stands in some record; a mistyped word is compared with it
);
create index search_word_similar on search_word using gin (word gin_trgm_ops);

-- Lists by due date answer records without one too, in both directions: an index over some of the rows serves neither.
drop index record_due;
drop index record_due_down;
create index record_due on record (type, due_at, id);
create index record_due_down on record (type, due_at desc nulls last, id);

-- What waits outside a GIN index is read by every search: at most 128 kB of it, not 4 MB.
alter index search_document_words set (gin_pending_list_limit = 128);
alter index search_document_team_words set (gin_pending_list_limit = 128);
alter index search_word_similar set (gin_pending_list_limit = 128);
alter index record_custom set (gin_pending_list_limit = 128);

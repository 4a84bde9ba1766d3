-- Lists by due date answer records without one too, in both directions: an index over some of the rows serves neither.
drop index record_due;
drop index record_due_down;
create index record_due on record (type, due_at, id);
create index record_due_down on record (type, due_at desc nulls last, id);

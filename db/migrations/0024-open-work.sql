-- Open work from its oldest on: the index of everything begins with what was closed long ago.
create index record_open_opened on record (type, opened_at, id) where state_category in ('open', 'paused');
create index record_open_updated on record (type, updated_at, id) where state_category in ('open', 'paused');

-- Everything of one team by priority: a large team has ten thousands, too many to sort for one page.
create index record_team_priority on record (team_id, type, priority, due_at, id);

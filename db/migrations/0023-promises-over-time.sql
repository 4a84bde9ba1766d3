-- Promises over time are kept in the days like the other figures: reading every ended clock of a period took seconds on a
-- large desk. What ended before this counts from now on.

insert into measure_delta (day, type, measure, key, department, organization_id, team_id, service_id, priority, count, amount)
select (c.ended_at at time zone 'UTC')::date, r.type, 'promise', c.target, r.department, o.organization_id, r.team_id, o.service_id, r.priority,
  count(*), sum((c.state = 'met')::int)
from clock c join record r on r.id = c.record_id join incident o on o.id = c.record_id
where c.ended_at is not null and c.state in ('met', 'breached')
group by 1, 2, 4, 5, 6, 7, 8, 9;

-- Waiting entries of the full text are limited by the session: one that loads a past collects more of them.
alter index search_document_words reset (gin_pending_list_limit);
alter index search_document_team_words reset (gin_pending_list_limit);
alter index search_word_similar reset (gin_pending_list_limit);
alter index record_custom reset (gin_pending_list_limit);

-- What matches by a department is for that department, and stands behind its wall.

update record r set department = (a.match ->> 'department')::uuid
  from assignment_rule a where a.id = r.id and r.department is null and a.match ->> 'department' ~ '^[0-9a-f-]{36}$';
update record r set department = (c.match ->> 'department')::uuid
  from checklist c where c.id = r.id and r.department is null and c.match ->> 'department' ~ '^[0-9a-f-]{36}$';

-- An order for a team behind a wall stands behind it as well.
update record r set department = t.department
  from queue_order o, record t join department d on d.id = t.department
  where o.id = r.id and t.id = r.team_id and r.department is null and d.confidential;

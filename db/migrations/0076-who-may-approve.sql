-- Who may approve a change is who was asked: the owners of the services it touches. Changes that wait already ask anew.

alter table change add column approver_ids uuid[] not null default '{}';
update change c set approver_ids = array(
    select distinct s.owner_id from service s join record r on r.id = c.id
    where s.owner_id is not null and s.owner_id is distinct from r.requester_id
      and s.owner_id is distinct from c.submitted_by_id
      and (s.id = c.service_id or s.id in (select unnest(i.service_ids) from configuration_item i
        where i.id = any(c.configuration_item_ids))))
  from record w where w.id = c.id and w.state = 'awaiting_authorization';

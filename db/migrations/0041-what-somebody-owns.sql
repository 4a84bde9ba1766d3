-- What somebody owns is shown beside what they report.
create index configuration_item_owner on configuration_item (owner_id) where owner_id is not null;

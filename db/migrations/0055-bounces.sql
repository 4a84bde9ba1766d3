-- From which change of team on an open incident needs a lead; empty: never.

alter table incident_model add column bounce_limit integer default 3;

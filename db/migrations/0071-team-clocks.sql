-- Which team a team clock was held against.

alter table clock add column team_id uuid;

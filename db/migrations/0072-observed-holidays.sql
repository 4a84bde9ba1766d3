-- Where the holidays of a calendar came from, and what they are called.

alter table calendar add column observes jsonb;
alter table calendar add column holiday_names jsonb;
alter table calendar add column proposed_year integer;

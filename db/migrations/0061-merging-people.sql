-- One human who stood here twice: further addresses by which a person is found.

alter table person add column further_emails text[] not null default '{}';
create index person_further_emails on person using gin (further_emails);

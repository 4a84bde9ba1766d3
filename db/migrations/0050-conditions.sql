-- Assignment rules may ask for more than equal fields.
alter table assignment_rule add condition text;

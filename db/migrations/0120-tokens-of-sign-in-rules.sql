-- A rule may end the tokens of whom it asks for a second factor they do not have.
alter table sign_in_rule add column end_tokens boolean;

-- An act on very many is done in parts; each can be taken back until the last is done and has been looked at.
alter table bulk_act add column until timestamptz;

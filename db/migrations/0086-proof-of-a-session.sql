-- A session knows when its owner last showed who they are, and when by more than the password.

alter table session add column proved_at timestamptz;
alter table session add column second_factor_at timestamptz;
-- Whoever had a second factor by then came in with it; others are asked for theirs once.
update session s set second_factor_at = s.created_at
  where not s.must_enrol
    and (exists (select 1 from totp t where t.person_id = s.person_id and t.confirmed_at <= s.created_at)
      or exists (select 1 from passkey k where k.person_id = s.person_id and k.created_at <= s.created_at));
alter table session drop column must_enrol;

alter table sign_in_challenge add column address text;

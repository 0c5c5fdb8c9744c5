-- A switch hides or doubts the wait of everybody in a procedure: one employee prepares it, another confirms it, and it ends
-- by itself. Turning one off needs no second employee. A newer line of a procedure voids an unconfirmed one.
alter table estimate_switch
  add column ends_at timestamptz,
  add column confirmed_by text,
  add column confirmed_at timestamptz;
update estimate_switch set confirmed_at = set_at;
alter table estimate_switch add constraint estimate_switch_two_person
  check (trust is null or confirmed_at is null or (ends_at is not null and confirmed_by is not null and confirmed_by <> set_by))
  not valid;

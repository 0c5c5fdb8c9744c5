-- Whose office an advisor's wrong code counts for, so that a team lead recognises who asks to be unlocked.
alter table code_try add column office text;

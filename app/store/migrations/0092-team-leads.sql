-- An employee's leads, nearest first, by the pseudonyms of `actor`. Null where the sign-in provider does not tell.
alter table employee add column leads text[];

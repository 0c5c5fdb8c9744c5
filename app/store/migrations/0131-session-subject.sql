-- Whose a session is (keyed hashes of the sign-in and of the person's number) and on which kind of device, so that
-- people can list and end theirs. Older sessions can't be assigned, so they end.
alter table session add column subject text, add column owner text, add column device text;
delete from session;
create index session_subject on session (subject);
create index session_owner on session (owner);

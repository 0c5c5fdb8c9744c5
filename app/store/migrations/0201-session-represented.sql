-- Whom the person of a session acts for (a keyed hash of that person's number), so that such sessions end with either.
alter table session add column represented text;
create index session_represented on session (represented) where represented is not null;

-- Whether the reason of a call was noted, so that a page that is sent twice counts once. The note itself names no call.
alter table view_grant add column reason_noted boolean not null default false;

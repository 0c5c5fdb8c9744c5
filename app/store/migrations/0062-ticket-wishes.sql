-- What suits the person of a ticket; an empty list is anything. Weekdays are ISO, 1 is Monday.
alter table ticket add column desks jsonb not null default '[]';
alter table ticket add column weekdays jsonb not null default '[]';

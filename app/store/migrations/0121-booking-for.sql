-- A booking belongs to the person whom it is for (`owner`), whoever made it; `visitors` are all whom it is for.
alter table booking add column made_by text, add column visitors text[] not null default '{}';
update booking set made_by = owner;
alter table booking alter column made_by set not null;

-- One open booking a person of a case, so that nobody's visit keeps another from booking.
drop index booking_one_open;
create unique index booking_one_open on booking (case_id, product, owner)
  where state in ('confirming', 'awaiting-mail', 'booked', 'cancelling', 'unknown') and not in_move;
drop index booking_one_in_move;
create unique index booking_one_in_move on booking (case_id, product, owner)
  where state in ('confirming', 'awaiting-mail', 'booked', 'cancelling', 'unknown') and in_move;
create index booking_case on booking (case_id);
drop index watch_one;
create unique index watch_one on watch (case_id, product, owner);
create index mandate_cases on mandate using gin (case_ids);

-- Hiding a look from the person takes a second employee: the first one only asks for it.
alter table view_request add column delay_wanted boolean not null default false;
alter table view_request add constraint view_request_two_hide
  check (hold_until is null or (delay_wanted and answered_by is not null)) not valid;

-- The emergencies of an employee are counted before each new one, and the pending ones are read by time.
create index view_request_emergencies on view_request (agent, asked_at) where kind = 'glass';
create index view_request_pending on view_request (asked_at, id) where state = 'pending';

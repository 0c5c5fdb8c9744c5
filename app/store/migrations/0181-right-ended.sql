-- What the portal does for a person later ends when they lose the right to it. The row stays a while to say why.
alter table watch
  add column set_by text,
  add column ended_why text,
  drop constraint watch_state_check,
  add constraint watch_state_check check (state in ('waiting', 'offered', 'ended')),
  add constraint watch_ended check ((state = 'ended') = (ended_why is not null));
update watch set set_by = owner;
alter table watch alter column set_by set not null;
create index watch_set_by on watch (set_by);

-- Who took a ticket, sealed: null for one of before.
alter table ticket
  add column taken_by text,
  add column taker bytea,
  add column ended_why text,
  drop constraint ticket_state_check,
  add constraint ticket_state_check
    check (state in ('waiting', 'offered', 'missed', 'booked', 'lost', 'returned', 'ended', 'withdrawn')),
  add constraint ticket_ended check ((state = 'ended') = (ended_why is not null));
create index ticket_taken_by on ticket (taken_by) where state = 'ended';

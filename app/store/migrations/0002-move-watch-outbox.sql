-- What the portal still has to do about a booking, and for whom (sealed, and only until it is done).
alter table booking
  add column in_move     boolean not null default false,
  add column calendar_id uuid,
  add column attempts    integer not null default 0,
  add column retry_at    timestamptz,
  add column details     bytea;
update booking set calendar_id = id;
alter table booking alter column calendar_id set not null;
alter table booking drop constraint booking_state_check;
alter table booking add constraint booking_state_check
  check (state in ('confirming', 'awaiting-mail', 'booked', 'cancelling', 'cancelled', 'unknown', 'refused', 'over'));

-- One open booking a case and product, and one more only while it is to take the first one's place.
drop index booking_one_open;
create unique index booking_one_open on booking (case_id, product)
  where state in ('confirming', 'awaiting-mail', 'booked', 'cancelling', 'unknown') and not in_move;
create unique index booking_one_in_move on booking (case_id, product)
  where state in ('confirming', 'awaiting-mail', 'booked', 'cancelling', 'unknown') and in_move;
create index booking_to_follow on booking (retry_at) where state in ('confirming', 'awaiting-mail', 'cancelling', 'unknown');

-- The booking that a held slot is to take the place of.
alter table hold add column moves uuid;

create table move (
  id         uuid primary key,
  owner      text not null,
  old_id     uuid not null references booking (id) on delete cascade,
  new_id     uuid not null references booking (id) on delete cascade,
  goes_first text not null check (goes_first in ('new', 'old')),
  state      text not null check (state in ('booking', 'cancelling', 'done', 'failed', 'lost')),
  attempts   integer not null default 0,
  retry_at   timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (old_id <> new_id)
);
create unique index move_one_running on move (old_id) where state in ('booking', 'cancelling');
create unique index move_new on move (new_id);
create index move_owner on move (owner);

create table watch (
  id            uuid primary key,
  owner         text not null,
  case_id       text not null,
  product       text not null,
  desks         jsonb not null,
  before        date not null,
  weekdays      jsonb not null,
  part          text not null check (part in ('any', 'morning', 'afternoon')),
  party_size    integer not null check (party_size between 1 and 50),
  moves         uuid,
  quiet_from    text not null,
  quiet_until   text not null,
  language      text not null,
  -- Who it is for, and the address for mail if there is one: sealed.
  sealed        bytea not null,
  state         text not null check (state in ('waiting', 'offered')),
  offer         jsonb,
  offer_hold_id uuid,
  offer_until   timestamptz,
  seen          jsonb not null default '[]',
  waiting_since timestamptz not null,
  updated_at    timestamptz not null
);
create unique index watch_one on watch (case_id, product);
create index watch_owner on watch (owner);

create table outbox (
  id         uuid primary key,
  watch_id   uuid not null references watch (id) on delete cascade,
  kind       text not null check (kind in ('watch-set', 'earlier-slot')),
  language   text not null,
  address    bytea not null,
  not_before timestamptz not null,
  attempts   integer not null default 0,
  created_at timestamptz not null
);
create index outbox_due on outbox (not_before);

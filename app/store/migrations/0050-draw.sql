-- Slots that more people want than there are: who gets them is drawn.
create table release (
  id             uuid primary key,
  product        text not null,
  desks          jsonb not null,
  from_date      date not null,
  until_date     date not null check (until_date >= from_date),
  opens_at       timestamptz not null,
  window_minutes integer not null check (window_minutes > 0),
  confirm_hours  integer not null check (confirm_hours between 1 and 72),
  -- Sealed until the window has closed; its hash is public from the start.
  seed           bytea not null,
  seed_hash      text not null,
  seed_shown     text,
  state          text not null check (state in ('planned', 'drawn', 'over')),
  created_at     timestamptz not null,
  check ((state = 'planned') = (seed_shown is null))
);
create index release_open on release (product) where state <> 'over';

create table ticket (
  id          uuid primary key,
  release_id  uuid not null references release (id) on delete cascade,
  -- Follows from the person and the release: taken again, it is the same one.
  number      text not null,
  owner       text not null,
  case_id     text not null,
  party_size  integer not null check (party_size between 1 and 50),
  language    text not null,
  -- The address for mail, sealed; "" inside where there is none.
  sealed      bytea not null,
  state       text not null check (state in ('waiting', 'offered', 'missed', 'booked', 'lost', 'returned')),
  place       integer,
  offer       jsonb,
  offer_until timestamptz,
  created_at  timestamptz not null
);
create unique index ticket_one_a_person on ticket (release_id, owner);
create unique index ticket_one_a_case on ticket (release_id, case_id);
create unique index ticket_slot_once on ticket (release_id, (offer ->> 'slotId')) where state = 'offered';

alter table outbox alter column watch_id drop not null;
alter table outbox add column ticket_id uuid references ticket (id) on delete cascade;
alter table outbox add constraint outbox_whose check (
  num_nonnulls(watch_id, ticket_id) = case when kind = 'emergency-report' then 0 else 1 end
);
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('watch-set', 'earlier-slot', 'draw-offer', 'draw-lost', 'emergency-report'));

-- What a planner said of a booking later: when it was last asked and when it last answered, whether somebody cancelled or
-- moved the visit there, and where and when it was before.
alter table booking
  add column asked_at   timestamptz,
  add column checked_at timestamptz,
  add column changed    text check (changed in ('cancelled', 'moved', 'told')),
  add column was        jsonb;
create index booking_check on booking (starts_at) where state = 'booked';

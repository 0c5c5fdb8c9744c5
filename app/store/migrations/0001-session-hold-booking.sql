-- No table holds a name, an address, a number of a person or a case's public reference: owners are keyed hashes.

create table session (
  id_hash             text primary key,
  payload             bytea not null,
  created_at          timestamptz not null,
  last_seen_at        timestamptz not null,
  idle_expires_at     timestamptz not null,
  absolute_expires_at timestamptz not null
);
create index session_expiry on session (least(idle_expires_at, absolute_expires_at));

create table hold (
  id            uuid primary key,
  owner         text not null,
  case_id       text not null,
  product       text not null,
  desk          text not null,
  slot          jsonb not null,
  party_size    integer not null check (party_size between 1 and 50),
  expires_at    timestamptz not null,
  backend_until timestamptz not null,
  state         text not null check (state in ('held', 'used', 'released')),
  created_at    timestamptz not null
);
create index hold_owner on hold (owner, created_at);

create table booking (
  id              uuid primary key,
  owner           text not null,
  case_id         text not null,
  product         text not null,
  desk            text not null,
  desk_name       text not null,
  place           jsonb not null,
  zone            text not null,
  starts_at       timestamptz not null,
  ends_at         timestamptz not null,
  local_date      date not null,
  local_time      text not null,
  party_size      integer not null check (party_size between 1 and 50),
  state           text not null check (state in ('confirming', 'booked', 'cancelling', 'cancelled', 'unknown', 'refused')),
  idempotency_key text not null unique,
  backend_key     text,
  code            text,
  sequence        integer not null default 0,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  check (ends_at > starts_at)
);
create index booking_owner on booking (owner, starts_at);
create unique index booking_one_open on booking (case_id, product)
  where state in ('confirming', 'booked', 'cancelling', 'unknown');

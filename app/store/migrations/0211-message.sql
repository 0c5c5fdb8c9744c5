-- Who gets messages about changes of their cases, and what they chose.
create table message_subscription (
  id          uuid primary key,
  -- Keyed hash of the person.
  owner       text not null unique,
  address_id  uuid references mail_address (id) on delete set null,
  topics      text[] not null,
  language    text not null,
  zone        text not null,
  quiet_from  text not null,
  quiet_until text not null,
  -- `skipped`: asked once, and wanted none.
  state       text not null check (state in ('on', 'stopped', 'skipped')),
  stopped_why text check (stopped_why in ('wished', 'restored', 'gone')),
  -- Who asks the agency, and what they read last: sealed, and only while it is on.
  sealed      bytea,
  picture     bytea,
  -- Keyed hashes of the cases, by which a notification finds who must be told.
  case_hashes text[] not null default '{}',
  look_at     timestamptz not null,
  looked_at   timestamptz,
  failures    integer not null default 0,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  check ((state = 'on') = (sealed is not null)),
  check ((state = 'stopped') = (stopped_why is not null))
);
create index message_subscription_due on message_subscription (look_at) where state = 'on';
create index message_subscription_cases on message_subscription using gin (case_hashes) where state = 'on';
create index message_subscription_address on message_subscription (address_id);

-- What was sent to a person, and what became of it. It holds no text and no address.
create table message (
  id              uuid primary key,
  subscription_id uuid not null references message_subscription (id) on delete cascade,
  kinds           text[] not null,
  -- Where its link leads, without the language: sealed.
  target          bytea not null,
  state           text not null check (state in ('queued', 'sent', 'delivered', 'failed', 'dropped')),
  created_at      timestamptz not null,
  send_at         timestamptz not null,
  -- Of no use afterwards.
  use_until       timestamptz,
  settled_at      timestamptz
);
create index message_of on message (subscription_id, created_at);
create index message_created on message (created_at);

-- News that a person has had: each once, whoever finds it again.
create table message_event (
  subscription_id uuid not null references message_subscription (id) on delete cascade,
  event           text not null,
  kind            text not null,
  message_id      uuid not null references message (id) on delete cascade,
  primary key (subscription_id, event)
);
create index message_event_message on message_event (message_id);

-- An address to which the provider can't deliver.
alter table mail_address add column bounced_at timestamptz;

alter table outbox
  add column message_id uuid references message (id) on delete cascade,
  -- The smallest leaves first.
  add column priority   integer not null default 1,
  -- It can't be sent as it is, and waits for somebody to look.
  add column parked_at  timestamptz;
update outbox set priority = 0 where kind = 'emergency-report';
drop index if exists outbox_due;
create index outbox_next on outbox (priority, (turn + attempts), created_at) where parked_at is null;
create unique index outbox_one_of_message on outbox (message_id) where message_id is not null;
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check
  (kind in ('confirm-address', 'watch-set', 'earlier-slot', 'draw-offer', 'draw-lost', 'emergency-report', 'change'));
alter table outbox drop constraint outbox_whose;
alter table outbox add constraint outbox_whose check (
  num_nonnulls(watch_id, ticket_id, message_id) =
    case when kind in ('confirm-address', 'emergency-report') then 0 else 1 end
  and (message_id is not null) = (kind = 'change')
  and (address_id is null) = (kind = 'emergency-report') and (address is null) = (address_id is not null)
  and (code is null) = (kind <> 'confirm-address')
);

-- An address that a person left for later mails. It gets nothing but codes until one of them came back.
create table mail_address (
  id            uuid primary key,
  -- Who left it.
  owner         text not null,
  address_hash  text not null,
  -- Sealed, and null once nothing waits for mail any more.
  address       bytea,
  code_hash     text,
  tries         integer not null default 0,
  sends         integer not null default 0,
  first_sent_at timestamptz,
  sent_at       timestamptz,
  left_at       timestamptz not null,
  confirmed_at  timestamptz
);
create unique index mail_address_one on mail_address (owner, address_hash);
create index mail_address_hash on mail_address (address_hash);
create index mail_address_kept on mail_address (left_at) where address is not null;

alter table watch add column address_id uuid references mail_address (id) on delete set null;
alter table ticket add column address_id uuid references mail_address (id) on delete set null;
create index watch_address on watch (address_id);
create index ticket_address on ticket (address_id);

-- No address from before was ever confirmed.
delete from outbox where kind <> 'emergency-report';
alter table ticket drop column sealed;

alter table outbox
  add column address_id uuid references mail_address (id) on delete cascade,
  add column code       bytea,
  -- How many mails of the same person waited before this one, and itself.
  add column turn       integer not null default 1;
create index outbox_address on outbox (address_id);
alter table outbox alter column address drop not null;
alter table outbox drop constraint outbox_whose;
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('confirm-address', 'watch-set', 'earlier-slot', 'draw-offer', 'draw-lost', 'emergency-report'));
alter table outbox add constraint outbox_whose check (
  num_nonnulls(watch_id, ticket_id) = case when kind in ('confirm-address', 'emergency-report') then 0 else 1 end
  and (address_id is null) = (kind = 'emergency-report') and (address is null) = (address_id is not null)
  and (code is null) = (kind <> 'confirm-address')
);
create unique index outbox_one_of_watch on outbox (watch_id, kind) where watch_id is not null;
create unique index outbox_one_of_ticket on outbox (ticket_id, kind) where ticket_id is not null;

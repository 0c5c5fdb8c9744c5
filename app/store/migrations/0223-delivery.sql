-- Each attempt to bring a mail to a person, under the id of its row in the outbox: the provider gets it as a reference.
create table delivery (
  id         uuid primary key,
  -- Null for a mail that is not about a change.
  message_id uuid references message (id) on delete cascade,
  -- Where it went, whatever address the person chose since.
  address_id uuid references mail_address (id) on delete set null,
  -- Of the mail, as in the outbox.
  kind       text not null,
  state      text not null check (state in ('handing', 'sent', 'delivered', 'failed', 'refused', 'bounced')),
  created_at timestamptz not null,
  settled_at timestamptz
);
create index delivery_message on delivery (message_id);
create index delivery_address on delivery (address_id);
create index delivery_created on delivery (created_at);

-- Since when the last code could not be delivered.
alter table mail_address add column code_failed_at timestamptz;

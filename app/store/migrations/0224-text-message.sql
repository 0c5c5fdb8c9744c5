-- A number that gets text messages stands beside the addresses for mail: confirmed by a code, and sealed, in the same way.
alter table mail_address add column channel text not null default 'email' check (channel in ('email', 'sms'));
alter table message_subscription add column number_id uuid references mail_address (id) on delete set null;
create index message_subscription_number on message_subscription (number_id);
-- Survives its address.
alter table delivery add column channel text not null default 'email' check (channel in ('email', 'sms'));

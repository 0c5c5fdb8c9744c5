-- What a purge leaves of entries that were kept long enough: their place in the chain, proved by a keyed hash.
create table audit_gap (
  from_seq  bigint primary key,
  until_seq bigint not null check (until_seq >= from_seq),
  prev_hash text not null,
  hash      text not null,
  mac       text not null
);

-- A purge says that it is one. That it deleted nothing else is proved by the chain, not by this.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('zicht.purge', true) = 'on' then
    return old;
  end if;
  raise exception 'what is on record stays as it is';
end $$;

create index audit_event_recorded on audit_event (recorded_at);
create index audit_event_own on audit_event (recorded_at) where actor_role in ('applicant', 'anyone');
create index processing_line_operation on processing_line (operation_id);

-- What is left of a session after its end, without what it held: whose it was, on which kind of device, and when.
create table ended_session (
  id         uuid primary key default gen_random_uuid(),
  subject    text,
  owner      text,
  device     text,
  created_at timestamptz not null,
  ended_at   timestamptz not null
);
create index ended_session_ended on ended_session (ended_at);
create function keep_ended_session() returns trigger language plpgsql as $$
begin
  insert into ended_session (subject, owner, device, created_at, ended_at)
    values (old.subject, old.owner, old.device, old.created_at,
      least(now(), old.idle_expires_at, old.absolute_expires_at));
  return null;
end $$;
create trigger session_ends after delete on session for each row execute function keep_ended_session();

-- Who looked at whose data, on what ground. People are keyed hashes here too; what names somebody is sealed.

-- Every event is chained to the one before it; `body` is the canonical JSON that the hash was made of.
create table audit_event (
  seq          bigint primary key,
  prev_hash    text not null,
  hash         text not null,
  key_id       text not null,
  operation_id uuid not null,
  action       text not null,
  result       text not null,
  actor        text not null,
  actor_role   text not null,
  grant_id     text,
  body         text not null,
  recorded_at  timestamptz not null default now()
);
create index audit_event_operation on audit_event (operation_id);
create index audit_event_actor on audit_event (actor, recorded_at);

-- The last event, so that a chain that lost its end does not look whole.
create table audit_head (
  single boolean primary key default true check (single),
  seq  bigint not null,
  hash text not null,
  mac  text not null
);

-- One line a data subject, without who on the staff it was (that is in the event of the same operation).
create table processing_line (
  id                     uuid primary key,
  operation_id           uuid not null,
  trace_id               text not null,
  name                   text not null,
  status                 text not null,
  started_at             timestamptz not null,
  ended_at               timestamptz not null,
  processing_activity_id text not null,
  data_subject           text not null,
  resource               text not null,
  shown_after            timestamptz
);
create index processing_line_subject on processing_line (data_subject, started_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what is on record stays as it is';
end $$;
create trigger audit_event_stays before update or delete on audit_event for each row execute function refuse_change();
create trigger processing_line_stays before update or delete on processing_line for each row execute function refuse_change();

create table mandate (
  id            uuid primary key,
  client        text not null,
  advisor       text,
  firm          text not null,
  case_ids      text[] not null check (cardinality(case_ids) between 1 and 50),
  actions       text[] not null,
  offered_by    text not null check (offered_by in ('client', 'advisor')),
  parent        uuid references mandate (id),
  may_sub       boolean not null default false,
  months        integer not null check (months between 1 and 60),
  state         text not null,
  version       integer not null default 1,
  text_hash     text not null,
  language      text not null,
  names         bytea not null,
  offered_at    timestamptz not null,
  answer_before timestamptz not null,
  valid_from    timestamptz,
  valid_until   timestamptz,
  client_signed_at  timestamptz,
  advisor_signed_at timestamptz,
  ended_at      timestamptz
);
create index mandate_client on mandate (client);
create index mandate_advisor on mandate (advisor);
create index mandate_firm on mandate (firm);

-- A number that its owner says aloud. Only its keyed hash is here, and that of the references it opens.
create table spoken_code (
  id           uuid primary key,
  purpose      text not null check (purpose in ('view', 'mandate')),
  owner        text not null,
  session_hash text not null,
  code_hash    text not null,
  caller_check text not null,
  refs         text[] not null,
  subject      bytea,
  language     text not null,
  tries        integer not null default 0,
  used_at      timestamptz,
  created_at   timestamptz not null,
  expires_at   timestamptz not null
);
create index spoken_code_owner on spoken_code (owner, purpose);
create index spoken_code_refs on spoken_code using gin (refs);

create table code_try (
  agent    text not null,
  tried_at timestamptz not null
);
create index code_try_agent on code_try (agent, tried_at);

create table view_grant (
  id           uuid primary key,
  agent        text not null,
  agent_number integer not null,
  agent_session text not null,
  owner        text not null,
  code_id      uuid not null references spoken_code (id),
  state        text not null,
  purpose      text not null,
  call_id      text not null,
  method       text not null check (method in ('code', 'alt', 'glass')),
  subject      bytea,
  language     text not null,
  located_at   timestamptz not null,
  active_at    timestamptz,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz
);
create index view_grant_owner on view_grant (owner);
create unique index view_grant_one_agent on view_grant (agent) where state in ('located', 'active');
create unique index view_grant_one_subject on view_grant (owner) where state = 'active';

-- Why somebody called: nothing in it says who.
create table call_reason (
  id        uuid primary key,
  week      date not null,
  procedure text,
  stage     text,
  page      text not null,
  reason    text not null,
  answered  text not null check (answered in ('yes', 'not-understood', 'no'))
);
create index call_reason_week on call_reason (week);

-- The calendar address of an advisor: whoever has it reads deadlines without a name, until it is revoked.
create table deadline_feed (
  token_hash text primary key,
  advisor    text not null unique,
  actor      bytea not null,
  language   text not null,
  created_at timestamptz not null
);

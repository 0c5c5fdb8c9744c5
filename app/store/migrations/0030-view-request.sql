-- A look at somebody who can't say a code: after a call-back and a second employee's yes, or in an emergency with a report.
create table view_request (
  id             uuid primary key,
  kind           text not null check (kind in ('alt', 'glass')),
  agent          text not null,
  agent_number   integer not null,
  agent_session  text not null,
  purpose        text not null,
  call_id        text not null,
  category       text,
  -- Which facts of the case the caller knew; never the answers.
  facts          text[] not null default '{}',
  -- The reference and what the employee wrote, sealed; taken away once they have no use any more.
  reference      bytea,
  report         bytea,
  hold_until     timestamptz,
  state          text not null check (state in ('pending', 'approved', 'refused', 'used', 'withdrawn')),
  asked_at       timestamptz not null,
  answer_before  timestamptz not null,
  answered_by    text check (answered_by is null or answered_by <> agent),
  answered_at    timestamptz,
  reported_at    timestamptz,
  grant_id       uuid
);
create index view_request_open on view_request (answer_before) where state = 'pending';
create unique index view_request_one_alt on view_request (agent) where kind = 'alt' and state in ('pending', 'approved');
create index view_request_grant on view_request (grant_id);

alter table view_grant
  alter column code_id drop not null,
  add column only_case text,
  add column second_approver text,
  add constraint view_grant_ground check (
    case method when 'code' then code_id is not null when 'alt' then second_approver is not null and second_approver <> agent
      else true end);

-- Mail that belongs to no wish of a person's.
alter table outbox alter column watch_id drop not null;
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('watch-set', 'earlier-slot', 'emergency-report'));

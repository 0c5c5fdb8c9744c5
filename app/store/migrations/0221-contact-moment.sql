-- Which case a call is about: the reference that the caller named, as a keyed hash, and the case once it was seen.
alter table view_grant add column reference_hash text;
alter table view_grant add column about_case text;
-- Calls that are still to be written to the agency's register of contacts: codes, a keyed hash, and no words.
create table contact_moment (
  id         uuid        primary key,
  person     text        not null,
  case_id    text,
  at         timestamptz not null,
  language   text        not null,
  reason     text        not null,
  answered   text        not null,
  page       text        not null,
  procedure  text,
  created_at timestamptz not null,
  not_before timestamptz not null,
  attempts   integer     not null default 0,
  parked_at  timestamptz
);
create index contact_moment_due on contact_moment (not_before) where parked_at is null;

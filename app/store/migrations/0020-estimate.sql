-- The trained estimate, shared by every portal on this database: counts went in, so nothing personal is in it.
create table estimate (
  as_of      date primary key,
  complete   boolean not null,
  body       jsonb not null,
  trained_at timestamptz not null
);

-- Who is training, so that several portals do not do the same work. A claim that is old is nobody's any more.
create table estimate_claim (
  as_of      date primary key,
  claimed_at timestamptz not null
);

-- What staff switched: a line for each change, never changed itself. The last one of a procedure is in force.
create table estimate_switch (
  id         bigint generated always as identity primary key,
  procedure  text not null,
  trust      text check (trust in ('unsettled', 'none')),
  reason     text check (reason in ('new-law', 'decision-stop', 'other')),
  set_by     text not null,
  set_at     timestamptz not null,
  check ((trust is null) = (reason is null))
);
create index estimate_switch_latest on estimate_switch (procedure, id desc);

-- The ranges that an applicant was shown, one a day and case at most: for "why did it change".
create table range_shown (
  owner    text not null,
  case_id  text not null,
  shown_on date not null,
  stage    text not null,
  paused   boolean not null,
  trust    text not null,
  low_on   date,
  high_on  date,
  as_of    date not null,
  primary key (owner, case_id, shown_on)
);

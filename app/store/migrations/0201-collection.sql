-- Counts of waits that the portal makes from the case registry itself, for an agency without a statistics API: sums only,
-- no case. The cursor is the day up to which the cases were counted, so that a stopped run goes on from there.
create table collection (
  as_of       date        primary key,
  first_week  date        not null,
  rules       text        not null,
  cursor_on   date        not null,
  gaps        integer     not null,
  finished_at timestamptz
);
create table collected_counts (
  as_of     date    not null references collection on delete cascade,
  procedure text    not null,
  counted   integer not null,
  skipped   integer not null,
  term_days integer,
  body      jsonb   not null,
  primary key (as_of, procedure)
);

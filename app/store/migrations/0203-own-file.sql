-- What an office keeps for itself of a client's case: its own file number and private notes, sealed, and since when an
-- advisor knows how the case stands. `keeper`: the number of the office, or an advisor's pseudonym without one.
create table own_file (
  keeper     text        not null,
  case_id    text        not null,
  reference  bytea       not null,
  updated_at timestamptz not null,
  primary key (keeper, case_id)
);
create table own_note (
  id         uuid        primary key,
  keeper     text        not null,
  case_id    text        not null,
  body       bytea       not null,
  written_at timestamptz not null
);
create index own_note_case on own_note (keeper, case_id);
create table case_seen (
  advisor text        not null,
  case_id text        not null,
  mark    text        not null,
  seen_at timestamptz not null,
  primary key (advisor, case_id)
);

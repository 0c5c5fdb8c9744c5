-- When the registry last told that a case changed: an answer about it from before is not shown any more. Cases stand as
-- keyed hashes.
create table case_change (
  case_hash  text        primary key,
  told_at    timestamptz not null,
  noticed_at timestamptz not null
);
create index case_change_noticed on case_change (noticed_at);

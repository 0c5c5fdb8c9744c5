-- A draw keeps times from everybody: one employee prepares it, another confirms it, and it can be undone before it opens.
alter table release
  add column prepared_by text,
  add column confirmed_by text,
  add column undone_by text,
  drop constraint release_state_check,
  drop constraint release_check1;
alter table release
  add constraint release_state_check check (state in ('prepared', 'planned', 'drawn', 'over', 'withdrawn')),
  add constraint release_seed check ((state in ('prepared', 'planned', 'withdrawn')) = (seed_shown is null)),
  add constraint release_two_person
    check (prepared_by is null or state in ('prepared', 'withdrawn') or (confirmed_by is not null and confirmed_by <> prepared_by));

drop index release_open;
create index release_open on release (product) where state in ('planned', 'drawn');

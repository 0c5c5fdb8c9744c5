-- A value that only the right OWNER_SECRET gives, so that a wrong one is noticed before a row is written with it.
create table secret_check (
  name  text primary key,
  value text not null
);

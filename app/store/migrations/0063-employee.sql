-- The helpdesk's employees: the number by which callers speak of each, and who each is himself, as a keyed hash like the
-- `owner` of other tables. Null where the sign-in provider does not tell.
create table employee (
  actor text primary key,
  number integer not null unique,
  person text,
  team text
);

create index employee_person on employee (person) where person is not null;

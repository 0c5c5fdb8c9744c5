-- How often pages were looked at and visits booked: counts a week, and nothing about the person.
create table page_use (
  week      date    not null,
  use       text    not null,
  procedure text    not null,
  stage     text    not null,
  language  text    not null,
  count     integer not null,
  primary key (week, use, procedure, stage, language)
);

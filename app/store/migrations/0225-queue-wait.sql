-- How long people waited at a line or desk in each half hour: means of samples, and nothing about a person.
create table queue_wait (
  queue   text     not null,
  day     date     not null,
  half    smallint not null check (half between 0 and 47),
  minutes real     not null,
  samples integer  not null,
  primary key (queue, day, half)
);

-- Whether pages answered their readers' question: counts a day, and nothing about the reader.
create table page_answer (
  day       date    not null,
  page      text    not null,
  procedure text    not null,
  stage     text    not null,
  language  text    not null,
  answer    text    not null,
  count     integer not null,
  primary key (day, page, procedure, stage, language, answer)
);
-- A form counts once. The hash is of a random number of the form, and is gone after a day.
create table counted_form (
  form_hash  text        primary key,
  counted_at timestamptz not null
);
create index counted_form_at on counted_form (counted_at);

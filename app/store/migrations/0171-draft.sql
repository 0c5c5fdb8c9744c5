-- What a person typed into a form whose session ended before it was sent: sealed, for 30 minutes, one for each page.
create table draft (
  subject    text not null,
  page       text not null,
  fields     bytea not null,
  expires_at timestamptz not null,
  primary key (subject, page)
);
create index draft_expires on draft (expires_at);

-- The last good answers of backends that a session saw, sealed with a key that only its browser's cookie gives. They end
-- with the session.
create table kept_answer (
  session    text not null references session (id_hash) on delete cascade,
  about      text not null,
  content    bytea not null,
  kept_at    timestamptz not null,
  expires_at timestamptz not null,
  primary key (session, about)
);
create index kept_answer_expires on kept_answer (expires_at);

-- Statements that a case is being handled. `facts` opens only with the code, which is not stored.
create table statement (
  id         uuid primary key,
  owner      text not null,
  case_ref   text not null,
  code_hash  text not null unique,
  facts      bytea not null,
  checks     integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index statement_owner on statement (owner, case_ref);
create index statement_expires on statement (expires_at);

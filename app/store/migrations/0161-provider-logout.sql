-- The provider's own session (a keyed hash of its `sid`), which a back-channel logout may name, and the logout tokens
-- that were used, so that each counts once.
alter table session add column provider_session text;
create index session_provider on session (provider_session) where provider_session is not null;
create table logout_token (
  jti_hash   text primary key,
  expires_at timestamptz not null
);

-- Codes that can still be used, found without reading the person's old ones.
drop index spoken_code_owner;
create index spoken_code_unused on spoken_code (owner, purpose) where used_at is null;

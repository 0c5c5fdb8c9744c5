-- By which number the advisors of an office know each other: noted when they sign in. The number itself is not here.
create table colleague (
  number_hash text primary key,
  advisor     text not null,
  firm        text not null,
  name        bytea not null,
  seen_at     timestamptz not null
);
create index colleague_advisor on colleague (advisor);

-- What a colleague has is never handed on.
alter table mandate add constraint mandate_no_sub_of_sub check (parent is null or not may_sub);
create index mandate_parent on mandate (parent) where parent is not null;

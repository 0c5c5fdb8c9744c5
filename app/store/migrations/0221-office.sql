-- What everybody else at the advisor's office may do under a mandate: nothing, unless its client chose more.
alter table mandate add column office text not null default 'none' check (office in ('none', 'look', 'arrange'));
create index mandate_of_office on mandate (firm) where office <> 'none';

-- A person belongs to one office, that of their last sign-in. Without a number of their own they are its employee.
delete from colleague older using colleague newer where older.advisor = newer.advisor
  and (older.seen_at, older.number_hash) < (newer.seen_at, newer.number_hash);
drop index colleague_advisor;
alter table colleague drop constraint colleague_pkey;
alter table colleague alter column number_hash drop not null;
alter table colleague add primary key (advisor);
create unique index colleague_number on colleague (number_hash);

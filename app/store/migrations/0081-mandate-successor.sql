-- By which newer mandate one was superseded, and for what one stands still. An advisor whom the agency stopped begins
-- nothing new, with or without a mandate that stands still.
alter table mandate add column successor uuid references mandate (id);
alter table mandate add column suspended_for text[] not null default '{}';

create table advisor_stop (
  advisor    text not null,
  reason     text not null check (reason in ('bar-register', 'compromise')),
  stopped_at timestamptz not null,
  primary key (advisor, reason)
);

-- What stood still before had no reason in its row: the strictest, until the agency resumes it.
update mandate set suspended_for = '{bar-register}' where state = 'suspended';
-- Only a colleague's second mandate superseded anything before.
update mandate older set successor = (
  select newer.id from mandate newer
  where newer.parent = older.parent and newer.advisor = older.advisor and newer.offered_at > older.offered_at
  order by newer.offered_at limit 1)
where older.state = 'superseded';

alter table mandate add constraint mandate_suspended_for check (
  suspended_for <@ array['bar-register', 'compromise', 'dispute']
  and (state <> 'suspended' or cardinality(suspended_for) > 0)
  and (state <> 'active' or cardinality(suspended_for) = 0));
alter table mandate add constraint mandate_successor check (
  (successor is not null) = (state = 'superseded') and successor <> id) not valid;
create index mandate_successor on mandate (successor) where successor is not null;

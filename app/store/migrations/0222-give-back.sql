-- Until when an advisor can undo that they gave a mandate back, unless its client changes something before.
alter table mandate add column undo_until timestamptz check (undo_until is null or state = 'withdrawn-advisor');
-- A mandate that was taken up again names the one that goes on with it.
alter table mandate drop constraint mandate_successor;
alter table mandate add constraint mandate_successor check (
  case state when 'superseded' then successor is not null when 'withdrawn-advisor' then true else successor is null end
  and successor <> id) not valid;

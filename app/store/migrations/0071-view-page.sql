-- The page of a view that was given out last: a view is open in one tab, and whatever showed it before empties itself.
alter table view_grant add column page uuid;

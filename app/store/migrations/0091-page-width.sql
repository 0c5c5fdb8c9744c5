-- How wide the caller's page is in his own letters (width by root font size, in rem): the look breaks its lines where his do.
alter table spoken_code add column page_width real;
alter table view_grant add column page_width real;

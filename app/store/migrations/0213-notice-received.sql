-- When the agency got a notice of default, as an office notes it for a case, sealed like its own file number.
alter table own_file add column notice_received bytea;

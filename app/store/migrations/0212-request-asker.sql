-- Who asks for an approval and how to reach them, sealed under the request's id, for the colleague who answers.
alter table view_request add column asker bytea;

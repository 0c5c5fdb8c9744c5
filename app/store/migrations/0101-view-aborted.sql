-- Looks on record of which nothing, or not all, was shown: found by the operation that they are about.
create index audit_event_aborted on audit_event ((body::jsonb ->> 'objectRef')) where action = 'view-aborted';

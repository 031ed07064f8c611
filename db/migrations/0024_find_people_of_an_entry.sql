-- An audit entry about several people names them as a list: the auditor's search by person finds it too.

create index audit_entries_persons on audit_entries using gin ((details -> 'persons')) where details ? 'persons';

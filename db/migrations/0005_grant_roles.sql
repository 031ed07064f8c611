-- jkb_app runs the server and owns nothing; history is append-only for it. jkb_readonly reads what holds no secrets.

revoke create on schema public from public;
grant usage on schema public to jkb_app, jkb_readonly;
grant select, insert, update, delete on all tables in schema public to jkb_app;
grant usage on all sequences in schema public to jkb_app;
-- No default privileges: every later migration grants what it adds, and daily partitions are reached through their parents.

revoke update, delete on audit_entries, status_changes, lookups, visits, checks from jkb_app;
revoke delete on persons, identity_documents, accounts, proposals, findings, operators, venues, venue_points, venue_codes, person_codes from jkb_app;
revoke insert, update, delete on divisions, schema_migrations from jkb_app;

revoke execute on function ensure_day_partitions, drop_day_partitions from public;
grant execute on function ensure_day_partitions, drop_day_partitions to jkb_app;

grant select on divisions, rulesets, admission_policies, venues, venue_points, venue_codes, status_changes, audit_entries, visits, checks, proposals, findings, test_results, status_current to jkb_readonly;

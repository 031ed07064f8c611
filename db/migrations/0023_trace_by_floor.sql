-- A stay of a case may count for one floor, between its own point and the whole venue.
alter table case_stays drop constraint case_stays_scope_check,
  add constraint case_stays_scope_check check (scope in ('point', 'floor', 'venue'));

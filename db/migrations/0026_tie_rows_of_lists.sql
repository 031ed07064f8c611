-- Rows of lists may say where somebody works, in which zone they are and whose contact, as a single proposal does.
-- Who registers later gets the finding with all of it.

alter table import_rows
  -- Keyed hash of the name as it is compared, and the words themselves.
  add workplace_index bytea check (octet_length(workplace_index) = 32),
  add workplace_encrypted bytea,
  add zone_id bigint references zones,
  add contact_person_id bigint references persons,
  add constraint import_rows_workplace check (num_nonnulls(workplace_index, workplace_encrypted) in (0, 2));

alter table findings
  add workplace_index bytea check (octet_length(workplace_index) = 32),
  add workplace_encrypted bytea,
  add constraint findings_workplace check (num_nonnulls(workplace_index, workplace_encrypted) in (0, 2));
comment on column findings.workplace_index is 'People with one workplace are counted by it (alarm shared_workplace)';

alter table unclaimed_findings
  add workplace_index bytea check (octet_length(workplace_index) = 32),
  add workplace_encrypted bytea,
  add zone_id bigint references zones,
  add contact_person_id bigint references persons,
  add constraint unclaimed_findings_workplace check (num_nonnulls(workplace_index, workplace_encrypted) in (0, 2));
create index unclaimed_findings_zone on unclaimed_findings (zone_id) where zone_id is not null;
create index unclaimed_findings_workplace on unclaimed_findings (import_id) where workplace_index is not null;

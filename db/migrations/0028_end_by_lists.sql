-- A list may end findings, also those that still wait for people who have not registered.

alter table imports drop constraint imports_kind_check;
alter table imports add constraint imports_kind_check
  check (kind in ('findings', 'finding_ends', 'test_results', 'risk_areas', 'venues', 'home_monitoring'));
-- Of a row that ends a finding: how it does.
alter table import_rows drop constraint import_rows_kind_check;
alter table import_rows add constraint import_rows_kind_check check (kind in ('single', 'pooled', 'ended', 'withdrawn'));

alter table findings add end_evidence text;
alter table unclaimed_findings
  add ended_at timestamptz check (ended_at >= anchor_at),
  add lifted_by bigint references proposals,
  add end_evidence text;
create index findings_lifted on findings (lifted_by) where lifted_by is not null;
comment on column findings.end_evidence is 'What the list that ended it says of why; of other ends the proposal knows';

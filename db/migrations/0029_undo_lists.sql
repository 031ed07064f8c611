-- A list that was applied may be undone by one proposal; laboratories correct and withdraw by lists.

alter table proposals drop constraint proposals_kind_check;
alter table proposals add constraint proposals_kind_check check (kind in
  ('finding.add', 'finding.end', 'zone.lift', 'import.apply', 'import.undo', 'ruleset.publish', 'ruleset.call_off'));
drop index proposals_import;
create unique index proposals_import on proposals (import_id) where kind = 'import.apply' and state in ('open', 'approved');

alter table imports drop constraint imports_state_check;
alter table imports add constraint imports_state_check check (state in
  ('uploading', 'waiting', 'checking', 'checked', 'proposed', 'applying', 'applied', 'undoing', 'undone', 'failed', 'cancelled', 'rejected', 'expired'));
alter table imports drop constraint imports_progress_stage_check;
alter table imports add constraint imports_progress_stage_check check (progress_stage in ('reading', 'comparing', 'applying', 'undoing'));
alter table imports
  -- What undoing it would do, as counted then: {standing, changed, persons, unregistered, moves}.
  add undo_effect jsonb,
  add undo_counted_at timestamptz,
  add undo_proposal_id bigint references proposals,
  add undone_at timestamptz,
  -- How much of it was ended or withdrawn, and how much stayed because something else had changed it.
  add rows_undone bigint,
  add rows_left bigint;
drop index imports_work;
create index imports_work on imports (import_id) where state in ('waiting', 'checking', 'applying', 'undoing') or recount_requested;
create index unclaimed_findings_import on unclaimed_findings (import_id);

alter table test_results
  add import_id bigint references imports,
  -- The revision that the list wrote: a later one is somebody else's.
  add import_revision integer,
  -- The proposal that undid the list: the number is free again.
  add undone_by bigint references proposals,
  add constraint test_results_import check ((import_id is null) = (import_revision is null)),
  add constraint test_results_undone check (undone_by is null or withdrawn_at is not null);
create index test_results_import on test_results (import_id, person_id) where import_id is not null;
alter table unclaimed_results add import_id bigint references imports;
create index unclaimed_results_import on unclaimed_results (import_id) where import_id is not null;

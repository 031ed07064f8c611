-- Two tickets of one person about one thing are worked on as one. Nothing is moved: the one that was merged keeps what it has and
-- is read with the other; taken apart again, both are what they were.

alter table tickets
  add column merged_into uuid references tickets on delete cascade,
  add column merged_at timestamptz,
  -- The merging stopped its clock: it goes on when they are taken apart
  add column merge_paused boolean not null default false,
  -- What is asked against a colour is decided as an appeal, and there alone
  add column appeal_id uuid references appeals on delete set null,
  add constraint tickets_merged check (num_nonnulls(merged_into, merged_at) in (0, 2)),
  add constraint tickets_not_into_itself check (merged_into <> ticket_id),
  add constraint tickets_merge_paused check (merged_into is not null or not merge_paused);
create index tickets_merged on tickets (merged_into) where merged_into is not null;
create index tickets_appeal on tickets (appeal_id) where appeal_id is not null;

alter table ticket_entries drop constraint ticket_entries_step_check,
  add constraint ticket_entries_step_check check (step in ('submitted', 'recorded', 'dispatched', 'signed', 'sent_back', 'arbitrated',
    'noted', 'replied', 'wrote', 'paused', 'resumed', 'answered', 'tried', 'closed', 'reopened', 'withdrawn', 'overdue', 'merged',
    'unmerged', 'linked', 'unlinked'));

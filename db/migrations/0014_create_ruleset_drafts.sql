-- Rulesets to be: drafted, tried on everybody, approved by headquarters, in force from an instant on (docs/adr/0015).

create table ruleset_drafts (
  draft_id bigint generated always as identity primary key,
  document jsonb not null,
  state text not null default 'draft' check (state in
    ('draft', 'dry_running', 'dry_run_done', 'proposed', 'published', 'rejected', 'cancelled')),
  created_by bigint not null references operators,
  created_at timestamptz not null,
  request_id uuid not null,
  -- The last dry run. Its cursor is the last person counted, written together with the counts.
  run_started_at timestamptz,
  run_compared_with text references rulesets,
  run_cursor bigint not null default 0,
  run_done bigint not null default 0,
  run_total bigint not null default 0,
  -- {"green>red": 12}
  run_counts jsonb not null default '{}',
  -- [{personId, from, to}]
  run_sample jsonb not null default '[]',
  run_finished_at timestamptz,
  run_failure text,
  -- How often a dry run was begun or taken up again: whoever has an older number has lost it.
  run_attempt integer not null default 0,
  -- How often it was taken up without getting any further.
  run_tries integer not null default 0,
  -- Whoever runs it renews this; an old one means that its process is gone.
  run_worked_at timestamptz,
  effective_from timestamptz,
  evidence text check (length(evidence) between 4 and 500),
  proposal_id bigint references proposals,
  unique (created_by, request_id),
  check (state not in ('dry_run_done', 'proposed', 'published') or run_finished_at is not null),
  check (state not in ('proposed', 'published') or (effective_from is not null and proposal_id is not null))
);
create index ruleset_drafts_work on ruleset_drafts (draft_id) where state = 'dry_running';
comment on table ruleset_drafts is 'Rulesets before they are published, with what they would do to everybody';

alter table proposals add constraint proposals_draft_fkey foreign key (draft_id) references ruleset_drafts (draft_id);
create unique index proposals_draft on proposals (draft_id) where state in ('open', 'approved');

-- Going through everybody once a ruleset is in force. What was published before has long reached everybody.
alter table rulesets
  add apply_started_at timestamptz,
  add apply_cursor bigint not null default 0,
  add apply_done bigint not null default 0,
  add apply_total bigint not null default 0,
  add applied_at timestamptz;
update rulesets set applied_at = published_at;
-- Which of two applies must never be a question.
create unique index rulesets_effective on rulesets (effective_from);

grant select, insert, update on ruleset_drafts to jkb_app;
grant usage on all sequences in schema public to jkb_app;
-- A published document stays what it was.
revoke update, delete on rulesets from jkb_app;
grant update (apply_started_at, apply_cursor, apply_done, apply_total, applied_at) on rulesets to jkb_app;
grant select on ruleset_drafts to jkb_readonly;

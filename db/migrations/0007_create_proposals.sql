-- Rules, and whatever a second operator decides: rulesets to be, zones to be lifted, findings, lists, appeals.

create table rulesets (
  ruleset_id text primary key,
  document jsonb not null,
  effective_from timestamptz not null,
  published_at timestamptz not null default now(),
  published_by text not null,
  -- Going through everybody once it is in force.
  apply_started_at timestamptz,
  apply_cursor bigint not null default 0,
  apply_done bigint not null default 0,
  apply_total bigint not null default 0,
  applied_at timestamptz,
  called_off_at timestamptz check (called_off_at < effective_from)
);
create unique index rulesets_effective on rulesets (effective_from) where called_off_at is null;
comment on table rulesets is 'Versioned rules that turn findings into colours; the one in force is the latest effective_from not in the future';
comment on column rulesets.called_off_at is 'Never came into force';

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
  proposal_id bigint,
  unique (created_by, request_id),
  check (state not in ('dry_run_done', 'proposed', 'published') or run_finished_at is not null),
  check (state not in ('proposed', 'published') or (effective_from is not null and proposal_id is not null))
);
create index ruleset_drafts_work on ruleset_drafts (draft_id) where state = 'dry_running';
comment on table ruleset_drafts is 'Rulesets before they are published, with what they would do to everybody';

-- A finding may hang on somebody (a secondary contact on the contact) and belong to a place (an area or zone with everybody
-- in it), so that what happens there reaches all of them at once (docs/adr/0021).
create table zones (
  zone_id bigint generated always as identity primary key,
  division_code text not null references divisions,
  name text not null check (length(name) between 1 and 100),
  -- The rated area that it is, if any: when its list ends it, lifting the zone is drafted.
  area_id bigint references risk_areas,
  created_at timestamptz not null,
  unique (division_code, name)
);
create index zones_area on zones (area_id) where area_id is not null;
comment on table zones is 'Controlled places whose people are lifted together; standing as long as findings in it are';

create table proposals (
  proposal_id bigint generated always as identity primary key,
  kind text not null check (kind in
    ('finding.add', 'finding.end', 'zone.lift', 'import.apply', 'import.undo', 'ruleset.publish', 'ruleset.call_off')),
  person_id bigint references persons,
  payload jsonb not null,
  division_code text not null references divisions,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'expired', 'withdrawn')),
  proposed_by bigint references operators,
  proposed_at timestamptz not null default now(),
  expires_at timestamptz not null,
  decided_by bigint references operators,
  decided_at timestamptz,
  decision_reason text,
  request_id uuid not null unique,
  -- What a laboratory causes is drafted by it; a person still decides.
  proposed_by_partner bigint references partners,
  -- Whatever else than a person it may concern: a list, a ruleset to be published, one to be called off, a zone.
  import_id bigint,
  draft_id bigint constraint proposals_draft_fkey references ruleset_drafts,
  needs_hq boolean not null default false,
  -- [{kind, count, of?, name?}]
  alarms jsonb not null default '[]',
  -- How many persons it counts for, against the limits of a day.
  persons integer not null default 1 check (persons >= 0),
  -- What it would have done, as computed then: {impact?, import?, ruleset?}.
  seen_at_proposal jsonb,
  seen_at_decision jsonb,
  ruleset_id text references rulesets,
  alarm_acknowledged_by bigint references operators,
  alarm_acknowledged_at timestamptz,
  alarm_note text check (length(alarm_note) between 2 and 300),
  zone_id bigint references zones,
  -- Nobody approves their own.
  check (decided_by is distinct from proposed_by or state not in ('approved', 'rejected')),
  check ((state in ('approved', 'rejected')) = (decided_by is not null)),
  constraint proposals_one_subject check (num_nonnulls(person_id, zone_id, import_id, draft_id, ruleset_id) = 1),
  -- The end of a rated area drafts the lifting of its zone by itself.
  constraint proposals_one_proposer check (num_nonnulls(proposed_by, proposed_by_partner) =
    case when zone_id is null or proposed_by is not null then 1 else 0 end),
  constraint proposals_alarm_acknowledged check (num_nonnulls(alarm_acknowledged_by, alarm_acknowledged_at) in (0, 2)),
  constraint proposals_alarm_of_others check (alarm_acknowledged_by <> proposed_by)
);
create index proposals_open on proposals (state, proposal_id desc);
create index proposals_person on proposals (person_id, proposal_id desc);
create index proposals_test on proposals ((payload ->> 'testId')) where payload ? 'testId';
create unique index proposals_import on proposals (import_id) where kind = 'import.apply' and state in ('open', 'approved');
create index proposals_alarmed on proposals (proposal_id desc) where alarms <> '[]';
create index proposals_proposer on proposals (proposed_by, proposed_at);
create unique index proposals_draft on proposals (draft_id) where state in ('open', 'approved');
create unique index proposals_open_draft on proposals ((payload ->> 'testId'), kind) where payload ? 'testId' and state = 'open';
create unique index proposals_ruleset on proposals (ruleset_id) where state in ('open', 'approved');
create index proposals_division on proposals (division_code, proposed_at);
create index proposals_alarm_open on proposals (proposal_id) where alarms <> '[]' and alarm_acknowledged_by is null;
create index proposals_zone on proposals (zone_id, proposal_id desc) where zone_id is not null;
comment on table proposals is 'Acts that change a colour, waiting for a second operator';

alter table ruleset_drafts add foreign key (proposal_id) references proposals;

-- Appeals: somebody says that a reason of their colour is wrong. An office answers, or proposes that the finding ends;
-- what becomes of the proposal becomes of the appeal (docs/adr/0017).
create table appeals (
  appeal_id uuid primary key,
  account_id bigint not null references accounts,
  person_id bigint not null references persons,
  request_id uuid not null,
  -- Of the reason appealed against.
  category text not null check (length(category) between 1 and 100),
  statement_encrypted bytea not null,
  contact_phone_encrypted bytea not null,
  -- Whose offices handle it.
  division_code text not null references divisions,
  state text not null check (state in ('submitted', 'in_progress', 'proposed', 'upheld', 'refused', 'answered', 'withdrawn')),
  submitted_at timestamptz not null,
  handled_by bigint references operators,
  proposal_id bigint unique references proposals,
  answer_encrypted bytea,
  ended_at timestamptz,
  unique (account_id, request_id),
  check (state <> 'proposed' or proposal_id is not null),
  check ((ended_at is not null) = (state in ('upheld', 'refused', 'answered', 'withdrawn')))
);
create unique index appeals_open on appeals (person_id, category) where state in ('submitted', 'in_progress', 'proposed');
create index appeals_account on appeals (account_id, submitted_at desc);
create index appeals_division on appeals (division_code text_pattern_ops, submitted_at desc, appeal_id desc);
create index appeals_ended on appeals (ended_at) where ended_at is not null;
comment on table appeals is 'Appeals against a reason of a colour: submitted → in_progress → proposed → upheld or refused, or answered, withdrawn; one open per person and reason';

create table appeal_pictures (
  appeal_id uuid not null references appeals on delete cascade,
  number smallint not null check (number between 1 and 3),
  media_type text not null check (media_type in ('image/jpeg', 'image/png')),
  content_encrypted bytea not null,
  primary key (appeal_id, number)
);
comment on table appeal_pictures is 'Evidence of an appeal, without metadata; deleted with it';

create table appeal_steps (
  step_id bigint generated always as identity primary key,
  appeal_id uuid not null references appeals on delete cascade,
  at timestamptz not null,
  step text not null check (step in
    ('submitted', 'taken', 'handed_over', 'escalated', 'proposed', 'reopened', 'upheld', 'refused', 'answered', 'withdrawn')),
  operator_id bigint references operators,
  -- For the next who handles it; never shown to the citizen.
  note_encrypted bytea
);
create index appeal_steps_appeal on appeal_steps (appeal_id, step_id);
comment on table appeal_steps is 'What happened to an appeal, shown to its author without names';

-- A published document stays what it was.
grant select, insert on rulesets to jkb_app;
grant select, insert, delete on appeal_pictures, appeal_steps to jkb_app;
grant select, insert, update on ruleset_drafts, zones, proposals to jkb_app;
grant select, insert, update, delete on appeals to jkb_app;
grant update (applied_at, apply_cursor, apply_done, apply_started_at, apply_total, called_off_at) on rulesets to jkb_app;
grant select on rulesets, ruleset_drafts, zones, proposals to jkb_readonly;
grant select (appeal_id, category, division_code, state, submitted_at, ended_at) on appeals to jkb_readonly;
grant usage on sequence appeal_steps_step_id_seq, proposals_proposal_id_seq, ruleset_drafts_draft_id_seq,
  zones_zone_id_seq to jkb_app;

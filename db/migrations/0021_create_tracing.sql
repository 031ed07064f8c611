-- From a case to every phone: the case with its own copies of its stays, who was there, and what was decided about them.
-- Copies: a case keeps just its rows while the days of visits are dropped.

create table cases (
  case_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  basis text not null check (basis in ('finding', 'result', 'evidence')),
  finding_id bigint references findings,
  test_id bigint references test_results,
  evidence text not null check (length(evidence) between 4 and 500),
  state text not null check (state in ('waiting', 'open', 'closed', 'negative', 'refused')),
  division_code text not null references divisions (code),
  -- Onset or first positive sample, whichever was earlier
  anchor_at timestamptz not null,
  isolated_at timestamptz,
  -- Of this case, as the epidemiologist moved them; standards and bounds are in packages/domain tracing/rules
  rules jsonb not null,
  -- One more with every change: the later of two editors sees what changed
  version integer not null default 1 check (version > 0),
  opened_by bigint not null references operators,
  opened_at timestamptz not null,
  ended_at timestamptz,
  request_id uuid not null,
  unique (opened_by, request_id),
  check ((basis = 'finding') = (finding_id is not null)),
  check ((basis = 'result') = (test_id is not null)),
  check ((ended_at is not null) = (state in ('closed', 'negative', 'refused')))
);
create unique index cases_running on cases (person_id) where state in ('waiting', 'open');
create index cases_ended on cases (ended_at) where ended_at is not null;
comment on table cases is 'A patient being traced. Opened by an approved finding or a positive result, or by hand: then nobody is shown before a second person agreed';

create table case_readers (
  case_id bigint not null references cases on delete cascade,
  operator_id bigint not null references operators,
  added_by bigint not null references operators,
  added_at timestamptz not null,
  primary key (operator_id, case_id)
);
create index case_readers_case on case_readers (case_id);
comment on table case_readers is 'Who may open a case; nobody else, whatever their rights';

create table case_changes (
  change_id bigint generated always as identity primary key,
  case_id bigint not null references cases on delete cascade,
  version integer not null,
  at timestamptz not null,
  operator_id bigint references operators,
  change text not null check (change ~ '^[a-z_]+$'),
  details jsonb not null default '{}',
  note_encrypted bytea
);
create index case_changes_case on case_changes (case_id, change_id);
comment on table case_changes is 'What was changed in a case, by whom and why; notes are among them';

create table case_stays (
  stay_id bigint generated always as identity primary key,
  case_id bigint not null references cases on delete cascade,
  request_key bigint not null,
  visited_on date not null,
  scanned_at timestamptz not null,
  point_id integer not null references venue_points,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at >= from_at),
  standard_until_at timestamptz not null,
  scope text not null default 'point' check (scope in ('point', 'venue')),
  counted boolean not null,
  marks text[] not null check (marks <@ array['far', 'withdrawn', 'late', 'unlocated', 'stated']),
  adjusted_by bigint references operators,
  adjusted_at timestamptz,
  why text check (length(why) between 2 and 300),
  unique (case_id, visited_on, request_key),
  check (not counted or not marks && array['far', 'withdrawn']),
  check (num_nonnulls(adjusted_by, adjusted_at, why) in (0, 3))
);
comment on table case_stays is 'The visits of a case with the time it stayed, kept as long as the case is. Far away and withdrawn ones are there and never count';

create table case_contacts (
  -- The request of the proposal that chose them
  selection_id uuid not null,
  person_id bigint not null references persons,
  case_id bigint not null references cases on delete cascade,
  contact_group text not null check (contact_group in ('close_contact', 'co_presence', 'secondary_contact')),
  minutes integer not null check (minutes >= 0),
  surety text not null check (surety in ('sure', 'likely', 'doubtful')),
  last_at timestamptz not null,
  -- Of a secondary contact: whose
  contact_person_id bigint references persons,
  primary key (selection_id, person_id),
  check ((contact_group = 'secondary_contact') = (contact_person_id is not null))
);
create index case_contacts_person on case_contacts (person_id);
create index case_contacts_case on case_contacts (case_id, person_id);
comment on table case_contacts is 'People proposed as contacts of a case, each once in a proposal';

create table exposures (
  exposure_id bigint generated always as identity primary key,
  selection_id uuid not null,
  person_id bigint not null,
  case_id bigint not null references cases on delete cascade,
  stay_id bigint not null references case_stays on delete cascade,
  met_at timestamptz not null,
  minutes integer not null check (minutes >= 0),
  surety text not null,
  -- "I was not there": stands on this one alone
  objection text check (objection in ('open', 'upheld', 'refused')),
  objected_at timestamptz,
  due_at timestamptz,
  statement_encrypted bytea,
  answer text check (length(answer) between 2 and 500),
  answered_by bigint references operators,
  answered_at timestamptz,
  dropped_by bigint references proposals,
  unique (selection_id, person_id, stay_id),
  check ((objection is null) = (objected_at is null)),
  check ((objection is null) = (due_at is null))
);
create index exposures_person on exposures (person_id, exposure_id desc);
create index exposures_case on exposures (case_id);
create index case_contacts_contact on case_contacts (contact_person_id) where contact_person_id is not null;
create index exposures_objected on exposures (due_at) where objection = 'open';
comment on table exposures is 'One stay together of a contact and a case';

-- Findings of a proposal about many people. Numbers of cases stay when the case is gone.
alter table findings add column case_id bigint;
comment on column findings.case_id is 'The case whose proposal made it; the case itself may be gone';
drop index findings_proposal;
create unique index findings_proposal on findings (proposal_id) where import_id is null and case_id is null;
create unique index findings_case on findings (proposal_id, person_id, category) where case_id is not null;

alter table proposals add column case_id bigint,
  drop constraint proposals_kind_check,
  add constraint proposals_kind_check check (kind in ('finding.add', 'finding.end', 'zone.lift', 'import.apply', 'import.undo',
    'ruleset.publish', 'ruleset.call_off', 'case.open', 'case.expose', 'case.undo', 'exposure.drop')),
  drop constraint proposals_one_subject,
  add constraint proposals_one_subject check (num_nonnulls(person_id, zone_id, import_id, draft_id, ruleset_id, case_id) = 1),
  add constraint proposals_case check ((case_id is not null) = (kind like 'case.%' or kind = 'exposure.drop'));
create index proposals_case on proposals (case_id, proposal_id desc) where case_id is not null;

alter table lookups drop constraint lookups_means_check,
  add constraint lookups_means_check check (means in ('personal_code', 'numeric_code', 'paper_code', 'document',
    'console_search', 'console_view', 'unmasking', 'companion', 'tracing'));

grant select, insert, delete on cases, case_readers, case_changes, case_stays, case_contacts, exposures to jkb_app;
grant update (state, anchor_at, isolated_at, rules, version, ended_at) on cases to jkb_app;
grant update (from_at, until_at, scope, counted, marks, adjusted_by, adjusted_at, why) on case_stays to jkb_app;
grant update (objection, objected_at, due_at, statement_encrypted, answer, answered_by, answered_at, dropped_by) on exposures to jkb_app;
grant usage on sequence cases_case_id_seq, case_changes_change_id_seq, case_stays_stay_id_seq, exposures_exposure_id_seq to jkb_app;

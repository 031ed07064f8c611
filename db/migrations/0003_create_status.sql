-- Findings, tests and the colour they make.

create table proposals (
  proposal_id bigint generated always as identity primary key,
  kind text not null check (kind in ('finding.add', 'finding.end')),
  person_id bigint not null references persons,
  payload jsonb not null,
  division_code text not null references divisions,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'expired')),
  proposed_by bigint not null references operators,
  proposed_at timestamptz not null default now(),
  expires_at timestamptz not null,
  decided_by bigint references operators,
  decided_at timestamptz,
  decision_reason text,
  request_id uuid not null unique,
  -- Nobody approves their own.
  check (decided_by is distinct from proposed_by or state not in ('approved', 'rejected')),
  check ((state in ('approved', 'rejected')) = (decided_by is not null))
);
create index proposals_open on proposals (state, proposal_id desc);
create index proposals_person on proposals (person_id, proposal_id desc);
comment on table proposals is 'Acts that change a colour, waiting for a second operator';

create table findings (
  finding_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  category text not null,
  anchor_at timestamptz not null,
  ended_at timestamptz check (ended_at >= anchor_at),
  withdrawn_at timestamptz,
  evidence text not null,
  source text not null,
  details jsonb not null default '{}',
  proposal_id bigint references proposals,
  entered_by bigint references operators,
  approved_by bigint references operators,
  created_at timestamptz not null default now(),
  check (entered_by is null or entered_by is distinct from approved_by)
);
create unique index findings_proposal on findings (proposal_id);
create index findings_person on findings (person_id);
comment on table findings is 'Dated facts about a person that the rules turn into a colour';

create table test_results (
  test_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  sampled_at timestamptz not null,
  reported_at timestamptz not null default now(),
  result text not null check (result in ('negative', 'positive')),
  kind text not null check (kind in ('single', 'pooled')),
  source text not null,
  withdrawn_at timestamptz
);
create index test_results_person on test_results (person_id, sampled_at desc);
comment on table test_results is 'Nucleic acid tests; the time of sampling decides, not of the report';

create table status_current (
  person_id bigint primary key references persons,
  colour smallint not null check (colour between 0 and 3),
  reasons jsonb not null,
  evaluated_at timestamptz not null,
  next_change_at timestamptz,
  latest_test_at timestamptz,
  latest_test_negative boolean,
  latest_negative_at timestamptz,
  ruleset_id text not null
) with (fillfactor = 80);
create index status_current_due on status_current (next_change_at) where next_change_at is not null;
comment on table status_current is 'The colour now; written by the evaluator only';

create table status_changes (
  change_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  changed_at timestamptz not null default now(),
  from_colour smallint,
  to_colour smallint not null,
  reasons jsonb not null,
  cause text not null,
  ruleset_id text not null
);
create index status_changes_person on status_changes (person_id, change_id desc);
comment on table status_changes is 'Every change of a colour, never altered';

create table dirty_persons (
  person_id bigint primary key references persons,
  marked_at timestamptz not null default clock_timestamp(),
  cause text not null
);
comment on table dirty_persons is 'Persons to evaluate again; marked in the transaction that changed an input';

create table operator_sessions (
  session_hash bytea primary key,
  operator_id bigint not null references operators,
  csrf_token text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  address text not null
);
create index operator_sessions_operator on operator_sessions (operator_id);
comment on table operator_sessions is 'Cookie sessions of the console; the cookie value is kept as a hash';

create table audit_entries (
  audit_id bigint generated always as identity primary key,
  occurred_at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('operator', 'citizen', 'device', 'system', 'command')),
  actor_id text,
  action text not null,
  object_kind text not null,
  object_id text,
  purpose text,
  details jsonb not null default '{}',
  request_id text
);
create index audit_entries_object on audit_entries (object_kind, object_id, audit_id desc);
create index audit_entries_actor on audit_entries (actor_kind, actor_id, audit_id desc);
comment on table audit_entries is 'Who did what and why, written in the transaction of the act; ids only, no names; append only';

-- Fixed windows shared by all processes; an unclean shutdown forgets counts of at most one window.
create unlogged table rate_counters (
  key text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key, window_start)
);
comment on table rate_counters is 'Counts per key and window for everything that can be guessed or spammed';

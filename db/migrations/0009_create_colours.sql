-- Findings, tests and the colour they make.

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
  -- A list makes many findings by one proposal.
  import_id bigint references imports,
  zone_id bigint references zones,
  contact_person_id bigint references persons,
  -- Of the lifting that ended it.
  lifted_by bigint references proposals,
  workplace_index bytea check (octet_length(workplace_index) = 32),
  workplace_encrypted bytea,
  end_evidence text,
  check (entered_by is null or entered_by is distinct from approved_by),
  check (contact_person_id <> person_id),
  constraint findings_workplace check (num_nonnulls(workplace_index, workplace_encrypted) in (0, 2))
);
create unique index findings_proposal on findings (proposal_id) where import_id is null;
create index findings_person on findings (person_id);
create unique index findings_pool on findings (person_id, (details ->> 'poolId')) where category = 'pool_positive' and withdrawn_at is null;
create unique index findings_provincial on findings (person_id) where category = 'provincial' and ended_at is null and withdrawn_at is null;
create unique index findings_stay on findings (person_id, category, (details ->> 'stayId')) where details ? 'stayId';
create unique index findings_declaration on findings (person_id, category, (details ->> 'declarationId'), anchor_at)
  where details ? 'declarationId' and not details ? 'stayId';
create unique index findings_import on findings (import_id, person_id, category, anchor_at) where import_id is not null;
create index findings_zone on findings (zone_id) where zone_id is not null;
create index findings_contact on findings (contact_person_id) where contact_person_id is not null;
create index findings_lifted on findings (lifted_by) where lifted_by is not null;
comment on table findings is 'Dated facts about a person that the rules turn into a colour';
comment on column findings.contact_person_id is 'Secondary contact: whose contact; details.contactPositiveAt follows that person''s confirmed findings';
comment on column findings.workplace_index is 'People with one workplace are counted by it (alarm shared_workplace)';
comment on column findings.end_evidence is 'What the list that ended it says of why; of other ends the proposal knows';

create table test_results (
  test_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  sampled_at timestamptz not null,
  reported_at timestamptz not null default now(),
  result text not null check (result in ('negative', 'positive')),
  kind text not null check (kind in ('single', 'pooled')),
  source text not null,
  withdrawn_at timestamptz,
  partner_id bigint references partners,
  laboratory_number text check (length(laboratory_number) between 1 and 64),
  revision integer not null default 1,
  reviewed_at timestamptz,
  verdict text check (verdict in ('approved', 'rejected')),
  import_id bigint references imports,
  -- The revision that the list wrote: a later one is somebody else's.
  import_revision integer,
  -- The proposal that undid the list: the number is free again.
  undone_by bigint references proposals,
  check ((partner_id is null) = (laboratory_number is null)),
  constraint test_results_verdict check ((verdict is null) = (reviewed_at is null) and (verdict is null or result = 'positive')),
  constraint test_results_import check ((import_id is null) = (import_revision is null)),
  constraint test_results_undone check (undone_by is null or withdrawn_at is not null)
);
create index test_results_person on test_results (person_id, sampled_at desc);
create unique index test_results_laboratory on test_results (partner_id, laboratory_number, person_id) where partner_id is not null;
-- The positives that wait for somebody: few, and looked for every few minutes.
create index test_results_standing on test_results (test_id)
  where result = 'positive' and kind = 'single' and verdict is null and withdrawn_at is null;
create index test_results_import on test_results (import_id, person_id) where import_id is not null;
comment on table test_results is 'Nucleic acid tests; the time of sampling decides, not of the report';
comment on column test_results.laboratory_number is 'Number of the result at its laboratory, by which it is corrected or withdrawn; a pool is one number and one row per person';
comment on column test_results.reviewed_at is 'When a person approved or rejected the draft that a positive result made; it no longer stands alone then';
comment on column test_results.verdict is 'What a person decided about a positive: an approved one has its confirmed finding, a rejected one counts for nothing';

create table unclaimed_findings (
  unclaimed_id bigint generated always as identity primary key,
  document_index bytea not null,
  category text not null,
  anchor_at timestamptz not null,
  evidence text not null,
  source text not null,
  import_id bigint not null references imports,
  proposal_id bigint not null references proposals,
  entered_by bigint not null references operators,
  approved_by bigint not null references operators,
  workplace_index bytea check (octet_length(workplace_index) = 32),
  workplace_encrypted bytea,
  zone_id bigint references zones,
  contact_person_id bigint references persons,
  ended_at timestamptz check (ended_at >= anchor_at),
  lifted_by bigint references proposals,
  end_evidence text,
  unique (document_index, category, anchor_at),
  constraint unclaimed_findings_workplace check (num_nonnulls(workplace_index, workplace_encrypted) in (0, 2))
);
create index unclaimed_findings_zone on unclaimed_findings (zone_id) where zone_id is not null;
create index unclaimed_findings_workplace on unclaimed_findings (import_id) where workplace_index is not null;
create index unclaimed_findings_import on unclaimed_findings (import_id);
comment on table unclaimed_findings is 'Approved findings about people who have not registered yet, by blind index only; they move to the person at registration';

create table unclaimed_results (
  partner_id bigint not null references partners,
  laboratory_number text not null,
  document_index bytea not null,
  sampled_at timestamptz not null,
  reported_at timestamptz not null,
  result text not null check (result in ('negative', 'positive')),
  kind text not null check (kind in ('single', 'pooled')),
  -- When it came: a person who registered in the same moment is looked for among the last ones.
  created_at timestamptz not null default now(),
  import_id bigint references imports,
  primary key (partner_id, laboratory_number, document_index)
);
create index unclaimed_results_document on unclaimed_results (document_index);
create index unclaimed_results_age on unclaimed_results (sampled_at);
create index unclaimed_results_created on unclaimed_results (created_at);
create index unclaimed_results_import on unclaimed_results (import_id) where import_id is not null;
comment on table unclaimed_results is 'Results of people who have not registered yet, by blind index only; they move to the person at registration';

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
  cause text not null,
  retry_at timestamptz,
  priority smallint not null default 0 check (priority in (0, 1))
);
create index dirty_persons_order on dirty_persons (priority, marked_at);
comment on table dirty_persons is 'Persons to evaluate again; marked in the transaction that changed an input';
comment on column dirty_persons.retry_at is 'Not before; set where an evaluation failed, unset by whatever marks the person again';
comment on column dirty_persons.priority is '0: somebody waits for it; 1: one of very many, after all others';

grant select, insert on status_changes to jkb_app;
grant select, insert, update on findings to jkb_app;
grant select, insert, update, delete on test_results, unclaimed_findings, unclaimed_results, status_current,
  dirty_persons to jkb_app;
grant select on findings, test_results, status_current, status_changes to jkb_readonly;
grant usage on sequence findings_finding_id_seq, status_changes_change_id_seq, test_results_test_id_seq,
  unclaimed_findings_unclaimed_id_seq to jkb_app;

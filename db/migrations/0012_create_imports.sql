-- Lists of offices: uploaded in parts, checked row by row, approved by a second operator, applied whole (docs/adr/0013).

create table imports (
  import_id bigint generated always as identity primary key,
  kind text not null check (kind in ('findings', 'test_results', 'risk_areas', 'venues', 'home_monitoring')),
  state text not null default 'uploading' check (state in
    ('uploading', 'waiting', 'checking', 'checked', 'proposed', 'applying', 'applied', 'failed', 'cancelled', 'rejected', 'expired')),
  file_name text not null check (length(file_name) between 1 and 200),
  file_bytes bigint not null check (file_bytes between 1 and 268435456),
  file_sha256 bytea check (octet_length(file_sha256) = 32),
  sheet text check (length(sheet) <= 100),
  -- Laboratory whose results the file holds.
  partner_id bigint references partners,
  source text not null check (length(source) between 2 and 100),
  evidence text not null check (length(evidence) between 4 and 500),
  uploaded_by bigint not null references operators,
  uploaded_at timestamptz not null,
  division_code text not null references divisions,
  request_id uuid not null,
  -- Why the file as a whole was refused, with what it lacks.
  failure text,
  failure_details text[] not null default '{}',
  heading bytea,
  rows_read bigint not null default 0,
  rows_good bigint not null default 0,
  problem_counts jsonb not null default '{}',
  impact jsonb,
  -- Of the stage under way; a total of 0 is not known yet.
  progress_stage text not null default 'reading' check (progress_stage in ('reading', 'comparing', 'applying')),
  progress_done bigint not null default 0,
  progress_total bigint not null default 0,
  -- Whoever works on it renews this; an old one means that its process is gone.
  worked_at timestamptz,
  -- How often work on it was begun and broke off.
  attempts integer not null default 0,
  cancel_requested boolean not null default false,
  proposal_id bigint,
  checked_at timestamptz,
  applied_at timestamptz,
  rows_applied bigint,
  unique (uploaded_by, request_id)
);
create index imports_recent on imports (division_code text_pattern_ops, import_id desc);
create index imports_work on imports (import_id) where state in ('waiting', 'checking', 'applying');
create index imports_file on imports (file_sha256, kind);
comment on table imports is 'Lists uploaded by operators, from the first part of the file to their effect';

create table import_parts (
  import_id bigint not null references imports on delete cascade,
  part integer not null check (part >= 0),
  -- Encrypted like every personal datum; removed once the rows are read.
  content bytea not null,
  primary key (import_id, part)
);
comment on table import_parts is 'The uploaded file in encrypted parts, until its rows are read';

create table import_rows (
  import_id bigint not null references imports on delete cascade,
  row_number integer not null,
  -- 128 bits of a hash over what makes two rows the same.
  row_key bytea not null,
  document_index bytea,
  -- Null: nobody with this document has registered yet.
  person_id bigint references persons,
  at timestamptz,
  category text,
  evidence text,
  number text,
  result text check (result in ('negative', 'positive')),
  kind text check (kind in ('single', 'pooled')),
  -- Areas and venues, which name nobody in clear.
  data jsonb,
  primary key (import_id, row_number),
  unique (import_id, row_key)
);
create index import_rows_person on import_rows (import_id, person_id);
comment on table import_rows is 'Rows that passed the check, until they are applied or given up';

create table import_errors (
  import_id bigint not null references imports on delete cascade,
  row_number integer not null,
  problems text[] not null,
  detail text,
  cells bytea not null,
  primary key (import_id, row_number)
);
comment on table import_errors is 'Refused rows as their author wrote them, encrypted, for the list of errors';

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
  unique (document_index, category, anchor_at)
);
create index unclaimed_findings_age on unclaimed_findings (anchor_at);
comment on table unclaimed_findings is 'Approved findings about people who have not registered yet, by blind index only; they move to the person at registration';

-- Proposals that concern many persons, and what speaks against them.
alter table proposals
  alter column person_id drop not null,
  add import_id bigint references imports,
  -- Of a ruleset to be published.
  add draft_id bigint,
  add needs_hq boolean not null default false,
  -- [{kind, count, of?, name?}]
  add alarms jsonb not null default '[]';
alter table proposals drop constraint proposals_kind_check;
alter table proposals add constraint proposals_kind_check
  check (kind in ('finding.add', 'finding.end', 'import.apply', 'ruleset.publish'));
alter table proposals add constraint proposals_one_subject
  check (num_nonnulls(person_id, import_id, draft_id) = 1);
create unique index proposals_import on proposals (import_id) where state in ('open', 'approved');
create index proposals_alarmed on proposals (proposal_id desc) where alarms <> '[]';
create index proposals_proposer on proposals (proposed_by, proposed_at);
alter table imports add constraint imports_proposal foreign key (proposal_id) references proposals;

-- A list makes many findings by one proposal.
alter table findings add import_id bigint references imports;
drop index findings_proposal;
create unique index findings_proposal on findings (proposal_id) where import_id is null;
create unique index findings_import on findings (import_id, person_id, category, anchor_at) where import_id is not null;

-- Home monitoring came to the rules with the lists; documents published before get it without a new version, since
-- nothing could have used it.
update rulesets set document = jsonb_set(document, '{categories,home_monitoring}', '{
  "kind": "phases",
  "title": {"zh": "居家健康监测", "en": "Home monitoring"},
  "wording": "home_monitoring",
  "appealable": true,
  "manual": true,
  "phases": [{
    "colour": "yellow",
    "end": {"type": "days", "days": 7, "from": "anchor"},
    "tests": {"count": 1, "countAfterPositive": 2, "minimumHoursApart": 24, "sampledAfter": "anchor", "kinds": "any"},
    "actions": ["stay_home", "take_test"]
  }]
}') where not document -> 'categories' ? 'home_monitoring';

grant select, insert, update on imports to jkb_app;
grant select, insert, update, delete on import_parts, import_rows, import_errors, unclaimed_findings to jkb_app;
grant usage on all sequences in schema public to jkb_app;
grant select on imports to jkb_readonly;

-- Lists of offices: uploaded in parts, checked row by row, approved by a second operator, applied whole (docs/adr/0013).

create table imports (
  import_id bigint generated always as identity primary key,
  kind text not null check (kind in ('findings', 'finding_ends', 'test_results', 'risk_areas', 'venues', 'home_monitoring')),
  state text not null default 'uploading' check (state in
    ('uploading', 'waiting', 'checking', 'checked', 'proposed', 'applying', 'applied', 'undoing', 'undone', 'failed', 'cancelled', 'rejected', 'expired')),
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
  progress_stage text not null default 'reading' check (progress_stage in ('reading', 'comparing', 'applying', 'undoing')),
  progress_done bigint not null default 0,
  progress_total bigint not null default 0,
  -- Whoever works on it renews this; an old one means that its process is gone.
  worked_at timestamptz,
  -- How often work on it was begun and broke off.
  attempts integer not null default 0,
  cancel_requested boolean not null default false,
  proposal_id bigint constraint imports_proposal references proposals,
  checked_at timestamptz,
  applied_at timestamptz,
  rows_applied bigint,
  -- [{name, rows, after?}] of a workbook: row numbers of a sheet follow on `after`; without it the sheet was not read.
  sheets jsonb not null default '[]',
  recount_requested boolean not null default false,
  -- What undoing it would do, as counted then: {standing, changed, persons, unregistered, moves}.
  undo_effect jsonb,
  undo_counted_at timestamptz,
  undo_proposal_id bigint references proposals,
  undone_at timestamptz,
  -- How much of it was ended or withdrawn, and how much stayed because something else had changed it.
  rows_undone bigint,
  rows_left bigint,
  unique (uploaded_by, request_id)
);
create index imports_recent on imports (division_code text_pattern_ops, import_id desc);
create index imports_work on imports (import_id) where state in ('waiting', 'checking', 'applying', 'undoing') or recount_requested;
create index imports_file on imports (file_sha256, kind);
comment on table imports is 'Lists uploaded by operators, from the first part of the file to their effect';

alter table proposals add foreign key (import_id) references imports;

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
  -- Of a test, or how a row ends a finding.
  kind text check (kind in ('single', 'pooled', 'ended', 'withdrawn')),
  -- Areas and venues, which name nobody in clear.
  data jsonb,
  -- Where somebody works: keyed hash of the name as it is compared, and the words themselves.
  workplace_index bytea check (octet_length(workplace_index) = 32),
  workplace_encrypted bytea,
  zone_id bigint references zones,
  contact_person_id bigint references persons,
  primary key (import_id, row_number),
  unique (import_id, row_key),
  constraint import_rows_workplace check (num_nonnulls(workplace_index, workplace_encrypted) in (0, 2))
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

-- A list that names what another has written already writes nothing; undoing the other one must not take that away.
create table listed_again (
  document_index bytea not null,
  category text not null,
  anchor_at timestamptz not null,
  import_id bigint not null references imports,
  primary key (document_index, category, anchor_at, import_id)
);
create index listed_again_import on listed_again (import_id);
comment on table listed_again is 'Rows of applied lists that were there already from another list, by blind index; who inherits when that one is undone';

grant select, insert, delete on listed_again to jkb_app;
grant select, insert, update on imports to jkb_app;
grant select, insert, update, delete on import_parts, import_rows, import_errors to jkb_app;
grant select on imports to jkb_readonly;
grant usage on sequence imports_import_id_seq to jkb_app;

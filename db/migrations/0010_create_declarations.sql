-- Declarations and entry registrations. What somebody declared is never edited: a correction is a further version
-- (docs/adr/0015). The application may change where a matter stands, never what was declared.

create table declaration_versions (
  declaration_id uuid not null,
  version smallint not null check (version between 1 and 50),
  kind text not null check (kind in ('health', 'exposure', 'entry')),
  -- Whom it is about; an entry registration may be about several (entry_persons).
  person_id bigint not null references persons,
  account_id bigint not null references accounts,
  -- The session that sent it: the signed-in device.
  device_id uuid not null,
  -- Canonical JSON, encrypted; its SHA-256 stands here and in the sealed audit log.
  content_encrypted bytea not null,
  content_hash bytea not null check (octet_length(content_hash) = 32),
  declared_at timestamptz not null,
  request_id uuid not null,
  primary key (declaration_id, version),
  unique (account_id, request_id)
);
create index declaration_versions_account on declaration_versions (account_id, declared_at desc, declaration_id);
create index declaration_versions_person on declaration_versions (person_id, declared_at desc);
create index declaration_versions_age on declaration_versions (kind, declared_at);
comment on table declaration_versions is 'Everything ever declared, version by version, with its hash, time and device; append only';

create table entry_registrations (
  entry_id uuid primary key,
  account_id bigint not null references accounts,
  -- The version in force, and of it what lists and joins need.
  version smallint not null,
  state text not null check (state in ('submitted', 'arrived', 'received', 'closed', 'cancelled', 'expired')),
  arrival_mode text not null check (arrival_mode in ('train', 'coach', 'flight', 'car', 'ship', 'other')),
  planned_arrival_at timestamptz not null,
  origin_code text not null check (origin_code ~ '^[0-9]{6}$'),
  destination_code text not null references divisions,
  submitted_at timestamptz not null,
  arrived_at timestamptz,
  arrived_point_id integer references venue_points,
  received_at timestamptz,
  received_by bigint references operators,
  closed_at timestamptz,
  note text check (length(note) <= 500),
  check (state <> 'received' or (received_at is not null and received_by is not null)),
  check (state <> 'arrived' or arrived_at is not null)
);
create index entry_registrations_destination on entry_registrations (destination_code text_pattern_ops, planned_arrival_at);
create index entry_registrations_open on entry_registrations (planned_arrival_at) where state = 'submitted';
create index entry_registrations_account on entry_registrations (account_id, submitted_at desc);
comment on table entry_registrations is 'Journeys to the city: submitted → arrived → received → closed, or cancelled, expired. The content is in declaration_versions';

create table entry_persons (
  person_id bigint not null references persons,
  entry_id uuid not null references entry_registrations on delete cascade,
  member_id uuid references members,
  arrived_at timestamptz,
  arrived_point_id integer references venue_points,
  primary key (person_id, entry_id)
);
create index entry_persons_entry on entry_persons (entry_id);
comment on table entry_persons is 'Who comes with an entry registration, and who was scanned at an entry channel';

-- One row a person: a scan at an entry channel finds by its primary key whether the person is registered for entry.
create table entry_current (
  person_id bigint primary key references persons,
  entry_id uuid not null references entry_registrations on delete cascade,
  valid_until timestamptz not null
);
create index entry_current_entry on entry_current (entry_id);
comment on table entry_current is 'The entry registration that counts at the door, until valid_until';

create table stays (
  stay_id bigint generated always as identity,
  person_id bigint not null references persons,
  declaration_id uuid not null,
  version smallint not null,
  division_code text collate "C" not null check (division_code ~ '^[0-9]{6}([0-9]{3}|[0-9]{6})?$'),
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  -- The person's own word, or a guardian's; otherwise an office looks at it.
  own_word boolean not null,
  -- The division whose office that is.
  office_code text not null references divisions,
  source text not null check (source in ('entry_registration', 'exposure_declaration')),
  -- A later version took its place; a finding it led to stays.
  superseded_at timestamptz,
  primary key (person_id, stay_id),
  foreign key (declaration_id, version) references declaration_versions
);
create index stays_place on stays (division_code, to_on) where superseded_at is null;
create index stays_declaration on stays (declaration_id);
comment on table stays is 'Places stayed, one row a person, as declared; matched against risk areas when declared and when the areas change';

-- A stay leads to one finding at most, also after that finding was withdrawn on appeal.
create unique index findings_stay on findings (person_id, (details ->> 'stayId')) where details ? 'stayId';
create unique index findings_declaration on findings (person_id, category, (details ->> 'declarationId'))
  where details ? 'declarationId' and not details ? 'stayId';

create table declaration_matters (
  matter_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  declaration_id uuid not null,
  version smallint not null,
  -- What it might mean: the category an office would propose.
  category text not null,
  anchor_at timestamptz not null,
  -- `verify`: the rules ask for an office; `other_person`: declared by somebody for another adult.
  cause text not null check (cause in ('verify', 'other_person')),
  division_code text not null references divisions,
  state text not null default 'waiting' check (state in ('waiting', 'proposed', 'dismissed')),
  created_at timestamptz not null,
  decided_by bigint references operators,
  decided_at timestamptz,
  note text check (length(note) <= 500),
  check ((state = 'waiting') = (decided_by is null)),
  unique (person_id, declaration_id, category, anchor_at)
);
create index declaration_matters_waiting on declaration_matters (division_code text_pattern_ops, matter_id) where state = 'waiting';
comment on table declaration_matters is 'Declared facts that become a finding only by an office''s proposal and a second operator';

create table entry_marks (
  name text primary key check (name in ('arrivals')),
  reached_at timestamptz not null
);
comment on table entry_marks is 'How far the visits at entry channels have been read';

grant select, insert, delete on declaration_versions, stays to jkb_app;
grant update (superseded_at) on stays to jkb_app;
grant select, insert, update, delete on entry_registrations, entry_persons, entry_current, declaration_matters, entry_marks to jkb_app;
grant usage on all sequences in schema public to jkb_app;
grant select on entry_registrations, entry_persons, entry_current, declaration_matters to jkb_readonly;

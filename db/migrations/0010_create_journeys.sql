-- Declarations and entry registrations. What somebody declared is never edited: a correction is a further version. The
-- application may change where a matter stands, never what was declared. A place is a division of 6 digits (province,
-- city, county), 9 (street) or 12 (community), or a country (ISO 3166-1 alpha-3); each has one form (docs/adr/0036).

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
  office_code text references divisions,
  primary key (declaration_id, version),
  unique (account_id, request_id)
);
create index declaration_versions_account on declaration_versions (account_id, declared_at desc, declaration_id);
create index declaration_versions_person on declaration_versions (person_id, declared_at desc);
create index declaration_versions_age on declaration_versions (kind, declared_at);
comment on table declaration_versions is 'Everything ever declared, version by version, with its hash, time and device; append only';
comment on column declaration_versions.office_code is 'The division the person named as looking after them';

create table stays (
  stay_id bigint generated always as identity,
  person_id bigint not null references persons,
  declaration_id uuid not null,
  version smallint not null,
  division_code text collate "C" not null check (division_code ~ '^([0-9]{6}([0-9]{3}|[0-9]{6})?|[A-Z]{3})$'),
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
comment on column stays.division_code is 'The place: a division (GB/T 2260, GB/T 10114) in its one form, or a country (ISO 3166-1 alpha-3)';

create table declaration_matters (
  matter_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  declaration_id uuid not null,
  version smallint not null,
  -- What it might mean: the category an office would propose.
  category text not null,
  anchor_at timestamptz not null,
  -- `verify`: the rules ask for an office; `other_person`: declared by somebody for another adult; `part_of_area`: the
  -- area that it might have been in covers a part of the division only.
  cause text not null check (cause in ('verify', 'other_person', 'part_of_area')),
  division_code text not null references divisions,
  state text not null default 'waiting' check (state in ('waiting', 'proposed', 'approved', 'rejected', 'dismissed')),
  created_at timestamptz not null,
  decided_by bigint references operators,
  decided_at timestamptz,
  note text check (length(note) <= 500),
  proposal_id bigint unique references proposals,
  stay_id bigint,
  area_ids bigint[] not null default '{}',
  check ((state = 'waiting') = (decided_by is null))
);
create index declaration_matters_waiting on declaration_matters (division_code text_pattern_ops, matter_id) where state = 'waiting';
create unique index declaration_matters_fact on declaration_matters (person_id, declaration_id, category, anchor_at) where stay_id is null;
create unique index declaration_matters_stay on declaration_matters (person_id, stay_id, category) where stay_id is not null and state = 'waiting';
create index declaration_matters_declaration on declaration_matters (declaration_id);
comment on table declaration_matters is 'Declared facts that become a finding only by an office''s proposal and a second operator: waiting → proposed → approved or rejected, or dismissed';
comment on column declaration_matters.proposal_id is 'What it became; none where it was proposed before this was kept, or where it waits again';
comment on column declaration_matters.area_ids is 'The areas a stay might have been in, so that the same question is asked once';

create table entry_registrations (
  entry_id uuid primary key,
  account_id bigint not null references accounts,
  -- The version in force, and of it what lists and joins need.
  version smallint not null,
  state text not null check (state in ('submitted', 'arrived', 'received', 'closed', 'cancelled', 'expired')),
  arrival_mode text not null check (arrival_mode in ('train', 'coach', 'flight', 'car', 'ship', 'other')),
  planned_arrival_at timestamptz not null,
  origin_code text not null check (origin_code ~ '^([0-9]{6}([0-9]{3}|[0-9]{6})?|[A-Z]{3})$'),
  destination_code text not null references divisions,
  submitted_at timestamptz not null,
  arrived_at timestamptz,
  arrived_point_id integer references venue_points,
  received_at timestamptz,
  received_by bigint references operators,
  closed_at timestamptz,
  note text check (length(note) <= 500),
  -- Trains, flights and plates are found by the keyed hash of their number: a plate names somebody.
  arrival_number_index bytea check (octet_length(arrival_number_index) = 32),
  check (state <> 'received' or (received_at is not null and received_by is not null)),
  check (state <> 'arrived' or arrived_at is not null)
);
create index entry_registrations_destination on entry_registrations (destination_code text_pattern_ops, planned_arrival_at);
create index entry_registrations_open on entry_registrations (planned_arrival_at) where state = 'submitted';
create index entry_registrations_account on entry_registrations (account_id, submitted_at desc);
-- Registrations of the last days are gone through in this order, for scans that were sent late.
create index entry_registrations_planned on entry_registrations (planned_arrival_at, entry_id);
create index entry_registrations_number on entry_registrations (arrival_number_index) where arrival_number_index is not null;
comment on table entry_registrations is 'Journeys to the city: submitted → arrived → received → closed, or cancelled, expired. The content is in declaration_versions';
comment on column entry_registrations.note is 'The last note of follow-ups before there was entry_follow_ups; no longer written';
comment on column entry_registrations.origin_code is 'Where the journey begins: a division, or a country (ISO 3166-1 alpha-3)';

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

-- A row for each registration that counts, each with its time: from a day before the planned arrival (an earlier train)
-- until three days after. A scan at an entry channel finds by the first column of the primary key whether any counts.
create table entry_current (
  person_id bigint not null references persons,
  entry_id uuid not null references entry_registrations on delete cascade,
  valid_until timestamptz not null,
  valid_from timestamptz not null,
  primary key (person_id, entry_id),
  check (valid_from < valid_until)
);
create index entry_current_entry on entry_current (entry_id);
comment on table entry_current is 'The entry registrations that count at the door, each from valid_from until valid_until';

-- A scan sent late is answered by what was declared when it was made, also where that was corrected before it arrived.
create table entry_former (
  person_id bigint not null references persons,
  entry_id uuid not null references entry_registrations on delete cascade,
  version smallint not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  declared_at timestamptz not null,
  corrected_at timestamptz not null,
  primary key (person_id, entry_id, version)
);
create index entry_former_entry on entry_former (entry_id);
comment on table entry_former is 'Who a version of an entry registration let in and when, until it was corrected; read for scans sent late only, deleted with the registration';

create table entry_follow_ups (
  follow_up_id bigint generated always as identity primary key,
  entry_id uuid not null references entry_registrations on delete cascade,
  kind text not null check (kind in ('call', 'visit', 'note', 'received', 'closed')),
  noted_at timestamptz not null,
  operator_id bigint not null references operators,
  request_id uuid not null,
  note_encrypted bytea not null,
  unique (operator_id, request_id)
);
create index entry_follow_ups_entry on entry_follow_ups (entry_id, follow_up_id);
comment on table entry_follow_ups is 'What the community did about an arrival, and when; never edited, deleted with the registration';

create table entry_marks (
  name text primary key check (name in ('arrivals')),
  reached_at timestamptz not null,
  walked_to timestamptz,
  walked_to_id uuid
);
comment on table entry_marks is 'How far the visits at entry channels have been read, and how far registrations have been gone through for scans sent late';

grant select, insert, delete on declaration_versions, stays, entry_former, entry_follow_ups to jkb_app;
grant select, insert, update, delete on declaration_matters, entry_registrations, entry_persons, entry_current,
  entry_marks to jkb_app;
grant update (superseded_at) on stays to jkb_app;
grant select on declaration_matters, entry_registrations, entry_persons, entry_current to jkb_readonly;
grant usage on sequence declaration_matters_matter_id_seq, entry_follow_ups_follow_up_id_seq, stays_stay_id_seq to jkb_app;

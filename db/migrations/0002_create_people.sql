-- People, and the accounts that look after them. Name, phone and document number are AES-256-GCM per field; equality
-- goes by keyed hash.

create table persons (
  person_id bigint generated always as identity primary key,
  document_type text not null check (document_type in ('resident_id', 'passport', 'hk_macao_permit', 'taiwan_permit', 'foreign_permanent_resident')),
  name_encrypted bytea not null,
  -- Surname and asterisks: what every checker sees anyway; kept so that a scan decrypts nothing.
  name_masked text not null,
  document_number_encrypted bytea not null,
  birth_on_encrypted bytea,
  country text,
  paper_code_granted_at timestamptz,
  registered_at timestamptz not null default now(),
  -- A copy of provincial_codes.state for the statements of the door, which read the person anyway: every door can say
  -- that the data has to be renewed, and no scan asks for it.
  identity_stale boolean not null default false
);
comment on table persons is 'People with a verified identity; personal fields are ciphertext';
comment on column persons.identity_stale is 'The province wants the identity data renewed: a copy of provincial_codes.state for the statements of the door';

create table identity_documents (
  document_index bytea primary key,
  person_id bigint not null references persons
);
comment on table identity_documents is 'Blind index of type, country and number to person: one identity, one person';

create table accounts (
  account_id bigint generated always as identity primary key,
  phone_encrypted bytea not null,
  phone_index bytea not null unique,
  person_id bigint unique references persons,
  consent_version text,
  consented_at timestamptz,
  created_at timestamptz not null default now(),
  check ((person_id is null) = (consent_version is null))
);
comment on table accounts is 'A phone number that signs in; holds at most one person';

create table members (
  member_id uuid primary key,
  account_id bigint not null references accounts,
  person_id bigint not null references persons,
  relation text not null check (relation in ('child', 'parent', 'grandparent', 'spouse', 'ward', 'other')),
  consent_means text not null check (consent_means in ('guardian', 'given_in_person', 'written')),
  added_at timestamptz not null default now(),
  removed_at timestamptz,
  request_id uuid not null,
  unique (account_id, request_id)
);
create unique index members_once on members (account_id, person_id) where removed_at is null;
create index members_person on members (person_id) where removed_at is null;
comment on table members is 'Persons looked after by an account, with the relation and how consent was given';

create table sms_challenges (
  challenge_id uuid primary key,
  phone_index bytea not null,
  address_index bytea not null,
  code_hash bytea not null,
  tries_left smallint not null check (tries_left >= 0),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sms_challenges_phone on sms_challenges (phone_index, created_at desc);
create index sms_challenges_address on sms_challenges (address_index, created_at);
create index sms_challenges_age on sms_challenges (created_at);
comment on table sms_challenges is 'SMS sign-in codes, hashed; purged after ten minutes beyond the limit windows';

create table sessions (
  session_id uuid primary key,
  account_id bigint not null references accounts,
  refresh_hash bytea not null,
  device_name text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text check (revoked_reason in ('signed_out', 'revoked', 'refresh_reused', 'identity_taken_over', 'restored')),
  check ((revoked_at is null) = (revoked_reason is null))
);
create index sessions_revoked on sessions (revoked_at) where revoked_at is not null;
create index sessions_account on sessions (account_id, last_used_at desc);
-- What purging asks for every five minutes, of as many sessions as there are phones.
create index sessions_ended on sessions (least(expires_at, coalesce(revoked_at, expires_at)));
comment on table sessions is 'Signed-in devices of citizens; the refresh token is kept as a hash and rotates at each use';

create table face_checks (
  face_check_id uuid primary key,
  account_id bigint not null references accounts,
  verdict text not null check (verdict in ('pass', 'fail', 'no_face')),
  checked_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table face_checks is 'Verdicts only; the picture is dropped as soon as the verdict is there';

grant select, insert, update on persons, identity_documents, accounts to jkb_app;
grant select, insert, update, delete on members, sms_challenges, sessions, face_checks to jkb_app;
grant usage on sequence accounts_account_id_seq, persons_person_id_seq to jkb_app;

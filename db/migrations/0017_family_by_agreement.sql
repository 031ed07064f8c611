-- An adult is in somebody's family only after agreeing. Whoever is asked answers on their own phone, or shows their face.

alter table members drop constraint members_consent_means_check;
-- The last two are of before: their adults hand out no code until they agree anew.
alter table members add constraint members_consent_means_check
  check (consent_means in ('guardian', 'own_phone', 'face', 'office', 'given_in_person', 'written'));
-- An adult with an account of their own keeps the live code to themselves until they allow it here.
alter table members add column code_allowed_at timestamptz;
comment on column members.code_allowed_at is 'Since when somebody with an account of their own lets this account show their code; null: they do not';

create table family_requests (
  family_request_id uuid primary key,
  account_id bigint not null references accounts,
  -- The request dies with the account holding somebody else.
  asker_person_id bigint not null references persons,
  -- Whom it is about, known here or not: rows of both look the same.
  document_index bytea not null,
  -- Name, document, country and birth date as JSON: an office may make the person of it.
  identity_encrypted bytea not null,
  relation text not null check (relation in ('child', 'parent', 'grandparent', 'spouse', 'ward', 'other')),
  -- Under 18: a guardian who is there already answers too.
  is_minor boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  -- A guardian agreed; a minor with a phone of their own is asked after.
  guardian_agreed_at timestamptz,
  answer text check (answer in ('agreed', 'refused', 'reported')),
  answered_at timestamptz,
  answered_by bigint references accounts,
  -- By whoever asked, whatever was answered.
  withdrawn_at timestamptz,
  request_id uuid not null,
  unique (account_id, request_id),
  check ((answer is null) = (answered_at is null))
);
create index family_requests_asked on family_requests (document_index);
create index family_requests_expiry on family_requests (expires_at);
create index family_requests_reported on family_requests (answered_at desc) where answer = 'reported';
comment on table family_requests is 'Somebody asks to look after somebody else; who is asked answers, or it expires';

alter table person_codes drop constraint person_codes_revoked_reason_check;
alter table person_codes add constraint person_codes_revoked_reason_check
  check (revoked_reason in ('reported_lost', 'replaced', 'person_removed', 'link_ended'));
alter table person_codes add column member_id uuid;
comment on column person_codes.member_id is 'The link by which a paper code was handed out: it ends with the link';
create index person_codes_member on person_codes (member_id) where member_id is not null and revoked_at is null;

alter table lookups drop constraint lookups_means_check;
alter table lookups add constraint lookups_means_check check (means in ('personal_code', 'numeric_code', 'paper_code', 'document',
  'console_search', 'console_view', 'unmasking', 'companion'));

grant select, insert, update, delete on family_requests to jkb_app;

-- What an office does at its counter for somebody without a phone, or without a document that the authority can check.

create table counter_acts (
  act_id uuid primary key,
  kind text not null check (kind in ('register', 'family')),
  cause text not null check (cause in ('no_phone', 'document_unchecked')),
  seen text not null check (seen in ('resident_card', 'temporary_card', 'household_register', 'passport', 'travel_permit',
    'residence_permit', 'birth_certificate', 'other')),
  evidence text not null check (length(evidence) between 1 and 500),
  authority text not null check (authority in ('match', 'unknown', 'unavailable')),
  -- Whom it is about; name and number go once somebody decided.
  document_index bytea not null,
  document_type text not null,
  name_masked text not null,
  identity_encrypted bytea,
  -- Of somebody under 14: who answers for them, as JSON.
  guardian_encrypted bytea,
  -- Of an elder who joins a family: whose, and what the elder is to them.
  holder_person_id bigint references persons,
  relation text check (relation in ('parent', 'grandparent', 'spouse', 'ward', 'other')),
  -- Known before; or made by the approval.
  person_id bigint references persons,
  division_code text not null,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'expired', 'withdrawn')),
  proposed_by bigint not null references operators,
  proposed_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > proposed_at),
  decided_by bigint references operators check (decided_by <> proposed_by),
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) between 1 and 500),
  alarms text[] not null default '{}',
  request_id uuid not null unique,
  check ((kind = 'family') = (holder_person_id is not null and relation is not null)),
  check (state <> 'open' or identity_encrypted is not null),
  check (state <> 'approved' or person_id is not null),
  check (state in ('approved', 'rejected') = (decided_by is not null))
);
create unique index counter_acts_open on counter_acts (document_index, kind) where state = 'open';
create index counter_acts_division on counter_acts (division_code text_pattern_ops, proposed_at desc, act_id);
create index counter_acts_expiry on counter_acts (expires_at) where identity_encrypted is not null;
create index counter_acts_person on counter_acts (person_id) where person_id is not null;
comment on table counter_acts is 'Registrations and family links made at the counter of an office: one operator sees the documents, another one decides';

grant select, insert on counter_acts to jkb_app;
grant update (state, identity_encrypted, guardian_encrypted, person_id, decided_by, decided_at, decision_reason, alarms) on counter_acts to jkb_app;

-- Partners that push, providers that are asked, and what both said (docs/adr/0014).

create table partners (
  partner_id bigint generated always as identity primary key,
  name text not null unique check (length(name) between 1 and 100),
  kind text not null check (kind in ('province', 'laboratory')),
  -- SHA-256 of 256 random bits: nothing to guess, so nothing slow is needed.
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  pushes_per_minute integer not null default 120 check (pushes_per_minute > 0),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
comment on table partners is 'Systems that push data, each with a key of its own that is kept as a hash';

create table partner_batches (
  partner_id bigint not null references partners,
  batch_id text not null check (length(batch_id) between 1 and 64),
  body_hash bytea not null check (octet_length(body_hash) = 32),
  answer jsonb,
  received_at timestamptz not null,
  primary key (partner_id, batch_id)
);
create index partner_batches_age on partner_batches (received_at);
comment on table partner_batches is 'Batches taken, with the answer, so that a repeat is answered like the first time';

alter table audit_entries drop constraint audit_entries_actor_kind_check;
alter table audit_entries add constraint audit_entries_actor_kind_check
  check (actor_kind in ('operator', 'citizen', 'device', 'partner', 'system', 'command'));

-- Laboratories.
alter table test_results
  add partner_id bigint references partners,
  add laboratory_number text check (length(laboratory_number) between 1 and 64),
  add revision integer not null default 1,
  add reviewed_at timestamptz,
  add check ((partner_id is null) = (laboratory_number is null));
create unique index test_results_laboratory on test_results (partner_id, laboratory_number, person_id) where partner_id is not null;
comment on column test_results.laboratory_number is 'Number of the result at its laboratory, by which it is corrected or withdrawn; a pool is one number and one row per person';
comment on column test_results.reviewed_at is 'When a person approved or rejected the draft that a positive result made; it no longer stands alone then';

create table unclaimed_results (
  partner_id bigint not null references partners,
  laboratory_number text not null,
  document_index bytea not null,
  sampled_at timestamptz not null,
  reported_at timestamptz not null,
  result text not null check (result in ('negative', 'positive')),
  kind text not null check (kind in ('single', 'pooled')),
  primary key (partner_id, laboratory_number, document_index)
);
create index unclaimed_results_document on unclaimed_results (document_index);
create index unclaimed_results_age on unclaimed_results (sampled_at);
comment on table unclaimed_results is 'Results of people who have not registered yet, by blind index only; they move to the person at registration';

-- What a laboratory causes is drafted by it; a person still decides.
alter table proposals alter column proposed_by drop not null;
alter table proposals add proposed_by_partner bigint references partners;
alter table proposals add constraint proposals_one_proposer check (num_nonnulls(proposed_by, proposed_by_partner) = 1);
create unique index findings_pool on findings (person_id, (details ->> 'poolId')) where category = 'pool_positive' and withdrawn_at is null;
create index proposals_test on proposals ((payload ->> 'testId')) where payload ? 'testId';

-- The provincial code of each person: what was said last, and when to ask again.
create table provincial_codes (
  person_id bigint primary key references persons,
  state text not null default 'waiting' check (state in ('waiting', 'known', 'identity_stale', 'not_found')),
  colour smallint check (colour between 1 and 3),
  observed_at timestamptz,
  asked_at timestamptz,
  due_at timestamptz not null,
  tries smallint not null default 0,
  check ((colour is null) = (observed_at is null))
);
create index provincial_codes_due on provincial_codes (due_at);
comment on table provincial_codes is 'The provincial code as given, its age, and when the province is asked again; the finding `provincial` follows it';
create unique index findings_provincial on findings (person_id) where category = 'provincial' and ended_at is null and withdrawn_at is null;

-- How the providers do.
create table upstream_state (
  provider text primary key,
  breaker text not null default 'closed' check (breaker in ('closed', 'open', 'half_open')),
  last_success_at timestamptz,
  last_failure_at timestamptz,
  -- When the data itself is from, where the provider says so.
  data_as_of timestamptz,
  updated_at timestamptz not null
);
comment on table upstream_state is 'Each provider: breaker, age of the last success and of the last failure';

create table upstream_figures (
  provider text not null,
  slot_at timestamptz not null,
  succeeded integer not null default 0,
  failed integer not null default 0,
  milliseconds bigint not null default 0,
  primary key (provider, slot_at)
);
create index upstream_figures_age on upstream_figures (slot_at);
comment on table upstream_figures is 'Requests to each provider by slots of ten minutes, for a day';

create table risk_area_feeds (
  version bigint generated always as identity primary key,
  source text not null,
  etag text,
  fetched_at timestamptz not null,
  checked_at timestamptz not null,
  as_of timestamptz not null,
  area_count integer not null,
  document jsonb not null
);
create index risk_area_feeds_source on risk_area_feeds (source, version desc);
comment on table risk_area_feeds is 'Every version of the list of risk areas as it was fetched; checked_at moves while the feed says it is unchanged';

grant select, insert, update on partners, provincial_codes, upstream_state, risk_area_feeds to jkb_app;
grant select, insert, update, delete on partner_batches, unclaimed_results, upstream_figures to jkb_app;
grant select on provincial_codes, upstream_state, upstream_figures, risk_area_feeds to jkb_readonly;

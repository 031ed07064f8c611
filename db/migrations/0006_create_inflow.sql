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
  document jsonb not null,
  state text not null default 'applied' check (state in ('applied', 'held', 'dropped')),
  decided_by bigint references operators,
  decided_at timestamptz
);
create index risk_area_feeds_source on risk_area_feeds (source, version desc);
create unique index risk_area_feeds_held on risk_area_feeds (source) where state = 'held';
comment on table risk_area_feeds is 'Every version of the list of risk areas as it was fetched; checked_at moves while the feed says it is unchanged';
comment on column risk_area_feeds.state is 'held: it would lift so many areas that headquarters, or the same list again later, has to confirm it';

-- Areas rated by the authorities, each with its dates. Where somebody stayed is held against them, when it is declared and
-- whenever the list changes. An area whose code is no place known here waits for a person: they name the place, or say
-- that it concerns nobody here.
create table risk_areas (
  area_id bigint generated always as identity primary key,
  division_code text not null,
  name text not null,
  level text not null check (level in ('high', 'medium', 'low')),
  valid_from timestamptz not null,
  -- null while it stands
  valid_to timestamptz,
  source text not null,
  -- of the area at its source; absent for what was entered here
  source_id text,
  created_at timestamptz not null default now(),
  extent text not null default 'part' check (extent in ('whole', 'part')),
  placed_code text,
  placed_by bigint references operators,
  placed_at timestamptz,
  place_note text check (length(place_note) <= 400),
  unique (source, source_id),
  check (valid_to >= valid_from),
  check ((placed_at is null) = (placed_by is null)),
  check (placed_code is null or placed_at is not null)
);
comment on table risk_areas is 'Areas with a risk level and the dates between which it stands';
comment on column risk_areas.extent is 'Whether the area is the whole division of its code, or a street or village in it: nobody has a finding for having been elsewhere in the same county';
comment on column risk_areas.placed_code is 'The place that a person named for an area whose code is none; with placed_at and without it: it concerns nobody here';

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
-- How many codes expire when.
create index provincial_codes_observed on provincial_codes (observed_at) where state = 'known';
comment on table provincial_codes is 'The provincial code as given, its age, and when the province is asked again; the finding `provincial` follows it';

-- persons.identity_stale is kept by the database, so that whatever writes a provincial code keeps it true.
create function copy_stale_identity() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update public.persons set identity_stale = (new.state = 'identity_stale') where person_id = new.person_id;
  return null;
end $$;
comment on function copy_stale_identity is 'Keeps persons.identity_stale as provincial_codes.state says';

-- Answers with a colour, a million in a night, fire neither.
create trigger provincial_codes_stale_insert after insert on provincial_codes
for each row when (new.state = 'identity_stale') execute function copy_stale_identity();
create trigger provincial_codes_stale_update after update on provincial_codes
for each row when ((old.state = 'identity_stale') is distinct from (new.state = 'identity_stale')) execute function copy_stale_identity();

grant select, insert, update on partners, upstream_state, risk_area_feeds, risk_areas, provincial_codes to jkb_app;
grant select, insert, update, delete on partner_batches, upstream_figures to jkb_app;
grant select on upstream_state, upstream_figures, risk_area_feeds, risk_areas, provincial_codes to jkb_readonly;
grant usage on sequence partners_partner_id_seq, risk_area_feeds_version_seq, risk_areas_area_id_seq to jkb_app;

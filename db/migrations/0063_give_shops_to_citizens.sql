-- A shop is applied for and run from the citizen app, without an account of the console.

alter table venues
  alter column applied_by drop not null,
  add column applied_by_person bigint references persons,
  -- Whoever runs it from their phone; venues of an institution are run by their managers (venue_managers)
  add column owner_person_id bigint references persons,
  -- What was written in clear before moves over by the job venue-licences
  add column credit_code_encrypted bytea,
  add column credit_code_index bytea,
  add constraint venues_applied check (num_nonnulls(applied_by, applied_by_person) = 1);

-- The same name or address, however it is spaced and whichever width its characters have.
create function plain_text_key(written text) returns text language sql immutable parallel safe set search_path to 'pg_catalog' as $$
  select lower(translate(normalize(written, nfkc), E' \t\r\n\u00b7\u2022\u30fb.\u3002,\u3001;:|/\\_-\u2014\u2013\u2010\uff5e~()[]{}\u3010\u3011\u300c\u300d\u300a\u300b<>\u201c\u201d\u2018\u2019"''`#*+&@!?', ''))
$$;
comment on function plain_text_key(text) is 'A name or an address without what is written differently each time';

alter table venues
  add column name_key text generated always as (plain_text_key(name)) stored,
  add column address_key text generated always as (plain_text_key(address)) stored;

create index venues_owner on venues (owner_person_id) where owner_person_id is not null;
create index venues_applied_by_person on venues (applied_by_person) where applied_by_person is not null;
create index venues_credit_code on venues (credit_code_index) where credit_code_index is not null;
create index venues_name_key on venues (name_key);
create index venues_address_key on venues (address_key);
create index venues_clear_licences on venues (venue_id) where credit_code is not null;

-- Who helps the owner: sees codes, figures and alarms, changes nothing.
create table venue_staff (
  staff_id uuid primary key default gen_random_uuid(),
  venue_id integer not null references venues,
  person_id bigint not null references persons,
  added_at timestamptz not null,
  unique (venue_id, person_id)
);
comment on table venue_staff is 'Citizens who help the owner of a shop from their own phones';
create index venue_staff_person on venue_staff (person_id);

-- A shop is offered to a telephone number; whose it is, or whether anybody's, is not told to whoever offers.
create table venue_offers (
  offer_id uuid primary key,
  venue_id integer not null references venues,
  kind text not null check (kind in ('transfer', 'staff')),
  phone_encrypted bytea not null,
  phone_index bytea not null,
  offered_by_person bigint references persons,
  offered_by bigint references operators,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'withdrawn')),
  answered_at timestamptz,
  check (num_nonnulls(offered_by_person, offered_by) = 1),
  check ((state = 'open') = (answered_at is null))
);
comment on table venue_offers is 'A shop handed over, or help in it, offered to a telephone number until somebody answers';
create unique index venue_offers_transfer on venue_offers (venue_id) where kind = 'transfer' and state = 'open';
create unique index venue_offers_staff on venue_offers (venue_id, phone_index) where kind = 'staff' and state = 'open';
create index venue_offers_phone on venue_offers (phone_index) where state = 'open';
create index venue_offers_age on venue_offers (offered_at);

grant select, insert, update, delete on venue_staff, venue_offers to jkb_app;

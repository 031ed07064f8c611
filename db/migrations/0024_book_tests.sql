-- Booking of tests: days of a site that differ from its week, and who comes in which slot.

create table test_site_days (
  site_id integer not null references test_sites,
  on_date date not null,
  closed boolean not null,
  -- [{opens, closes}] of this day; null where its hours are those of the week
  hours jsonb,
  slot_capacity smallint check (slot_capacity between 1 and 2000),
  reason text not null check (length(reason) between 1 and 100),
  set_by bigint not null references operators,
  set_at timestamptz not null,
  primary key (site_id, on_date),
  check (not closed or num_nonnulls(hours, slot_capacity) = 0),
  check (closed or num_nonnulls(hours, slot_capacity) > 0)
);
comment on table test_site_days is 'Days on which a testing site is closed, or open otherwise than in its week';

create table test_bookings (
  booking_id bigint generated always as identity primary key,
  site_id integer not null references test_sites,
  person_id bigint not null,
  -- Who booked, and is told
  account_id bigint not null references accounts,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Asia/Shanghai
  booked_for date not null,
  -- Whoever has not been swabbed by then has not come
  held_until timestamptz not null check (held_until > starts_at),
  -- Place in the slot, 1 to its capacity; null once somebody else may have it
  place smallint check (place between 1 and 2000),
  state text not null default 'booked' check (state in ('booked', 'kept', 'missed', 'cancelled', 'called_off')),
  booked_at timestamptz not null,
  ended_at timestamptz,
  reminded_at timestamptz,
  request_id uuid not null,
  unique (request_id, person_id),
  check (state not in ('booked') or place is not null),
  check (state not in ('missed', 'cancelled', 'called_off') or place is null),
  check ((state = 'booked') = (ended_at is null))
);
create unique index test_bookings_place on test_bookings (site_id, starts_at, place);
create unique index test_bookings_day on test_bookings (person_id, booked_for) where state = 'booked';
create index test_bookings_person on test_bookings (person_id, starts_at desc);
create index test_bookings_open on test_bookings (held_until) where state = 'booked';
create index test_bookings_starts on test_bookings (starts_at);
comment on table test_bookings is 'Who comes to a testing site in which slot; nobody twice on a day, no slot above its capacity';

grant select, insert, delete on test_site_days, test_bookings to jkb_app;
grant update (closed, hours, slot_capacity, reason, set_by, set_at) on test_site_days to jkb_app;
grant update (site_id, starts_at, ends_at, booked_for, held_until, place, state, ended_at, reminded_at) on test_bookings to jkb_app;
grant usage on sequence test_bookings_booking_id_seq to jkb_app;

-- Venues with their points and posted codes, the phones of checkpoints, and the codes of people.

-- Colours: none 0, green 1, yellow 2, red 3. Decisions: admit 1, deny 2, review 3 (packages/domain decision/coding).
create table admission_policies (
  kind text primary key,
  on_green smallint not null check (on_green in (1, 3)),
  on_yellow smallint not null check (on_yellow in (2, 3)),
  on_red smallint not null check (on_red in (2, 3)),
  on_none smallint not null check (on_none = 3),
  test_max_age_hours smallint check (test_max_age_hours in (24, 48, 72)),
  requires_entry_registration boolean not null,
  max_evaluation_age_hours integer not null check (max_evaluation_age_hours > 0),
  asks_position boolean not null default false
);
comment on table admission_policies is 'What each venue kind asks of a visitor; resolved along the kind tree, one row per kind';
comment on column admission_policies.asks_position is 'Whether the phone is asked where it is, so that a door scanned from far away is noticed';

create table venues (
  venue_id integer generated always as identity primary key,
  name text not null,
  kind text not null references admission_policies,
  division_code text not null references divisions,
  address text not null,
  credit_code text,
  responsible_name_encrypted bytea not null,
  responsible_phone_encrypted bytea not null,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  state text not null check (state in ('applied', 'rejected', 'active', 'suspended', 'closed')),
  state_reason text,
  pending_change jsonb,
  applied_by bigint not null references operators,
  applied_at timestamptz not null default now(),
  request_id uuid not null unique
);
create index venues_division on venues (division_code, venue_id);
create index venues_waiting on venues (venue_id) where state = 'applied' or pending_change is not null;
comment on table venues is 'Places with posted codes';
comment on column venues.pending_change is 'Requested change of name, kind, division, address or responsible person, in force only once approved; personal fields encrypted, base64';

create table venue_managers (
  venue_id integer not null references venues,
  operator_id bigint not null references operators,
  added_at timestamptz not null default now(),
  primary key (operator_id, venue_id)
);
comment on table venue_managers is 'Operators with the role venue_manager or checker act only on these venues';

create table venue_points (
  point_id integer generated always as identity primary key,
  venue_id integer not null references venues,
  name text not null,
  state text not null default 'active' check (state in ('active', 'closed')),
  created_at timestamptz not null default now(),
  request_id uuid unique
);
create index venue_points_venue on venue_points (venue_id);
comment on table venue_points is 'Entrance, floor or vehicle of a venue; each has one posted code at a time';

create table venue_codes (
  code_id text primary key check (code_id ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
  point_id integer not null references venue_points,
  issued_at timestamptz not null default now(),
  retired_at timestamptz,
  retired_reason text,
  request_id uuid unique
);
create unique index venue_codes_posted on venue_codes (point_id) where retired_at is null;
comment on table venue_codes is 'Random part of every venue code ever posted; retired ones stay so that an old poster can say why';

create table devices (
  device_id uuid primary key,
  point_id integer not null references venue_points,
  name text not null,
  registered_by bigint not null references operators,
  registered_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by bigint references operators,
  revoked_reason text check (char_length(revoked_reason) between 2 and 300),
  constraint devices_revoked_check check (revoked_at is not null or (revoked_by is null and revoked_reason is null))
);
create index devices_latest on devices (registered_at desc, device_id desc);
comment on table devices is 'Checkpoint devices, each bound to one point';
comment on column devices.revoked_by is 'The operator who ended it; null where the phone itself did';

-- A phone ends with whoever made it, with its point and with its venue. Every process believes a phone for half a minute;
-- what ends one tells all of them. A trigger and not the code of each feature does so: a phone must not outlive what was
-- ended by a list, a command or by hand.
create function tell_checkers_changed() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_notify('checkers_changed', '');
  return null;
end $$;
comment on function tell_checkers_changed is 'Tells the processes to ask again who may check where';

create trigger devices_revoked after update of revoked_at on devices
  for each row when (old.revoked_at is distinct from new.revoked_at) execute function tell_checkers_changed();
create trigger operators_ended after update of active, roles, division_code on operators
  for each row when (old.active is distinct from new.active or old.roles is distinct from new.roles
    or old.division_code is distinct from new.division_code)
  execute function tell_checkers_changed();
create trigger venues_ended after update of state, division_code on venues
  for each row when (old.state = 'active' and (new.state <> 'active' or old.division_code <> new.division_code))
  execute function tell_checkers_changed();
create trigger venue_points_closed after update of state on venue_points
  for each row when (old.state = 'active' and new.state <> 'active') execute function tell_checkers_changed();
create trigger venue_managers_removed after delete on venue_managers
  for each statement execute function tell_checkers_changed();

create table person_codes (
  code_id bytea primary key check (octet_length(code_id) = 10),
  person_id bigint not null references persons,
  kind text not null check (kind in ('live', 'paper')),
  issued_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_reason text check (revoked_reason in ('reported_lost', 'replaced', 'person_removed')),
  request_id uuid,
  unique (person_id, request_id),
  check ((revoked_at is null) = (revoked_reason is null))
);
create unique index person_codes_in_force on person_codes (person_id, kind) where revoked_at is null;
comment on table person_codes is 'Random ids inside personal and paper codes; replacing the id revokes the code';

-- Lost in a crash by design: a numeric code lives one minute and the phone fetches the next one.
create unlogged table numeric_codes (
  digits integer primary key check (digits between 0 and 99999999),
  person_id bigint not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table numeric_codes is 'Eight digits that stand for a live personal code, single use';

grant select, insert, update on venues, venue_points, venue_codes, person_codes to jkb_app;
grant select, insert, update, delete on admission_policies, venue_managers, devices, numeric_codes to jkb_app;
grant select on admission_policies, venues, venue_points, venue_codes to jkb_readonly;
grant usage on sequence venue_points_point_id_seq, venues_venue_id_seq to jkb_app;

-- Reference data: small tables, read by everything, replicated to every node of a cluster.

create table divisions (
  code text primary key check (code ~ '^[0-9]{6}([0-9]{3}|[0-9]{6})?$'),
  parent_code text references divisions,
  name text not null,
  name_en text not null,
  level text not null check (level in ('city', 'district', 'street', 'community'))
);
comment on table divisions is 'Administrative divisions (GB/T 2260, GB/T 10114) of the city; scope of operators and venues';

create table rulesets (
  ruleset_id text primary key,
  document jsonb not null,
  effective_from timestamptz not null,
  published_at timestamptz not null default now(),
  published_by text not null
);
comment on table rulesets is 'Versioned rules that turn findings into colours; the one in force is the latest effective_from not in the future';

-- Colours: none 0, green 1, yellow 2, red 3. Decisions: admit 1, deny 2, review 3 (packages/domain decision/coding).
create table admission_policies (
  kind text primary key,
  on_green smallint not null check (on_green in (1, 3)),
  on_yellow smallint not null check (on_yellow in (2, 3)),
  on_red smallint not null check (on_red in (2, 3)),
  on_none smallint not null check (on_none = 3),
  test_max_age_hours smallint check (test_max_age_hours in (24, 48, 72)),
  requires_entry_registration boolean not null,
  max_evaluation_age_hours integer not null check (max_evaluation_age_hours > 0)
);
comment on table admission_policies is 'What each venue kind asks of a visitor; resolved along the kind tree, one row per kind';

create table operators (
  operator_id bigint generated always as identity primary key,
  username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{0,38}[a-z0-9]$'),
  display_name text not null,
  organisation text not null,
  roles text[] not null check (cardinality(roles) > 0 and roles <@ array['hq','office','epidemiologist','hotline','auditor','sysadmin','venue_manager','checker','sampler','lab']),
  division_code text not null references divisions,
  password_hash text not null,
  totp_secret_encrypted bytea not null,
  -- Last accepted time step: a one-time password is good once (RFC 6238, 5.2).
  totp_last_step bigint not null default 0,
  must_change_password boolean not null default true,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  last_sign_in_at timestamptz,
  request_id uuid unique,
  -- Who changes colours does not administer users; who administers users reads no persons.
  check (not (roles && array['sysadmin'] and cardinality(roles) > 1)),
  check (not (roles && array['auditor'] and cardinality(roles) > 1))
);
comment on table operators is 'People who work in the console';

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
  revoked_at timestamptz
);
comment on table devices is 'Checkpoint devices, each bound to one point';

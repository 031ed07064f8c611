-- The city, its divisions and the people who work in the console.
--
-- Roles: jkb_migrator owns everything. jkb_app runs the server and owns nothing. jkb_readonly reads what holds no
-- secrets. There are no default privileges: every migration grants what it adds, at its end.

revoke create on schema public from public;
grant usage on schema public to jkb_app, jkb_readonly;

create table divisions (
  code text primary key check (code ~ '^[0-9]{6}([0-9]{3}|[0-9]{6})?$'),
  parent_code text references divisions,
  name text not null,
  name_en text not null,
  level text not null check (level in ('city', 'district', 'street', 'community'))
);
comment on table divisions is 'Administrative divisions (GB/T 2260, GB/T 10114) of the city; scope of operators and venues';

-- A demonstration, whose passwords everybody knows, or a real city. Written by the owner: `jkb city create` and the seed.
create table city (
  only_one boolean primary key default true check (only_one),
  kind text not null check (kind in ('demonstration', 'real')),
  division_code text not null references divisions,
  name_zh text not null,
  name_en text not null,
  hotline text not null,
  created_at timestamptz not null default now()
);
comment on table city is 'The one city of this database; a demonstration never becomes a real one, nor the other way round';

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

create table operator_sessions (
  session_hash bytea primary key,
  operator_id bigint not null references operators,
  csrf_token text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  address text not null
);
create index operator_sessions_operator on operator_sessions (operator_id);
comment on table operator_sessions is 'Cookie sessions of the console; the cookie value is kept as a hash';

create table operator_activations (
  activation_id bigint generated always as identity primary key,
  operator_id bigint not null references operators,
  -- SHA-256 of the code, which has 125 random bits and is shown once.
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  -- The second factor that is offered with it: the same one however often the page is opened.
  totp_secret_encrypted bytea not null,
  made_at timestamptz not null,
  -- Null: by the command line.
  made_by bigint references operators,
  expires_at timestamptz not null check (expires_at > made_at),
  used_at timestamptz,
  withdrawn_at timestamptz,
  check (used_at is null or withdrawn_at is null)
);
create unique index operator_activations_open on operator_activations (operator_id) where used_at is null and withdrawn_at is null;
comment on table operator_activations is 'One-time codes by which an operator sets their own password and second factor; only the hash of the code is kept';

grant select on schema_migrations to jkb_app;
grant select on divisions, city to jkb_app;
grant select, insert on operator_activations to jkb_app;
grant select, insert, update on operators to jkb_app;
grant select, insert, update, delete on operator_sessions to jkb_app;
grant update (used_at, withdrawn_at) on operator_activations to jkb_app;
grant select on divisions, city to jkb_readonly;
grant usage on sequence operators_operator_id_seq to jkb_app;

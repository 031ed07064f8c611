-- What kind of city this database is: a demonstration, whose passwords everybody knows, or a real one. And the one-time
-- codes by which operators set their own password and second factor.

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
-- Written by the owner: jkb city create and the seed.
grant select on city to jkb_app, jkb_readonly;

-- Demonstrations of before are known by the name of their invented division.
insert into city (kind, division_code, name_zh, name_en, hotline)
select 'demonstration', code, '徐州', 'Xuzhou', '12345' from divisions where code = '320300' and name = '徐州市（虚构示例）';

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
grant select, insert, update (used_at, withdrawn_at) on operator_activations to jkb_app;

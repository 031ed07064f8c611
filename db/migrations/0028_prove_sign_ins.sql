-- A sign-in with an SMS code on a new device shows nothing of the person until a second proof. Sessions of before stay as they
-- are; their devices prove themselves at the next sign-in.

alter table sessions
  add column proved_at timestamptz,
  add column device_hash bytea;
update sessions set proved_at = created_at;
comment on column sessions.proved_at is 'Since when it is known that the person of the account, or nobody yet, holds this device; null shows nothing personal';
comment on column sessions.device_hash is 'SHA-256 of the secret that the device keeps';

create table known_devices (
  account_id bigint not null references accounts,
  device_hash bytea not null,
  person_id bigint not null references persons,
  device_name text not null,
  known_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  primary key (account_id, device_hash)
);
create index known_devices_age on known_devices (last_used_at);
comment on table known_devices is 'Devices on which the person of an account has proved to be it: they sign in again with an SMS code alone. The secret is kept as a hash';
grant select, insert, update, delete on known_devices to jkb_app;

create table sign_in_proofs (
  proof_id uuid primary key,
  session_id uuid not null unique references sessions on delete cascade,
  account_id bigint not null references accounts,
  proof_code text not null unique check (proof_code ~ '^[0-9]{8}$'),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  asked_devices_at timestamptz,
  proposed_by bigint references operators (operator_id),
  proposed_at timestamptz,
  reason text,
  request_id uuid unique,
  state text not null default 'open' check (state in ('open', 'proved', 'refused')),
  means text check (means in ('face', 'device', 'office', 'hotline')),
  decided_at timestamptz,
  decided_by bigint references operators (operator_id),
  check ((state = 'open') = (decided_at is null)),
  check ((proposed_by is null) = (proposed_at is null)),
  check (means is distinct from 'hotline' or decided_by is distinct from proposed_by)
);
create index sign_in_proofs_account on sign_in_proofs (account_id) where state = 'open';
create index sign_in_proofs_proposed on sign_in_proofs (proposed_at) where state = 'open' and proposed_at is not null;
comment on table sign_in_proofs is 'The second proof of a sign-in on a new device: by face, by a device of the account, by an office, or by the hotline and a second person. Goes with its session';
grant select, insert, update, delete on sign_in_proofs to jkb_app;

-- A database knows which keys its data was made with, so that a server with others refuses instead of making a second
-- person of one human. Only fingerprints: SHA-256 of a random key, or of a public one.

create table key_fingerprints (
  kind text not null check (kind in ('data', 'blind_index', 'venue_code', 'token_secret', 'signing', 'audit')),
  key_id integer not null check (key_id between 0 and 65535),
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  -- Null: from the beginning. A machine that lacks a key may serve until then.
  used_from timestamptz,
  known_at timestamptz not null default now(),
  primary key (kind, key_id)
);
comment on table key_fingerprints is 'Fingerprints of the keys that this database belongs to; a server whose keys are others does not start';
-- Never changed: another key under a known number is another city's.
grant select, insert on key_fingerprints to jkb_app;
grant select on key_fingerprints to jkb_readonly;

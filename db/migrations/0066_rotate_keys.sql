-- Keys are exchanged while everything runs: published, held by every process, taken up, old values written anew, the old one retired.
-- older programs go on: what is added stands beside what they read, and a published key is of no use to them yet.

alter table key_fingerprints add column retired_at timestamptz;
comment on column key_fingerprints.used_from is 'From when on it is used; infinity while it is published and not every process is known to hold it';
comment on column key_fingerprints.retired_at is 'What it encrypted or signed is not read any more';
grant update (used_from, retired_at) on key_fingerprints to jkb_app;

create table key_holders (
  process_id uuid primary key,
  server_id uuid not null,
  -- As `data 2`
  held text[] not null,
  writes_with text[] not null,
  seen_at timestamptz not null
);
comment on table key_holders is 'Which keys each running process has, told every few seconds';
grant select, insert, update, delete on key_holders to jkb_app;

create table key_rotations (
  rotation_id bigint generated always as identity primary key,
  kind text not null check (kind in ('data', 'token_secret')),
  key_id integer not null,
  -- Somebody else may have the key before: it is over as soon as the new one is used
  is_leaked boolean not null default false,
  begun_at timestamptz not null,
  -- Every process holds the key: from here on it is used
  taken_up_at timestamptz,
  advanced_at timestamptz not null,
  -- How often all tables were gone over; the last time finds nothing
  rounds integer not null default 0,
  found integer not null default 0,
  ended_at timestamptz
);
comment on table key_rotations is 'Exchanges of a key, under way and done';
create unique index key_rotations_running on key_rotations (kind) where ended_at is null;
grant select, insert, update on key_rotations to jkb_app;

create table key_rotation_tables (
  rotation_id bigint not null references key_rotations,
  table_name text not null,
  rows_total bigint not null,
  rows_done bigint not null default 0,
  -- Primary key of the last row that was looked at in this round
  position text[],
  is_through boolean not null default false,
  primary key (rotation_id, table_name)
);
comment on table key_rotation_tables is 'How far an exchange of the data key is in each table';
grant select, insert, update on key_rotation_tables to jkb_app;

create table key_rotation_left (
  rotation_id bigint not null references key_rotations,
  field text not null,
  row_key text not null,
  why text not null check (why in ('unreadable', 'altered', 'by_hand')),
  found_at timestamptz not null,
  primary key (rotation_id, field, row_key)
);
comment on table key_rotation_left is 'Values that an exchange left as they are, because they are not known to be those that were written for their row';
grant select, insert, delete on key_rotation_left to jkb_app;

-- Ciphertexts of rows that are otherwise only added: written anew, they say the same.
grant update (content_encrypted) on appeal_pictures to jkb_app;
grant update (note_encrypted) on appeal_steps to jkb_app;
grant update (note_encrypted) on case_changes to jkb_app;
grant update (document_encrypted, name_encrypted) on case_paper_people to jkb_app;
grant update (content_encrypted) on declaration_versions to jkb_app;
grant update (note_encrypted) on entry_follow_ups to jkb_app;
grant update (note_encrypted) on follow_up_events to jkb_app;
grant update (totp_secret_encrypted) on operator_activations to jkb_app;
grant update (text_encrypted) on ticket_entries to jkb_app;
grant update (content_encrypted) on ticket_pictures to jkb_app;

-- Who did what (the audit log), who looked whom up, and what an account was told.

create table audit_entries (
  audit_id bigint generated always as identity primary key,
  occurred_at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('operator', 'citizen', 'device', 'partner', 'system', 'command')),
  actor_id text,
  action text not null,
  object_kind text not null,
  object_id text,
  purpose text,
  details jsonb not null default '{}',
  request_id text
);
create index audit_entries_object on audit_entries (object_kind, object_id, audit_id desc);
create index audit_entries_actor on audit_entries (actor_kind, actor_id, audit_id desc);
create index audit_entries_time on audit_entries (occurred_at);
create index audit_entries_person on audit_entries ((details ->> 'personId'), audit_id desc) where details ? 'personId';
create index audit_entries_persons on audit_entries using gin ((details -> 'persons')) where details ? 'persons';
comment on table audit_entries is 'Who did what and why, written in the transaction of the act; ids only, no names; append only';

-- The log is sealed: a hash chain over batches of entries, each signed (docs/adr/0012). A transaction takes its id of an
-- entry (nextval) before it has a transaction id. The sealer reads the sequence, then takes a transaction id itself and
-- waits for every older one; so whoever holds an entry's id must have had theirs before.
create function take_transaction_id() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_current_xact_id();
  return null;
end $$;
comment on function take_transaction_id is 'Gives the transaction its id before any row of the statement takes an identity value';
create trigger audit_entries_transaction_id before insert on audit_entries
  for each statement execute function take_transaction_id();

create table audit_seals (
  sequence bigint primary key check (sequence > 0),
  -- Seals tile the ids: from_id is the to_id before plus one, also where ids were never used.
  from_id bigint not null unique check (from_id > 0),
  to_id bigint not null unique,
  entry_count integer not null check (entry_count > 0),
  entries_hash bytea not null check (octet_length(entries_hash) = 32),
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  sealed_at timestamptz(3) not null,
  key_id integer not null,
  signature bytea not null check (octet_length(signature) = 64),
  check (to_id >= from_id)
);
comment on table audit_seals is 'Signed hash chain over batches of audit entries; kept for ever, also when the entries are purged';

create table audit_seal_leaves (
  sequence bigint primary key references audit_seals,
  leaves bytea not null
);
comment on table audit_seal_leaves is 'Per entry of a seal: id (8 bytes, big endian) and SHA-256; says which entry was altered, proves nothing by itself';

create table audit_verifications (
  verification_id uuid primary key,
  requested_by bigint not null references operators,
  requested_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'passed', 'failed', 'broken')),
  seals_total bigint not null default 0,
  seals_done bigint not null default 0,
  entries_done bigint not null default 0,
  beat_at timestamptz,
  finished_at timestamptz,
  problem_count integer not null default 0,
  problems jsonb not null default '[]',
  check ((finished_at is not null) = (state in ('passed', 'failed', 'broken')))
);
create index audit_verifications_requested on audit_verifications (requested_at desc);
create unique index audit_verifications_open on audit_verifications ((true)) where state in ('waiting', 'running');
comment on table audit_verifications is 'Verifications of the chain asked for in the console, with their progress; one at a time';

-- At most max_seals whole seals whose entries all happened before the given time. The seals stay.
create function purge_sealed_audit_entries(before_time timestamptz, max_seals integer)
returns table (first_sequence bigint, last_sequence bigint, last_id bigint, removed bigint)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  seal record;
begin
  if before_time > now() - interval '365 days' then
    raise exception 'purging audit entries of the last year refused' using errcode = '22023';
  end if;
  perform pg_advisory_xact_lock(hashtext('jiankangbao audit seals'));
  removed := 0;
  for seal in
    select s.sequence, s.from_id, s.to_id from public.audit_seals s
    where s.sequence >= (select min(l.sequence) from public.audit_seal_leaves l)
    order by s.sequence limit max_seals
  loop
    exit when exists (
      select from public.audit_entries e
      where e.audit_id between seal.from_id and seal.to_id and e.occurred_at >= before_time);
    with gone as (
      delete from public.audit_entries e where e.audit_id between seal.from_id and seal.to_id returning 1)
    select removed + count(*) into removed from gone;
    delete from public.audit_seal_leaves l where l.sequence = seal.sequence;
    first_sequence := coalesce(first_sequence, seal.sequence);
    last_sequence := seal.sequence;
    last_id := seal.to_id;
  end loop;
  if last_sequence is not null then
    return next;
  end if;
end $$;
comment on function purge_sealed_audit_entries is 'Deletes the entries of the oldest seals, whole seals only, never of the last year; no row when there is nothing to delete';

-- Without foreign keys: a look-up is written from rows that the same statement has read, and checking its four keys once
-- more took half the time of a check.
create table lookups (
  lookup_id bigint generated always as identity primary key,
  person_id bigint not null,
  looked_up_at timestamptz not null default now(),
  means text not null check (means in ('personal_code', 'numeric_code', 'paper_code', 'document', 'console_search', 'console_view', 'unmasking')),
  purpose text not null,
  operator_id bigint,
  device_id uuid,
  organisation text not null,
  point_id integer
);
create index lookups_person on lookups (person_id, lookup_id desc);
comment on table lookups is 'Who looked a person up, when and why; shown to that person';

create table notices (
  notice_id uuid primary key,
  account_id bigint not null references accounts,
  kind text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  read_at timestamptz
);
create index notices_account on notices (account_id, created_at desc, notice_id desc);
create index notices_unread on notices (account_id) where read_at is null;
comment on table notices is 'Messages to an account, worded by the client from the kind';

-- Citizens may ask for a text message when a colour of theirs changes. A row is the wish; the same row says when the next
-- text is due, so that a change is written with one update and an account never has two texts waiting.
create table colour_texts (
  account_id bigint primary key references accounts,
  asked_at timestamptz not null,
  -- The latest change to tell of.
  changed_at timestamptz,
  -- When to send, or try again; null while there is nothing to tell.
  due_at timestamptz,
  -- Of the text that is due: tries carry the same, so that the provider sends it once.
  message_id uuid,
  tries smallint not null default 0,
  sent_at timestamptz,
  check (due_at is null or (changed_at is not null and message_id is not null))
);
create index colour_texts_due on colour_texts (due_at) where due_at is not null;
comment on table colour_texts is 'Accounts that want a text message when a colour they hold changes, and when the next one is due';

revoke execute on function take_transaction_id, purge_sealed_audit_entries from public;
grant execute on function purge_sealed_audit_entries to jkb_app;
-- The server can neither change nor delete an entry, and it states neither the id nor the time of one.
grant select on audit_entries to jkb_app;
grant select, insert on audit_seals, audit_seal_leaves, lookups to jkb_app;
grant select, insert, update on audit_verifications to jkb_app;
grant select, insert, update, delete on notices, colour_texts to jkb_app;
grant insert (actor_kind, actor_id, action, object_kind, object_id, purpose, details, request_id) on audit_entries to jkb_app;
grant select on audit_entries, audit_seals, audit_seal_leaves, audit_verifications to jkb_readonly;
grant select, usage on sequence audit_entries_audit_id_seq to jkb_app;
grant usage on sequence lookups_lookup_id_seq to jkb_app;

-- What keeps the service itself right: limits, jobs, keys, and which history this database is.

-- Fixed windows shared by all processes; an unclean shutdown forgets counts of at most one window.
create unlogged table rate_counters (
  key text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key, window_start)
);
comment on table rate_counters is 'Counts per key and window for everything that can be guessed or spammed';

create table job_runs (
  job text primary key check (length(job) between 1 and 60),
  watched_since timestamptz not null,
  succeeded_at timestamptz,
  failed_at timestamptz,
  failures bigint not null default 0 check (failures >= 0),
  -- SQLSTATE or name of the error: never its words, which may hold values
  error_code text check (length(error_code) <= 60)
);
comment on table job_runs is 'When each job last succeeded and failed, over all processes; the alerts read it';

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

-- Tokens, and whatever else lives outside the database, name ids. After an older backup is restored those ids would be
-- handed out again, and a live token would open somebody else's account. So the database has an epoch that tokens carry,
-- every server leaves a mark that only grows, and a database that lacks what a server has seen is not served.
-- docs/adr/0038 says what tells a promoted standby from a restored backup.

create table database_state (
  only_row boolean primary key default true check (only_row),
  database_id uuid not null default gen_random_uuid(),
  -- of citizens' access tokens; another one after a promotion and after a restore
  epoch uuid not null default gen_random_uuid(),
  renewals integer not null default 0,
  -- of device tokens; another one after a restore only
  restore_epoch uuid not null default gen_random_uuid(),
  restore_number bigint not null default 0,
  -- system identifier and timeline of the server that last wrote
  lineage text,
  -- nobody served in between, so no token was issued by this history
  gap_from timestamptz,
  gap_to timestamptz,
  suspended_at timestamptz,
  suspended_why text check (suspended_why in ('older', 'other')),
  check ((suspended_at is null) = (suspended_why is null)),
  check ((gap_from is null) = (gap_to is null))
);
insert into database_state default values;
comment on table database_state is 'Which history this database is: epochs of the tokens, lineage of the server, whether it waits for `jkb restore accept`';

create table database_witnesses (
  server_id uuid primary key,
  mark bigint not null check (mark > 0),
  marked_at timestamptz not null
);
comment on table database_witnesses is 'Each data directory raises its own mark every few seconds and remembers it outside: one that is lower than remembered is an older database';

create function database_lineage() returns text
language plpgsql stable set search_path = pg_catalog, public as $$
begin
  return (select system_identifier from pg_control_system())::text || ':' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
exception when insufficient_privilege or feature_not_supported or object_not_in_prerequisite_state then
  -- A service that hides it: then only the marks tell.
  return null;
end $$;
comment on function database_lineage is 'System identifier and timeline: the first changes with the cluster, the second with each promotion';

-- So many ids at least are left out: more than can have been handed out in what was lost. After a restore that may be
-- days, so ids then begin at 10^9 for every minute since 2020: nobody hands out a thousand million in a minute.
create function advance_sequences(after_restore boolean) returns void
language plpgsql set search_path = pg_catalog, public as $$
declare
  one record;
  minutes bigint := floor(extract(epoch from clock_timestamp() - timestamptz '2020-01-01 00:00:00+00') / 60);
  target bigint;
begin
  for one in
    select format('%I.%I', schemaname, sequencename) as name, coalesce(last_value, 0) as last, max_value,
      max_value > 2147483647 as is_big
    from pg_sequences where schemaname = 'public'
  loop
    target := one.last + case when one.is_big then 10000000 else 1000000 end;
    if after_restore then
      target := greatest(target, minutes * case when one.is_big then 1000000000 else 100 end);
    end if;
    perform setval(one.name, least(target, one.max_value));
  end loop;
end $$;
comment on function advance_sequences is 'Leaves out the ids that a lost history may have handed out';

create function attend_database(
  server uuid, seen_database uuid, seen_restore bigint, seen_mark bigint, seen_at timestamptz, seen_lineage text,
  starting boolean, loss_seconds integer
) returns table (
  database_id uuid, epoch uuid, renewals integer, restore_epoch uuid, restore_number bigint, lineage text,
  mark bigint, marked_at timestamptz, suspended_why text, gap_from timestamptz, gap_to timestamptz
)
language plpgsql security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
declare
  state public.database_state;
  mine public.database_witnesses;
  line text := database_lineage();
  last_mark timestamptz;
  is_promoted boolean;
  why text;
begin
  select s.* into state from public.database_state s for update;
  select w.* into mine from public.database_witnesses w where w.server_id = server;
  last_mark := (select max(w.marked_at) from public.database_witnesses w);
  -- A restore that was accepted after what this server has seen is known to it from here on.
  if state.suspended_why is null and seen_database is not null and seen_restore >= state.restore_number then
    is_promoted := split_part(line, ':', 1) = split_part(seen_lineage, ':', 1) and line > seen_lineage;
    if seen_database <> state.database_id then
      why := 'other';
    elsif seen_restore > state.restore_number then
      why := 'older';
    elsif mine.mark is null or mine.mark < seen_mark then
      if not (coalesce(is_promoted, false) and mine.marked_at is not null
          and seen_at - mine.marked_at <= make_interval(secs => loss_seconds)) then
        why := 'older';
      end if;
    end if;
  end if;
  if why is not null then
    update public.database_state set suspended_at = clock_timestamp(), suspended_why = why returning * into state;
    insert into public.audit_entries (actor_kind, action, object_kind, details)
    values ('system', 'database.restore_noticed', 'database', jsonb_build_object('why', why, 'server', server));
  elsif state.suspended_why is null then
    if state.lineage <> line then
      -- The last moments of the former server may be lost, and with them ids that tokens name.
      perform public.advance_sequences(false);
      update public.database_state set epoch = gen_random_uuid(), renewals = renewals + 1 returning * into state;
      insert into public.audit_entries (actor_kind, action, object_kind, details)
      values ('system', 'database.promoted', 'database', jsonb_build_object('from', state.lineage, 'to', line));
    end if;
    if line is not null and state.lineage is distinct from line then
      update public.database_state set lineage = line returning * into state;
    end if;
    if starting and last_mark < clock_timestamp() - interval '8 seconds' then
      -- Two pauses shortly after each other are one: tokens of the first are still alive.
      update public.database_state set gap_to = clock_timestamp(),
        gap_from = case when gap_to > last_mark - interval '15 minutes' then least(gap_from, last_mark) else last_mark end
      returning * into state;
    end if;
    insert into public.database_witnesses as w (server_id, mark, marked_at) values (server, 1, clock_timestamp())
    on conflict (server_id) do update set mark = w.mark + 1, marked_at = clock_timestamp()
    returning * into mine;
  end if;
  return query select state.database_id, state.epoch, state.renewals, state.restore_epoch, state.restore_number, line,
    mine.mark, mine.marked_at, state.suspended_why, state.gap_from, state.gap_to;
end $$;
comment on function attend_database is 'A server says what it has seen, raises its mark and hears which history this is; a database that lacks what was seen is suspended';

create function accept_restored_database(why text, seen_restore bigint) returns bigint
language plpgsql set search_path = pg_catalog, public as $$
declare
  number bigint;
begin
  update public.database_state set suspended_at = null, suspended_why = null, epoch = gen_random_uuid(), renewals = renewals + 1,
    restore_epoch = gen_random_uuid(), lineage = database_lineage(), gap_from = null, gap_to = null,
    -- Above every number of a history that is lost, also where nobody remembers it.
    restore_number = greatest(restore_number + 1, seen_restore + 1,
      floor(extract(epoch from clock_timestamp() - timestamptz '2020-01-01 00:00:00+00') / 60)::bigint)
  returning restore_number into number;
  delete from public.database_witnesses;
  perform public.advance_sequences(true);
  -- What was signed out, revoked or used up after the backup would be good again.
  update public.sessions set revoked_at = clock_timestamp(), revoked_reason = 'restored' where revoked_at is null;
  delete from public.operator_sessions;
  delete from public.sms_challenges;
  delete from public.face_checks;
  delete from public.numeric_codes;
  insert into public.audit_entries (actor_kind, action, object_kind, purpose, details)
  values ('command', 'database.restore_accepted', 'database', why, jsonb_build_object('number', number));
  return number;
end $$;
comment on function accept_restored_database is 'Makes a restored database one to be served: ids of the lost history are left out, and every token and session of it is over';

revoke execute on function database_lineage, advance_sequences, attend_database, accept_restored_database from public;
grant execute on function attend_database to jkb_app;
-- Fingerprints are never changed: another key under a known number is another city's.
grant select on database_state, database_witnesses to jkb_app;
grant select, insert on key_fingerprints to jkb_app;
grant select, insert, update on job_runs to jkb_app;
grant select, insert, update, delete on rate_counters to jkb_app;
grant select on job_runs, key_fingerprints, database_state, database_witnesses to jkb_readonly;

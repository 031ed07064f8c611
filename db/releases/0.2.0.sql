-- PostgreSQL database dump
-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.accept_restored_database(why text, seen_restore bigint) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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
ALTER FUNCTION public.accept_restored_database(why text, seen_restore bigint) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.accept_restored_database(why text, seen_restore bigint) IS 'Makes a restored database one to be served: ids of the lost history are left out, and every token and session of it is over';
CREATE FUNCTION public.advance_sequences(after_restore boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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
ALTER FUNCTION public.advance_sequences(after_restore boolean) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.advance_sequences(after_restore boolean) IS 'Leaves out the ids that a lost history may have handed out';
CREATE FUNCTION public.attend_database(server uuid, seen_database uuid, seen_restore bigint, seen_mark bigint, seen_at timestamp with time zone, seen_lineage text, starting boolean, loss_seconds integer) RETURNS TABLE(database_id uuid, epoch uuid, renewals integer, restore_epoch uuid, restore_number bigint, lineage text, mark bigint, marked_at timestamp with time zone, suspended_why text, gap_from timestamp with time zone, gap_to timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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
ALTER FUNCTION public.attend_database(server uuid, seen_database uuid, seen_restore bigint, seen_mark bigint, seen_at timestamp with time zone, seen_lineage text, starting boolean, loss_seconds integer) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.attend_database(server uuid, seen_database uuid, seen_restore bigint, seen_mark bigint, seen_at timestamp with time zone, seen_lineage text, starting boolean, loss_seconds integer) IS 'A server says what it has seen, raises its mark and hears which history this is; a database that lacks what was seen is suspended';
CREATE FUNCTION public.copy_stale_identity() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
begin
  update public.persons set identity_stale = (new.state = 'identity_stale') where person_id = new.person_id;
  return null;
end $$;
ALTER FUNCTION public.copy_stale_identity() OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.copy_stale_identity() IS 'Keeps persons.identity_stale as provincial_codes.state says';
CREATE FUNCTION public.database_lineage() RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public'
    AS $$
begin
  return (select system_identifier from pg_control_system())::text || ':' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
exception when insufficient_privilege or feature_not_supported or object_not_in_prerequisite_state then
  -- A service that hides it: then only the marks tell.
  return null;
end $$;
ALTER FUNCTION public.database_lineage() OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.database_lineage() IS 'System identifier and timeline: the first changes with the cluster, the second with each promotion';
CREATE FUNCTION public.day_partitions() RETURNS TABLE(parent text, partition regclass, from_day date, until_day date, takes_rest boolean)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public'
    SET "DateStyle" TO 'ISO, YMD'
    AS $_$
  -- `substring` gives null for whatever is no day, and null is no day either: the order of evaluation does not matter.
  select p.relname::text, c.oid::regclass,
    coalesce(substring(bound from '^FOR VALUES FROM \(''([0-9]{4,7}-[0-9]{2}-[0-9]{2})''\)')::date, '-infinity'),
    coalesce(substring(bound from ' TO \(''([0-9]{4,7}-[0-9]{2}-[0-9]{2})''\)$')::date, 'infinity'),
    bound = 'DEFAULT'
  from pg_class p
  join pg_inherits i on i.inhparent = p.oid
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
  where p.oid in ('public.visits'::regclass, 'public.checks'::regclass)
$_$;
ALTER FUNCTION public.day_partitions() OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.day_partitions() IS 'The partitions of visits and checks with the days they hold, from_day included, until_day not; takes_rest: the default partition, where there is one';
CREATE FUNCTION public.drop_day_partitions(before_day date) RETURNS text[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $_$
declare
  one record;
  removed bigint;
  dropped text[] := '{}';
begin
  if before_day > current_date - 7 then
    raise exception 'dropping partitions of the last week refused' using errcode = '22023';
  end if;
  for one in
    select d.partition, d.partition::text as name, d.until_day <= before_day and not d.takes_rest as whole,
      case d.parent when 'visits' then 'visited_on' else 'checked_on' end as day_column
    from public.day_partitions() d
    where d.takes_rest or d.from_day < before_day
    order by 2
  loop
    -- One that can not be dropped (another owner, held by a dump) leaves the others to go.
    begin
      if one.whole then
        execute format('drop table %s', one.partition);
        dropped := dropped || one.name;
      else
        execute format('delete from %s where %I < $1', one.partition, one.day_column) using before_day;
        get diagnostics removed = row_count;
        if removed > 0 then
          dropped := dropped || format('%s (%s rows)', one.name, removed);
        end if;
      end if;
    exception when insufficient_privilege or lock_not_available or dependent_objects_still_exist or wrong_object_type then
      raise warning 'partition % stays: %', one.name, sqlerrm;
    end;
  end loop;
  return dropped;
end $_$;
ALTER FUNCTION public.drop_day_partitions(before_day date) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.drop_day_partitions(before_day date) IS 'Drops partitions whose days are all before the given one, and deletes such days from those that hold others too; returns what went';
CREATE FUNCTION public.ensure_day_partitions(from_day date, to_day date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
declare
  parent_name text;
  partition_name text;
  day date;
  made integer := 0;
begin
  if to_day - from_day > 400 or from_day < current_date - 60 or to_day > current_date + 60 then
    raise exception 'partition range % to % refused', from_day, to_day using errcode = '22023';
  end if;
  foreach parent_name in array array['visits', 'checks'] loop
    for day in
      select g::date from generate_series(from_day, to_day, interval '1 day') g
      where not exists (select from public.day_partitions() d
        where d.parent = parent_name and not d.takes_rest and d.from_day <= g::date and g::date < d.until_day)
    loop
      partition_name := parent_name || '_' || to_char(day, 'YYYYMMDD');
      -- Something else has that name, which must not keep the day from getting its place.
      while to_regclass(format('public.%I', partition_name)) is not null loop
        partition_name := partition_name || '_day';
      end loop;
      -- Another process may make it in the same moment; then it is there, which is all that is wanted. Rows of that day in
      -- a default partition have their place already.
      begin
        execute format('create table public.%I partition of public.%I for values from (%L) to (%L)',
          partition_name, parent_name, day, day + 1);
        -- The day is the partition: leaving it out of the key saves 12 bytes of each visit.
        if parent_name = 'visits' then
          execute format('create unique index %I on public.%I (person_id, request_key)', partition_name || '_request', partition_name);
        end if;
        made := made + 1;
      exception when duplicate_table or unique_violation or invalid_object_definition or check_violation then null;
      end;
    end loop;
  end loop;
  return made;
end $$;
ALTER FUNCTION public.ensure_day_partitions(from_day date, to_day date) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.ensure_day_partitions(from_day date, to_day date) IS 'Makes the missing daily partitions of visits and checks in the range, both days included; returns how many';
CREATE FUNCTION public.has_day_partition(of_parent text, day date) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public'
    AS $$
  select exists (select from public.day_partitions() d
    where d.parent = of_parent and (d.takes_rest or (d.from_day <= day and day < d.until_day)))
$$;
ALTER FUNCTION public.has_day_partition(of_parent text, day date) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.has_day_partition(of_parent text, day date) IS 'Whether rows of the day have a place, under whatever name';
CREATE FUNCTION public.oldest_day_before(of_parent text, before_day date) RETURNS date
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $_$
declare
  one record;
  oldest date;
  found_day date;
begin
  for one in
    select d.partition, case d.parent when 'visits' then 'visited_on' else 'checked_on' end as day_column
    from public.day_partitions() d
    where d.parent = of_parent and (d.takes_rest or d.from_day < before_day)
  loop
    execute format('select min(%I) from %s where %I < $1', one.day_column, one.partition, one.day_column)
      into found_day using before_day;
    oldest := least(oldest, found_day);
  end loop;
  return oldest;
end $_$;
ALTER FUNCTION public.oldest_day_before(of_parent text, before_day date) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.oldest_day_before(of_parent text, before_day date) IS 'The oldest day of visits or checks of which there are rows, if it is before the given one; looks only into partitions that may hold such days';
CREATE FUNCTION public.purge_sealed_audit_entries(before_time timestamp with time zone, max_seals integer) RETURNS TABLE(first_sequence bigint, last_sequence bigint, last_id bigint, removed bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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
ALTER FUNCTION public.purge_sealed_audit_entries(before_time timestamp with time zone, max_seals integer) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.purge_sealed_audit_entries(before_time timestamp with time zone, max_seals integer) IS 'Deletes the entries of the oldest seals, whole seals only, never of the last year; no row when there is nothing to delete';
CREATE FUNCTION public.request_key(request_id uuid) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select uuid_hash_extended(request_id, 0) $$;
ALTER FUNCTION public.request_key(request_id uuid) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.request_key(request_id uuid) IS 'A request id in 64 bits; unique among the requests of one person on one day';
CREATE FUNCTION public.take_transaction_id() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
  perform pg_current_xact_id();
  return null;
end $$;
ALTER FUNCTION public.take_transaction_id() OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.take_transaction_id() IS 'Gives the transaction its id before any row of the statement takes an identity value';
CREATE FUNCTION public.tell_checkers_changed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
  perform pg_notify('checkers_changed', '');
  return null;
end $$;
ALTER FUNCTION public.tell_checkers_changed() OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.tell_checkers_changed() IS 'Tells the processes to ask again who may check where';
CREATE FUNCTION public.visit_instant(visited_on date, visited_ms integer) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select (visited_on + visited_ms * interval '1 millisecond') at time zone 'Asia/Shanghai'
$$;
ALTER FUNCTION public.visit_instant(visited_on date, visited_ms integer) OWNER TO jkb_migrator;
COMMENT ON FUNCTION public.visit_instant(visited_on date, visited_ms integer) IS 'The instant of a visit from its day and its milliseconds of that day, Asia/Shanghai';
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.accounts (
    account_id bigint NOT NULL,
    phone_encrypted bytea NOT NULL,
    phone_index bytea NOT NULL,
    person_id bigint,
    consent_version text,
    consented_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT accounts_check CHECK (((person_id IS NULL) = (consent_version IS NULL)))
);
ALTER TABLE public.accounts OWNER TO jkb_migrator;
COMMENT ON TABLE public.accounts IS 'A phone number that signs in; holds at most one person';
ALTER TABLE public.accounts ALTER COLUMN account_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.accounts_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.admission_policies (
    kind text NOT NULL,
    on_green smallint NOT NULL,
    on_yellow smallint NOT NULL,
    on_red smallint NOT NULL,
    on_none smallint NOT NULL,
    test_max_age_hours smallint,
    requires_entry_registration boolean NOT NULL,
    max_evaluation_age_hours integer NOT NULL,
    asks_position boolean DEFAULT false NOT NULL,
    CONSTRAINT admission_policies_max_evaluation_age_hours_check CHECK ((max_evaluation_age_hours > 0)),
    CONSTRAINT admission_policies_on_green_check CHECK ((on_green = ANY (ARRAY[1, 3]))),
    CONSTRAINT admission_policies_on_none_check CHECK ((on_none = 3)),
    CONSTRAINT admission_policies_on_red_check CHECK ((on_red = ANY (ARRAY[2, 3]))),
    CONSTRAINT admission_policies_on_yellow_check CHECK ((on_yellow = ANY (ARRAY[2, 3]))),
    CONSTRAINT admission_policies_test_max_age_hours_check CHECK ((test_max_age_hours = ANY (ARRAY[24, 48, 72])))
);
ALTER TABLE public.admission_policies OWNER TO jkb_migrator;
COMMENT ON TABLE public.admission_policies IS 'What each venue kind asks of a visitor; resolved along the kind tree, one row per kind';
COMMENT ON COLUMN public.admission_policies.asks_position IS 'Whether the phone is asked where it is, so that a door scanned from far away is noticed';
CREATE TABLE public.appeal_pictures (
    appeal_id uuid NOT NULL,
    number smallint NOT NULL,
    media_type text NOT NULL,
    content_encrypted bytea NOT NULL,
    CONSTRAINT appeal_pictures_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
    CONSTRAINT appeal_pictures_number_check CHECK (((number >= 1) AND (number <= 3)))
);
ALTER TABLE public.appeal_pictures OWNER TO jkb_migrator;
COMMENT ON TABLE public.appeal_pictures IS 'Evidence of an appeal, without metadata; deleted with it';
CREATE TABLE public.appeal_steps (
    step_id bigint NOT NULL,
    appeal_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    step text NOT NULL,
    operator_id bigint,
    note_encrypted bytea,
    CONSTRAINT appeal_steps_step_check CHECK ((step = ANY (ARRAY['submitted'::text, 'taken'::text, 'handed_over'::text, 'escalated'::text, 'proposed'::text, 'reopened'::text, 'upheld'::text, 'refused'::text, 'answered'::text, 'withdrawn'::text])))
);
ALTER TABLE public.appeal_steps OWNER TO jkb_migrator;
COMMENT ON TABLE public.appeal_steps IS 'What happened to an appeal, shown to its author without names';
ALTER TABLE public.appeal_steps ALTER COLUMN step_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.appeal_steps_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.appeals (
    appeal_id uuid NOT NULL,
    account_id bigint NOT NULL,
    person_id bigint NOT NULL,
    request_id uuid NOT NULL,
    category text NOT NULL,
    statement_encrypted bytea NOT NULL,
    contact_phone_encrypted bytea NOT NULL,
    division_code text NOT NULL,
    state text NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    handled_by bigint,
    proposal_id bigint,
    answer_encrypted bytea,
    ended_at timestamp with time zone,
    CONSTRAINT appeals_category_check CHECK (((length(category) >= 1) AND (length(category) <= 100))),
    CONSTRAINT appeals_check CHECK (((state <> 'proposed'::text) OR (proposal_id IS NOT NULL))),
    CONSTRAINT appeals_check1 CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['upheld'::text, 'refused'::text, 'answered'::text, 'withdrawn'::text])))),
    CONSTRAINT appeals_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'in_progress'::text, 'proposed'::text, 'upheld'::text, 'refused'::text, 'answered'::text, 'withdrawn'::text])))
);
ALTER TABLE public.appeals OWNER TO jkb_migrator;
COMMENT ON TABLE public.appeals IS 'Appeals against a reason of a colour: submitted → in_progress → proposed → upheld or refused, or answered, withdrawn; one open per person and reason';
CREATE TABLE public.audit_entries (
    audit_id bigint NOT NULL,
    occurred_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor_kind text NOT NULL,
    actor_id text,
    action text NOT NULL,
    object_kind text NOT NULL,
    object_id text,
    purpose text,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    request_id text,
    CONSTRAINT audit_entries_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['operator'::text, 'citizen'::text, 'device'::text, 'partner'::text, 'system'::text, 'command'::text])))
);
ALTER TABLE public.audit_entries OWNER TO jkb_migrator;
COMMENT ON TABLE public.audit_entries IS 'Who did what and why, written in the transaction of the act; ids only, no names; append only';
ALTER TABLE public.audit_entries ALTER COLUMN audit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_entries_audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.audit_seal_leaves (
    sequence bigint NOT NULL,
    leaves bytea NOT NULL
);
ALTER TABLE public.audit_seal_leaves OWNER TO jkb_migrator;
COMMENT ON TABLE public.audit_seal_leaves IS 'Per entry of a seal: id (8 bytes, big endian) and SHA-256; says which entry was altered, proves nothing by itself';
CREATE TABLE public.audit_seals (
    sequence bigint NOT NULL,
    from_id bigint NOT NULL,
    to_id bigint NOT NULL,
    entry_count integer NOT NULL,
    entries_hash bytea NOT NULL,
    previous_hash bytea NOT NULL,
    sealed_at timestamp(3) with time zone NOT NULL,
    key_id integer NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT audit_seals_check CHECK ((to_id >= from_id)),
    CONSTRAINT audit_seals_entries_hash_check CHECK ((octet_length(entries_hash) = 32)),
    CONSTRAINT audit_seals_entry_count_check CHECK ((entry_count > 0)),
    CONSTRAINT audit_seals_from_id_check CHECK ((from_id > 0)),
    CONSTRAINT audit_seals_previous_hash_check CHECK ((octet_length(previous_hash) = 32)),
    CONSTRAINT audit_seals_sequence_check CHECK ((sequence > 0)),
    CONSTRAINT audit_seals_signature_check CHECK ((octet_length(signature) = 64))
);
ALTER TABLE public.audit_seals OWNER TO jkb_migrator;
COMMENT ON TABLE public.audit_seals IS 'Signed hash chain over batches of audit entries; kept for ever, also when the entries are purged';
CREATE TABLE public.audit_verifications (
    verification_id uuid NOT NULL,
    requested_by bigint NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    seals_total bigint DEFAULT 0 NOT NULL,
    seals_done bigint DEFAULT 0 NOT NULL,
    entries_done bigint DEFAULT 0 NOT NULL,
    beat_at timestamp with time zone,
    finished_at timestamp with time zone,
    problem_count integer DEFAULT 0 NOT NULL,
    problems jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT audit_verifications_check CHECK (((finished_at IS NOT NULL) = (state = ANY (ARRAY['passed'::text, 'failed'::text, 'broken'::text])))),
    CONSTRAINT audit_verifications_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'passed'::text, 'failed'::text, 'broken'::text])))
);
ALTER TABLE public.audit_verifications OWNER TO jkb_migrator;
COMMENT ON TABLE public.audit_verifications IS 'Verifications of the chain asked for in the console, with their progress; one at a time';
CREATE TABLE public.checks (
    request_id uuid NOT NULL,
    checked_on date NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    point_id integer NOT NULL,
    caller text NOT NULL,
    means smallint NOT NULL,
    outcome smallint NOT NULL,
    decision smallint NOT NULL,
    reason_bits smallint NOT NULL,
    flags smallint DEFAULT 0 NOT NULL,
    detail smallint DEFAULT 0 NOT NULL,
    age_seconds integer,
    person_id bigint,
    operator_id bigint,
    device_id uuid,
    purpose text NOT NULL,
    CONSTRAINT checks_means_check CHECK (((means >= 1) AND (means <= 4))),
    CONSTRAINT checks_outcome_check CHECK (((outcome >= 0) AND (outcome <= 8)))
)
PARTITION BY RANGE (checked_on);
ALTER TABLE public.checks OWNER TO jkb_migrator;
COMMENT ON TABLE public.checks IS 'Staff looked at a person''s status. means: 1 personal code, 2 numeric code, 3 paper code, 4 document. caller: operator or device id, so that nobody replays another''s request';
CREATE TABLE public.checks_20261130 (
    request_id uuid NOT NULL,
    checked_on date NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    point_id integer NOT NULL,
    caller text NOT NULL,
    means smallint NOT NULL,
    outcome smallint NOT NULL,
    decision smallint NOT NULL,
    reason_bits smallint NOT NULL,
    flags smallint DEFAULT 0 NOT NULL,
    detail smallint DEFAULT 0 NOT NULL,
    age_seconds integer,
    person_id bigint,
    operator_id bigint,
    device_id uuid,
    purpose text NOT NULL,
    CONSTRAINT checks_means_check CHECK (((means >= 1) AND (means <= 4))),
    CONSTRAINT checks_outcome_check CHECK (((outcome >= 0) AND (outcome <= 8)))
);
ALTER TABLE public.checks_20261130 OWNER TO jkb_migrator;
CREATE TABLE public.city (
    only_one boolean DEFAULT true NOT NULL,
    kind text NOT NULL,
    division_code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    hotline text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT city_kind_check CHECK ((kind = ANY (ARRAY['demonstration'::text, 'real'::text]))),
    CONSTRAINT city_only_one_check CHECK (only_one)
);
ALTER TABLE public.city OWNER TO jkb_migrator;
COMMENT ON TABLE public.city IS 'The one city of this database; a demonstration never becomes a real one, nor the other way round';
CREATE TABLE public.colour_texts (
    account_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone,
    due_at timestamp with time zone,
    message_id uuid,
    tries smallint DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT colour_texts_check CHECK (((due_at IS NULL) OR ((changed_at IS NOT NULL) AND (message_id IS NOT NULL))))
);
ALTER TABLE public.colour_texts OWNER TO jkb_migrator;
COMMENT ON TABLE public.colour_texts IS 'Accounts that want a text message when a colour they hold changes, and when the next one is due';
CREATE TABLE public.database_state (
    only_row boolean DEFAULT true NOT NULL,
    database_id uuid DEFAULT gen_random_uuid() NOT NULL,
    epoch uuid DEFAULT gen_random_uuid() NOT NULL,
    renewals integer DEFAULT 0 NOT NULL,
    restore_epoch uuid DEFAULT gen_random_uuid() NOT NULL,
    restore_number bigint DEFAULT 0 NOT NULL,
    lineage text,
    gap_from timestamp with time zone,
    gap_to timestamp with time zone,
    suspended_at timestamp with time zone,
    suspended_why text,
    CONSTRAINT database_state_check CHECK (((suspended_at IS NULL) = (suspended_why IS NULL))),
    CONSTRAINT database_state_check1 CHECK (((gap_from IS NULL) = (gap_to IS NULL))),
    CONSTRAINT database_state_only_row_check CHECK (only_row),
    CONSTRAINT database_state_suspended_why_check CHECK ((suspended_why = ANY (ARRAY['older'::text, 'other'::text])))
);
ALTER TABLE public.database_state OWNER TO jkb_migrator;
COMMENT ON TABLE public.database_state IS 'Which history this database is: epochs of the tokens, lineage of the server, whether it waits for `jkb restore accept`';
CREATE TABLE public.database_witnesses (
    server_id uuid NOT NULL,
    mark bigint NOT NULL,
    marked_at timestamp with time zone NOT NULL,
    CONSTRAINT database_witnesses_mark_check CHECK ((mark > 0))
);
ALTER TABLE public.database_witnesses OWNER TO jkb_migrator;
COMMENT ON TABLE public.database_witnesses IS 'Each data directory raises its own mark every few seconds and remembers it outside: one that is lower than remembered is an older database';
CREATE TABLE public.declaration_matters (
    matter_id bigint NOT NULL,
    person_id bigint NOT NULL,
    declaration_id uuid NOT NULL,
    version smallint NOT NULL,
    category text NOT NULL,
    anchor_at timestamp with time zone NOT NULL,
    cause text NOT NULL,
    division_code text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    note text,
    proposal_id bigint,
    stay_id bigint,
    area_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    CONSTRAINT declaration_matters_cause_check CHECK ((cause = ANY (ARRAY['verify'::text, 'other_person'::text, 'part_of_area'::text]))),
    CONSTRAINT declaration_matters_check CHECK (((state = 'waiting'::text) = (decided_by IS NULL))),
    CONSTRAINT declaration_matters_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT declaration_matters_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'proposed'::text, 'approved'::text, 'rejected'::text, 'dismissed'::text])))
);
ALTER TABLE public.declaration_matters OWNER TO jkb_migrator;
COMMENT ON TABLE public.declaration_matters IS 'Declared facts that become a finding only by an office''s proposal and a second operator: waiting → proposed → approved or rejected, or dismissed';
COMMENT ON COLUMN public.declaration_matters.proposal_id IS 'What it became; none where it was proposed before this was kept, or where it waits again';
COMMENT ON COLUMN public.declaration_matters.area_ids IS 'The areas a stay might have been in, so that the same question is asked once';
ALTER TABLE public.declaration_matters ALTER COLUMN matter_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.declaration_matters_matter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.declaration_versions (
    declaration_id uuid NOT NULL,
    version smallint NOT NULL,
    kind text NOT NULL,
    person_id bigint NOT NULL,
    account_id bigint NOT NULL,
    device_id uuid NOT NULL,
    content_encrypted bytea NOT NULL,
    content_hash bytea NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    request_id uuid NOT NULL,
    office_code text,
    CONSTRAINT declaration_versions_content_hash_check CHECK ((octet_length(content_hash) = 32)),
    CONSTRAINT declaration_versions_kind_check CHECK ((kind = ANY (ARRAY['health'::text, 'exposure'::text, 'entry'::text]))),
    CONSTRAINT declaration_versions_version_check CHECK (((version >= 1) AND (version <= 50)))
);
ALTER TABLE public.declaration_versions OWNER TO jkb_migrator;
COMMENT ON TABLE public.declaration_versions IS 'Everything ever declared, version by version, with its hash, time and device; append only';
COMMENT ON COLUMN public.declaration_versions.office_code IS 'The division the person named as looking after them';
CREATE TABLE public.devices (
    device_id uuid NOT NULL,
    point_id integer NOT NULL,
    name text NOT NULL,
    registered_by bigint NOT NULL,
    registered_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_by bigint,
    revoked_reason text,
    CONSTRAINT devices_revoked_check CHECK (((revoked_at IS NOT NULL) OR ((revoked_by IS NULL) AND (revoked_reason IS NULL)))),
    CONSTRAINT devices_revoked_reason_check CHECK (((char_length(revoked_reason) >= 2) AND (char_length(revoked_reason) <= 300)))
);
ALTER TABLE public.devices OWNER TO jkb_migrator;
COMMENT ON TABLE public.devices IS 'Checkpoint devices, each bound to one point';
COMMENT ON COLUMN public.devices.revoked_by IS 'The operator who ended it; null where the phone itself did';
CREATE TABLE public.dirty_persons (
    person_id bigint NOT NULL,
    marked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    cause text NOT NULL,
    retry_at timestamp with time zone,
    priority smallint DEFAULT 0 NOT NULL,
    CONSTRAINT dirty_persons_priority_check CHECK ((priority = ANY (ARRAY[0, 1])))
);
ALTER TABLE public.dirty_persons OWNER TO jkb_migrator;
COMMENT ON TABLE public.dirty_persons IS 'Persons to evaluate again; marked in the transaction that changed an input';
COMMENT ON COLUMN public.dirty_persons.retry_at IS 'Not before; set where an evaluation failed, unset by whatever marks the person again';
COMMENT ON COLUMN public.dirty_persons.priority IS '0: somebody waits for it; 1: one of very many, after all others';
CREATE TABLE public.divisions (
    code text NOT NULL,
    parent_code text,
    name text NOT NULL,
    name_en text NOT NULL,
    level text NOT NULL,
    CONSTRAINT divisions_code_check CHECK ((code ~ '^[0-9]{6}([0-9]{3}|[0-9]{6})?$'::text)),
    CONSTRAINT divisions_level_check CHECK ((level = ANY (ARRAY['city'::text, 'district'::text, 'street'::text, 'community'::text])))
);
ALTER TABLE public.divisions OWNER TO jkb_migrator;
COMMENT ON TABLE public.divisions IS 'Administrative divisions (GB/T 2260, GB/T 10114) of the city; scope of operators and venues';
CREATE TABLE public.entry_current (
    person_id bigint NOT NULL,
    entry_id uuid NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    CONSTRAINT entry_current_check CHECK ((valid_from < valid_until))
);
ALTER TABLE public.entry_current OWNER TO jkb_migrator;
COMMENT ON TABLE public.entry_current IS 'The entry registrations that count at the door, each from valid_from until valid_until';
CREATE TABLE public.entry_follow_ups (
    follow_up_id bigint NOT NULL,
    entry_id uuid NOT NULL,
    kind text NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    operator_id bigint NOT NULL,
    request_id uuid NOT NULL,
    note_encrypted bytea NOT NULL,
    CONSTRAINT entry_follow_ups_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'visit'::text, 'note'::text, 'received'::text, 'closed'::text])))
);
ALTER TABLE public.entry_follow_ups OWNER TO jkb_migrator;
COMMENT ON TABLE public.entry_follow_ups IS 'What the community did about an arrival, and when; never edited, deleted with the registration';
ALTER TABLE public.entry_follow_ups ALTER COLUMN follow_up_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.entry_follow_ups_follow_up_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.entry_former (
    person_id bigint NOT NULL,
    entry_id uuid NOT NULL,
    version smallint NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    corrected_at timestamp with time zone NOT NULL
);
ALTER TABLE public.entry_former OWNER TO jkb_migrator;
COMMENT ON TABLE public.entry_former IS 'Who a version of an entry registration let in and when, until it was corrected; read for scans sent late only, deleted with the registration';
CREATE TABLE public.entry_marks (
    name text NOT NULL,
    reached_at timestamp with time zone NOT NULL,
    walked_to timestamp with time zone,
    walked_to_id uuid,
    CONSTRAINT entry_marks_name_check CHECK ((name = 'arrivals'::text))
);
ALTER TABLE public.entry_marks OWNER TO jkb_migrator;
COMMENT ON TABLE public.entry_marks IS 'How far the visits at entry channels have been read, and how far registrations have been gone through for scans sent late';
CREATE TABLE public.entry_persons (
    person_id bigint NOT NULL,
    entry_id uuid NOT NULL,
    member_id uuid,
    arrived_at timestamp with time zone,
    arrived_point_id integer
);
ALTER TABLE public.entry_persons OWNER TO jkb_migrator;
COMMENT ON TABLE public.entry_persons IS 'Who comes with an entry registration, and who was scanned at an entry channel';
CREATE TABLE public.entry_registrations (
    entry_id uuid NOT NULL,
    account_id bigint NOT NULL,
    version smallint NOT NULL,
    state text NOT NULL,
    arrival_mode text NOT NULL,
    planned_arrival_at timestamp with time zone NOT NULL,
    origin_code text NOT NULL,
    destination_code text NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    arrived_at timestamp with time zone,
    arrived_point_id integer,
    received_at timestamp with time zone,
    received_by bigint,
    closed_at timestamp with time zone,
    note text,
    arrival_number_index bytea,
    CONSTRAINT entry_registrations_arrival_mode_check CHECK ((arrival_mode = ANY (ARRAY['train'::text, 'coach'::text, 'flight'::text, 'car'::text, 'ship'::text, 'other'::text]))),
    CONSTRAINT entry_registrations_arrival_number_index_check CHECK ((octet_length(arrival_number_index) = 32)),
    CONSTRAINT entry_registrations_check CHECK (((state <> 'received'::text) OR ((received_at IS NOT NULL) AND (received_by IS NOT NULL)))),
    CONSTRAINT entry_registrations_check1 CHECK (((state <> 'arrived'::text) OR (arrived_at IS NOT NULL))),
    CONSTRAINT entry_registrations_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT entry_registrations_origin_code_check CHECK ((origin_code ~ '^([0-9]{6}([0-9]{3}|[0-9]{6})?|[A-Z]{3})$'::text)),
    CONSTRAINT entry_registrations_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'arrived'::text, 'received'::text, 'closed'::text, 'cancelled'::text, 'expired'::text])))
);
ALTER TABLE public.entry_registrations OWNER TO jkb_migrator;
COMMENT ON TABLE public.entry_registrations IS 'Journeys to the city: submitted → arrived → received → closed, or cancelled, expired. The content is in declaration_versions';
COMMENT ON COLUMN public.entry_registrations.origin_code IS 'Where the journey begins: a division, or a country (ISO 3166-1 alpha-3)';
COMMENT ON COLUMN public.entry_registrations.note IS 'The last note of follow-ups before there was entry_follow_ups; no longer written';
CREATE TABLE public.face_checks (
    face_check_id uuid NOT NULL,
    account_id bigint NOT NULL,
    verdict text NOT NULL,
    checked_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT face_checks_verdict_check CHECK ((verdict = ANY (ARRAY['pass'::text, 'fail'::text, 'no_face'::text])))
);
ALTER TABLE public.face_checks OWNER TO jkb_migrator;
COMMENT ON TABLE public.face_checks IS 'Verdicts only; the picture is dropped as soon as the verdict is there';
CREATE TABLE public.findings (
    finding_id bigint NOT NULL,
    person_id bigint NOT NULL,
    category text NOT NULL,
    anchor_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    evidence text NOT NULL,
    source text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    proposal_id bigint,
    entered_by bigint,
    approved_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    import_id bigint,
    zone_id bigint,
    contact_person_id bigint,
    lifted_by bigint,
    workplace_index bytea,
    workplace_encrypted bytea,
    end_evidence text,
    CONSTRAINT findings_check CHECK ((ended_at >= anchor_at)),
    CONSTRAINT findings_check1 CHECK (((entered_by IS NULL) OR (entered_by IS DISTINCT FROM approved_by))),
    CONSTRAINT findings_check2 CHECK ((contact_person_id <> person_id)),
    CONSTRAINT findings_workplace CHECK ((num_nonnulls(workplace_index, workplace_encrypted) = ANY (ARRAY[0, 2]))),
    CONSTRAINT findings_workplace_index_check CHECK ((octet_length(workplace_index) = 32))
);
ALTER TABLE public.findings OWNER TO jkb_migrator;
COMMENT ON TABLE public.findings IS 'Dated facts about a person that the rules turn into a colour';
COMMENT ON COLUMN public.findings.contact_person_id IS 'Secondary contact: whose contact; details.contactPositiveAt follows that person''s confirmed findings';
COMMENT ON COLUMN public.findings.workplace_index IS 'People with one workplace are counted by it (alarm shared_workplace)';
COMMENT ON COLUMN public.findings.end_evidence IS 'What the list that ended it says of why; of other ends the proposal knows';
ALTER TABLE public.findings ALTER COLUMN finding_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.findings_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.identity_documents (
    document_index bytea NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE public.identity_documents OWNER TO jkb_migrator;
COMMENT ON TABLE public.identity_documents IS 'Blind index of type, country and number to person: one identity, one person';
CREATE TABLE public.import_errors (
    import_id bigint NOT NULL,
    row_number integer NOT NULL,
    problems text[] NOT NULL,
    detail text,
    cells bytea NOT NULL
);
ALTER TABLE public.import_errors OWNER TO jkb_migrator;
COMMENT ON TABLE public.import_errors IS 'Refused rows as their author wrote them, encrypted, for the list of errors';
CREATE TABLE public.import_parts (
    import_id bigint NOT NULL,
    part integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT import_parts_part_check CHECK ((part >= 0))
);
ALTER TABLE public.import_parts OWNER TO jkb_migrator;
COMMENT ON TABLE public.import_parts IS 'The uploaded file in encrypted parts, until its rows are read';
CREATE TABLE public.import_rows (
    import_id bigint NOT NULL,
    row_number integer NOT NULL,
    row_key bytea NOT NULL,
    document_index bytea,
    person_id bigint,
    at timestamp with time zone,
    category text,
    evidence text,
    number text,
    result text,
    kind text,
    data jsonb,
    workplace_index bytea,
    workplace_encrypted bytea,
    zone_id bigint,
    contact_person_id bigint,
    CONSTRAINT import_rows_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'pooled'::text, 'ended'::text, 'withdrawn'::text]))),
    CONSTRAINT import_rows_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text]))),
    CONSTRAINT import_rows_workplace CHECK ((num_nonnulls(workplace_index, workplace_encrypted) = ANY (ARRAY[0, 2]))),
    CONSTRAINT import_rows_workplace_index_check CHECK ((octet_length(workplace_index) = 32))
);
ALTER TABLE public.import_rows OWNER TO jkb_migrator;
COMMENT ON TABLE public.import_rows IS 'Rows that passed the check, until they are applied or given up';
CREATE TABLE public.imports (
    import_id bigint NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'uploading'::text NOT NULL,
    file_name text NOT NULL,
    file_bytes bigint NOT NULL,
    file_sha256 bytea,
    sheet text,
    partner_id bigint,
    source text NOT NULL,
    evidence text NOT NULL,
    uploaded_by bigint NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    division_code text NOT NULL,
    request_id uuid NOT NULL,
    failure text,
    failure_details text[] DEFAULT '{}'::text[] NOT NULL,
    heading bytea,
    rows_read bigint DEFAULT 0 NOT NULL,
    rows_good bigint DEFAULT 0 NOT NULL,
    problem_counts jsonb DEFAULT '{}'::jsonb NOT NULL,
    impact jsonb,
    progress_stage text DEFAULT 'reading'::text NOT NULL,
    progress_done bigint DEFAULT 0 NOT NULL,
    progress_total bigint DEFAULT 0 NOT NULL,
    worked_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    cancel_requested boolean DEFAULT false NOT NULL,
    proposal_id bigint,
    checked_at timestamp with time zone,
    applied_at timestamp with time zone,
    rows_applied bigint,
    sheets jsonb DEFAULT '[]'::jsonb NOT NULL,
    recount_requested boolean DEFAULT false NOT NULL,
    undo_effect jsonb,
    undo_counted_at timestamp with time zone,
    undo_proposal_id bigint,
    undone_at timestamp with time zone,
    rows_undone bigint,
    rows_left bigint,
    CONSTRAINT imports_evidence_check CHECK (((length(evidence) >= 4) AND (length(evidence) <= 500))),
    CONSTRAINT imports_file_bytes_check CHECK (((file_bytes >= 1) AND (file_bytes <= 268435456))),
    CONSTRAINT imports_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
    CONSTRAINT imports_file_sha256_check CHECK ((octet_length(file_sha256) = 32)),
    CONSTRAINT imports_kind_check CHECK ((kind = ANY (ARRAY['findings'::text, 'finding_ends'::text, 'test_results'::text, 'risk_areas'::text, 'venues'::text, 'home_monitoring'::text]))),
    CONSTRAINT imports_progress_stage_check CHECK ((progress_stage = ANY (ARRAY['reading'::text, 'comparing'::text, 'applying'::text, 'undoing'::text]))),
    CONSTRAINT imports_sheet_check CHECK ((length(sheet) <= 100)),
    CONSTRAINT imports_source_check CHECK (((length(source) >= 2) AND (length(source) <= 100))),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['uploading'::text, 'waiting'::text, 'checking'::text, 'checked'::text, 'proposed'::text, 'applying'::text, 'applied'::text, 'undoing'::text, 'undone'::text, 'failed'::text, 'cancelled'::text, 'rejected'::text, 'expired'::text])))
);
ALTER TABLE public.imports OWNER TO jkb_migrator;
COMMENT ON TABLE public.imports IS 'Lists uploaded by operators, from the first part of the file to their effect';
ALTER TABLE public.imports ALTER COLUMN import_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.imports_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.job_runs (
    job text NOT NULL,
    watched_since timestamp with time zone NOT NULL,
    succeeded_at timestamp with time zone,
    failed_at timestamp with time zone,
    failures bigint DEFAULT 0 NOT NULL,
    error_code text,
    CONSTRAINT job_runs_error_code_check CHECK ((length(error_code) <= 60)),
    CONSTRAINT job_runs_failures_check CHECK ((failures >= 0)),
    CONSTRAINT job_runs_job_check CHECK (((length(job) >= 1) AND (length(job) <= 60)))
);
ALTER TABLE public.job_runs OWNER TO jkb_migrator;
COMMENT ON TABLE public.job_runs IS 'When each job last succeeded and failed, over all processes; the alerts read it';
CREATE TABLE public.key_fingerprints (
    kind text NOT NULL,
    key_id integer NOT NULL,
    fingerprint bytea NOT NULL,
    used_from timestamp with time zone,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT key_fingerprints_fingerprint_check CHECK ((octet_length(fingerprint) = 32)),
    CONSTRAINT key_fingerprints_key_id_check CHECK (((key_id >= 0) AND (key_id <= 65535))),
    CONSTRAINT key_fingerprints_kind_check CHECK ((kind = ANY (ARRAY['data'::text, 'blind_index'::text, 'venue_code'::text, 'token_secret'::text, 'signing'::text, 'audit'::text])))
);
ALTER TABLE public.key_fingerprints OWNER TO jkb_migrator;
COMMENT ON TABLE public.key_fingerprints IS 'Fingerprints of the keys that this database belongs to; a server whose keys are others does not start';
CREATE TABLE public.listed_again (
    document_index bytea NOT NULL,
    category text NOT NULL,
    anchor_at timestamp with time zone NOT NULL,
    import_id bigint NOT NULL
);
ALTER TABLE public.listed_again OWNER TO jkb_migrator;
COMMENT ON TABLE public.listed_again IS 'Rows of applied lists that were there already from another list, by blind index; who inherits when that one is undone';
CREATE TABLE public.lookups (
    lookup_id bigint NOT NULL,
    person_id bigint NOT NULL,
    looked_up_at timestamp with time zone DEFAULT now() NOT NULL,
    means text NOT NULL,
    purpose text NOT NULL,
    operator_id bigint,
    device_id uuid,
    organisation text NOT NULL,
    point_id integer,
    CONSTRAINT lookups_means_check CHECK ((means = ANY (ARRAY['personal_code'::text, 'numeric_code'::text, 'paper_code'::text, 'document'::text, 'console_search'::text, 'console_view'::text, 'unmasking'::text])))
);
ALTER TABLE public.lookups OWNER TO jkb_migrator;
COMMENT ON TABLE public.lookups IS 'Who looked a person up, when and why; shown to that person';
ALTER TABLE public.lookups ALTER COLUMN lookup_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.lookups_lookup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members (
    member_id uuid NOT NULL,
    account_id bigint NOT NULL,
    person_id bigint NOT NULL,
    relation text NOT NULL,
    consent_means text NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    removed_at timestamp with time zone,
    request_id uuid NOT NULL,
    CONSTRAINT members_consent_means_check CHECK ((consent_means = ANY (ARRAY['guardian'::text, 'given_in_person'::text, 'written'::text]))),
    CONSTRAINT members_relation_check CHECK ((relation = ANY (ARRAY['child'::text, 'parent'::text, 'grandparent'::text, 'spouse'::text, 'ward'::text, 'other'::text])))
);
ALTER TABLE public.members OWNER TO jkb_migrator;
COMMENT ON TABLE public.members IS 'Persons looked after by an account, with the relation and how consent was given';
CREATE TABLE public.notices (
    notice_id uuid NOT NULL,
    account_id bigint NOT NULL,
    kind text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    read_at timestamp with time zone
);
ALTER TABLE public.notices OWNER TO jkb_migrator;
COMMENT ON TABLE public.notices IS 'Messages to an account, worded by the client from the kind';
CREATE UNLOGGED TABLE public.numeric_codes (
    digits integer NOT NULL,
    person_id bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT numeric_codes_digits_check CHECK (((digits >= 0) AND (digits <= 99999999)))
);
ALTER TABLE public.numeric_codes OWNER TO jkb_migrator;
COMMENT ON TABLE public.numeric_codes IS 'Eight digits that stand for a live personal code, single use';
CREATE TABLE public.operator_activations (
    activation_id bigint NOT NULL,
    operator_id bigint NOT NULL,
    code_hash bytea NOT NULL,
    totp_secret_encrypted bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by bigint,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    CONSTRAINT operator_activations_check CHECK ((expires_at > made_at)),
    CONSTRAINT operator_activations_check1 CHECK (((used_at IS NULL) OR (withdrawn_at IS NULL))),
    CONSTRAINT operator_activations_code_hash_check CHECK ((octet_length(code_hash) = 32))
);
ALTER TABLE public.operator_activations OWNER TO jkb_migrator;
COMMENT ON TABLE public.operator_activations IS 'One-time codes by which an operator sets their own password and second factor; only the hash of the code is kept';
ALTER TABLE public.operator_activations ALTER COLUMN activation_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.operator_activations_activation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.operator_sessions (
    session_hash bytea NOT NULL,
    operator_id bigint NOT NULL,
    csrf_token text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    address text NOT NULL
);
ALTER TABLE public.operator_sessions OWNER TO jkb_migrator;
COMMENT ON TABLE public.operator_sessions IS 'Cookie sessions of the console; the cookie value is kept as a hash';
CREATE TABLE public.operators (
    operator_id bigint NOT NULL,
    username text NOT NULL,
    display_name text NOT NULL,
    organisation text NOT NULL,
    roles text[] NOT NULL,
    division_code text NOT NULL,
    password_hash text NOT NULL,
    totp_secret_encrypted bytea NOT NULL,
    totp_last_step bigint DEFAULT 0 NOT NULL,
    must_change_password boolean DEFAULT true NOT NULL,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_sign_in_at timestamp with time zone,
    request_id uuid,
    CONSTRAINT operators_roles_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['hq'::text, 'office'::text, 'epidemiologist'::text, 'hotline'::text, 'auditor'::text, 'sysadmin'::text, 'venue_manager'::text, 'checker'::text, 'sampler'::text, 'lab'::text]))),
    CONSTRAINT operators_roles_check1 CHECK ((NOT ((roles && ARRAY['sysadmin'::text]) AND (cardinality(roles) > 1)))),
    CONSTRAINT operators_roles_check2 CHECK ((NOT ((roles && ARRAY['auditor'::text]) AND (cardinality(roles) > 1)))),
    CONSTRAINT operators_username_check CHECK ((username ~ '^[a-z0-9][a-z0-9._-]{0,38}[a-z0-9]$'::text))
);
ALTER TABLE public.operators OWNER TO jkb_migrator;
COMMENT ON TABLE public.operators IS 'People who work in the console';
ALTER TABLE public.operators ALTER COLUMN operator_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.operators_operator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.partner_batches (
    partner_id bigint NOT NULL,
    batch_id text NOT NULL,
    body_hash bytea NOT NULL,
    answer jsonb,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT partner_batches_batch_id_check CHECK (((length(batch_id) >= 1) AND (length(batch_id) <= 64))),
    CONSTRAINT partner_batches_body_hash_check CHECK ((octet_length(body_hash) = 32))
);
ALTER TABLE public.partner_batches OWNER TO jkb_migrator;
COMMENT ON TABLE public.partner_batches IS 'Batches taken, with the answer, so that a repeat is answered like the first time';
CREATE TABLE public.partners (
    partner_id bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    key_hash bytea NOT NULL,
    pushes_per_minute integer DEFAULT 120 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT partners_key_hash_check CHECK ((octet_length(key_hash) = 32)),
    CONSTRAINT partners_kind_check CHECK ((kind = ANY (ARRAY['province'::text, 'laboratory'::text]))),
    CONSTRAINT partners_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT partners_pushes_per_minute_check CHECK ((pushes_per_minute > 0))
);
ALTER TABLE public.partners OWNER TO jkb_migrator;
COMMENT ON TABLE public.partners IS 'Systems that push data, each with a key of its own that is kept as a hash';
ALTER TABLE public.partners ALTER COLUMN partner_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.partners_partner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.person_codes (
    code_id bytea NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL,
    issued_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    request_id uuid,
    CONSTRAINT person_codes_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
    CONSTRAINT person_codes_code_id_check CHECK ((octet_length(code_id) = 10)),
    CONSTRAINT person_codes_kind_check CHECK ((kind = ANY (ARRAY['live'::text, 'paper'::text]))),
    CONSTRAINT person_codes_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['reported_lost'::text, 'replaced'::text, 'person_removed'::text])))
);
ALTER TABLE public.person_codes OWNER TO jkb_migrator;
COMMENT ON TABLE public.person_codes IS 'Random ids inside personal and paper codes; replacing the id revokes the code';
CREATE TABLE public.persons (
    person_id bigint NOT NULL,
    document_type text NOT NULL,
    name_encrypted bytea NOT NULL,
    name_masked text NOT NULL,
    document_number_encrypted bytea NOT NULL,
    birth_on_encrypted bytea,
    country text,
    paper_code_granted_at timestamp with time zone,
    registered_at timestamp with time zone DEFAULT now() NOT NULL,
    identity_stale boolean DEFAULT false NOT NULL,
    CONSTRAINT persons_document_type_check CHECK ((document_type = ANY (ARRAY['resident_id'::text, 'passport'::text, 'hk_macao_permit'::text, 'taiwan_permit'::text, 'foreign_permanent_resident'::text])))
);
ALTER TABLE public.persons OWNER TO jkb_migrator;
COMMENT ON TABLE public.persons IS 'People with a verified identity; personal fields are ciphertext';
COMMENT ON COLUMN public.persons.identity_stale IS 'The province wants the identity data renewed: a copy of provincial_codes.state for the statements of the door';
ALTER TABLE public.persons ALTER COLUMN person_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.persons_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.proposals (
    proposal_id bigint NOT NULL,
    kind text NOT NULL,
    person_id bigint,
    payload jsonb NOT NULL,
    division_code text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    proposed_by bigint,
    proposed_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    decision_reason text,
    request_id uuid NOT NULL,
    proposed_by_partner bigint,
    import_id bigint,
    draft_id bigint,
    needs_hq boolean DEFAULT false NOT NULL,
    alarms jsonb DEFAULT '[]'::jsonb NOT NULL,
    persons integer DEFAULT 1 NOT NULL,
    seen_at_proposal jsonb,
    seen_at_decision jsonb,
    ruleset_id text,
    alarm_acknowledged_by bigint,
    alarm_acknowledged_at timestamp with time zone,
    alarm_note text,
    zone_id bigint,
    CONSTRAINT proposals_alarm_acknowledged CHECK ((num_nonnulls(alarm_acknowledged_by, alarm_acknowledged_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT proposals_alarm_note_check CHECK (((length(alarm_note) >= 2) AND (length(alarm_note) <= 300))),
    CONSTRAINT proposals_alarm_of_others CHECK ((alarm_acknowledged_by <> proposed_by)),
    CONSTRAINT proposals_check CHECK (((decided_by IS DISTINCT FROM proposed_by) OR (state <> ALL (ARRAY['approved'::text, 'rejected'::text])))),
    CONSTRAINT proposals_check1 CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
    CONSTRAINT proposals_kind_check CHECK ((kind = ANY (ARRAY['finding.add'::text, 'finding.end'::text, 'zone.lift'::text, 'import.apply'::text, 'import.undo'::text, 'ruleset.publish'::text, 'ruleset.call_off'::text]))),
    CONSTRAINT proposals_one_proposer CHECK ((num_nonnulls(proposed_by, proposed_by_partner) =
CASE
    WHEN ((zone_id IS NULL) OR (proposed_by IS NOT NULL)) THEN 1
    ELSE 0
END)),
    CONSTRAINT proposals_one_subject CHECK ((num_nonnulls(person_id, zone_id, import_id, draft_id, ruleset_id) = 1)),
    CONSTRAINT proposals_persons_check CHECK ((persons >= 0)),
    CONSTRAINT proposals_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'withdrawn'::text])))
);
ALTER TABLE public.proposals OWNER TO jkb_migrator;
COMMENT ON TABLE public.proposals IS 'Acts that change a colour, waiting for a second operator';
ALTER TABLE public.proposals ALTER COLUMN proposal_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.proposals_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.provincial_codes (
    person_id bigint NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    colour smallint,
    observed_at timestamp with time zone,
    asked_at timestamp with time zone,
    due_at timestamp with time zone NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    CONSTRAINT provincial_codes_check CHECK (((colour IS NULL) = (observed_at IS NULL))),
    CONSTRAINT provincial_codes_colour_check CHECK (((colour >= 1) AND (colour <= 3))),
    CONSTRAINT provincial_codes_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'known'::text, 'identity_stale'::text, 'not_found'::text])))
);
ALTER TABLE public.provincial_codes OWNER TO jkb_migrator;
COMMENT ON TABLE public.provincial_codes IS 'The provincial code as given, its age, and when the province is asked again; the finding `provincial` follows it';
CREATE UNLOGGED TABLE public.rate_counters (
    key text NOT NULL,
    window_start timestamp with time zone NOT NULL,
    count integer NOT NULL
);
ALTER TABLE public.rate_counters OWNER TO jkb_migrator;
COMMENT ON TABLE public.rate_counters IS 'Counts per key and window for everything that can be guessed or spammed';
CREATE TABLE public.risk_area_feeds (
    version bigint NOT NULL,
    source text NOT NULL,
    etag text,
    fetched_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    as_of timestamp with time zone NOT NULL,
    area_count integer NOT NULL,
    document jsonb NOT NULL,
    state text DEFAULT 'applied'::text NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    CONSTRAINT risk_area_feeds_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'held'::text, 'dropped'::text])))
);
ALTER TABLE public.risk_area_feeds OWNER TO jkb_migrator;
COMMENT ON TABLE public.risk_area_feeds IS 'Every version of the list of risk areas as it was fetched; checked_at moves while the feed says it is unchanged';
COMMENT ON COLUMN public.risk_area_feeds.state IS 'held: it would lift so many areas that headquarters, or the same list again later, has to confirm it';
ALTER TABLE public.risk_area_feeds ALTER COLUMN version ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.risk_area_feeds_version_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.risk_areas (
    area_id bigint NOT NULL,
    division_code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    source text NOT NULL,
    source_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    extent text DEFAULT 'part'::text NOT NULL,
    placed_code text,
    placed_by bigint,
    placed_at timestamp with time zone,
    place_note text,
    CONSTRAINT risk_areas_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT risk_areas_check1 CHECK (((placed_at IS NULL) = (placed_by IS NULL))),
    CONSTRAINT risk_areas_check2 CHECK (((placed_code IS NULL) OR (placed_at IS NOT NULL))),
    CONSTRAINT risk_areas_extent_check CHECK ((extent = ANY (ARRAY['whole'::text, 'part'::text]))),
    CONSTRAINT risk_areas_level_check CHECK ((level = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT risk_areas_place_note_check CHECK ((length(place_note) <= 400))
);
ALTER TABLE public.risk_areas OWNER TO jkb_migrator;
COMMENT ON TABLE public.risk_areas IS 'Areas with a risk level and the dates between which it stands';
COMMENT ON COLUMN public.risk_areas.extent IS 'Whether the area is the whole division of its code, or a street or village in it: nobody has a finding for having been elsewhere in the same county';
COMMENT ON COLUMN public.risk_areas.placed_code IS 'The place that a person named for an area whose code is none; with placed_at and without it: it concerns nobody here';
ALTER TABLE public.risk_areas ALTER COLUMN area_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.risk_areas_area_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ruleset_drafts (
    draft_id bigint NOT NULL,
    document jsonb NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    created_by bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    request_id uuid NOT NULL,
    run_started_at timestamp with time zone,
    run_compared_with text,
    run_cursor bigint DEFAULT 0 NOT NULL,
    run_done bigint DEFAULT 0 NOT NULL,
    run_total bigint DEFAULT 0 NOT NULL,
    run_counts jsonb DEFAULT '{}'::jsonb NOT NULL,
    run_sample jsonb DEFAULT '[]'::jsonb NOT NULL,
    run_finished_at timestamp with time zone,
    run_failure text,
    run_attempt integer DEFAULT 0 NOT NULL,
    run_tries integer DEFAULT 0 NOT NULL,
    run_worked_at timestamp with time zone,
    effective_from timestamp with time zone,
    evidence text,
    proposal_id bigint,
    CONSTRAINT ruleset_drafts_check CHECK (((state <> ALL (ARRAY['dry_run_done'::text, 'proposed'::text, 'published'::text])) OR (run_finished_at IS NOT NULL))),
    CONSTRAINT ruleset_drafts_check1 CHECK (((state <> ALL (ARRAY['proposed'::text, 'published'::text])) OR ((effective_from IS NOT NULL) AND (proposal_id IS NOT NULL)))),
    CONSTRAINT ruleset_drafts_evidence_check CHECK (((length(evidence) >= 4) AND (length(evidence) <= 500))),
    CONSTRAINT ruleset_drafts_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'dry_running'::text, 'dry_run_done'::text, 'proposed'::text, 'published'::text, 'rejected'::text, 'cancelled'::text])))
);
ALTER TABLE public.ruleset_drafts OWNER TO jkb_migrator;
COMMENT ON TABLE public.ruleset_drafts IS 'Rulesets before they are published, with what they would do to everybody';
ALTER TABLE public.ruleset_drafts ALTER COLUMN draft_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ruleset_drafts_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rulesets (
    ruleset_id text NOT NULL,
    document jsonb NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    published_by text NOT NULL,
    apply_started_at timestamp with time zone,
    apply_cursor bigint DEFAULT 0 NOT NULL,
    apply_done bigint DEFAULT 0 NOT NULL,
    apply_total bigint DEFAULT 0 NOT NULL,
    applied_at timestamp with time zone,
    called_off_at timestamp with time zone,
    CONSTRAINT rulesets_check CHECK ((called_off_at < effective_from))
);
ALTER TABLE public.rulesets OWNER TO jkb_migrator;
COMMENT ON TABLE public.rulesets IS 'Versioned rules that turn findings into colours; the one in force is the latest effective_from not in the future';
COMMENT ON COLUMN public.rulesets.called_off_at IS 'Never came into force';
CREATE TABLE public.schema_migrations (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.schema_migrations OWNER TO jkb_migrator;
COMMENT ON TABLE public.schema_migrations IS 'Migrations applied to this database, with the SHA-256 of each file';
CREATE TABLE public.sessions (
    session_id uuid NOT NULL,
    account_id bigint NOT NULL,
    refresh_hash bytea NOT NULL,
    device_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    CONSTRAINT sessions_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
    CONSTRAINT sessions_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['signed_out'::text, 'revoked'::text, 'refresh_reused'::text, 'identity_taken_over'::text, 'restored'::text])))
);
ALTER TABLE public.sessions OWNER TO jkb_migrator;
COMMENT ON TABLE public.sessions IS 'Signed-in devices of citizens; the refresh token is kept as a hash and rotates at each use';
CREATE TABLE public.sms_challenges (
    challenge_id uuid NOT NULL,
    phone_index bytea NOT NULL,
    address_index bytea NOT NULL,
    code_hash bytea NOT NULL,
    tries_left smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT sms_challenges_tries_left_check CHECK ((tries_left >= 0))
);
ALTER TABLE public.sms_challenges OWNER TO jkb_migrator;
COMMENT ON TABLE public.sms_challenges IS 'SMS sign-in codes, hashed; purged after ten minutes beyond the limit windows';
CREATE TABLE public.status_changes (
    change_id bigint NOT NULL,
    person_id bigint NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    from_colour smallint,
    to_colour smallint NOT NULL,
    reasons jsonb NOT NULL,
    cause text NOT NULL,
    ruleset_id text NOT NULL
);
ALTER TABLE public.status_changes OWNER TO jkb_migrator;
COMMENT ON TABLE public.status_changes IS 'Every change of a colour, never altered';
ALTER TABLE public.status_changes ALTER COLUMN change_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.status_changes_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.status_current (
    person_id bigint NOT NULL,
    colour smallint NOT NULL,
    reasons jsonb NOT NULL,
    evaluated_at timestamp with time zone NOT NULL,
    next_change_at timestamp with time zone,
    latest_test_at timestamp with time zone,
    latest_test_negative boolean,
    latest_negative_at timestamp with time zone,
    ruleset_id text NOT NULL,
    CONSTRAINT status_current_colour_check CHECK (((colour >= 0) AND (colour <= 3)))
)
WITH (fillfactor='80');
ALTER TABLE public.status_current OWNER TO jkb_migrator;
COMMENT ON TABLE public.status_current IS 'The colour now; written by the evaluator only';
CREATE TABLE public.stays (
    stay_id bigint NOT NULL,
    person_id bigint NOT NULL,
    declaration_id uuid NOT NULL,
    version smallint NOT NULL,
    division_code text NOT NULL COLLATE pg_catalog."C",
    from_on date NOT NULL,
    to_on date NOT NULL,
    own_word boolean NOT NULL,
    office_code text NOT NULL,
    source text NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT stays_check CHECK ((to_on >= from_on)),
    CONSTRAINT stays_division_code_check CHECK ((division_code ~ '^([0-9]{6}([0-9]{3}|[0-9]{6})?|[A-Z]{3})$'::text)),
    CONSTRAINT stays_source_check CHECK ((source = ANY (ARRAY['entry_registration'::text, 'exposure_declaration'::text])))
);
ALTER TABLE public.stays OWNER TO jkb_migrator;
COMMENT ON TABLE public.stays IS 'Places stayed, one row a person, as declared; matched against risk areas when declared and when the areas change';
COMMENT ON COLUMN public.stays.division_code IS 'The place: a division (GB/T 2260, GB/T 10114) in its one form, or a country (ISO 3166-1 alpha-3)';
ALTER TABLE public.stays ALTER COLUMN stay_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.stays_stay_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.test_results (
    test_id bigint NOT NULL,
    person_id bigint NOT NULL,
    sampled_at timestamp with time zone NOT NULL,
    reported_at timestamp with time zone DEFAULT now() NOT NULL,
    result text NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    withdrawn_at timestamp with time zone,
    partner_id bigint,
    laboratory_number text,
    revision integer DEFAULT 1 NOT NULL,
    reviewed_at timestamp with time zone,
    verdict text,
    import_id bigint,
    import_revision integer,
    undone_by bigint,
    CONSTRAINT test_results_check CHECK (((partner_id IS NULL) = (laboratory_number IS NULL))),
    CONSTRAINT test_results_import CHECK (((import_id IS NULL) = (import_revision IS NULL))),
    CONSTRAINT test_results_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'pooled'::text]))),
    CONSTRAINT test_results_laboratory_number_check CHECK (((length(laboratory_number) >= 1) AND (length(laboratory_number) <= 64))),
    CONSTRAINT test_results_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text]))),
    CONSTRAINT test_results_undone CHECK (((undone_by IS NULL) OR (withdrawn_at IS NOT NULL))),
    CONSTRAINT test_results_verdict CHECK ((((verdict IS NULL) = (reviewed_at IS NULL)) AND ((verdict IS NULL) OR (result = 'positive'::text)))),
    CONSTRAINT test_results_verdict_check CHECK ((verdict = ANY (ARRAY['approved'::text, 'rejected'::text])))
);
ALTER TABLE public.test_results OWNER TO jkb_migrator;
COMMENT ON TABLE public.test_results IS 'Nucleic acid tests; the time of sampling decides, not of the report';
COMMENT ON COLUMN public.test_results.laboratory_number IS 'Number of the result at its laboratory, by which it is corrected or withdrawn; a pool is one number and one row per person';
COMMENT ON COLUMN public.test_results.reviewed_at IS 'When a person approved or rejected the draft that a positive result made; it no longer stands alone then';
COMMENT ON COLUMN public.test_results.verdict IS 'What a person decided about a positive: an approved one has its confirmed finding, a rejected one counts for nothing';
ALTER TABLE public.test_results ALTER COLUMN test_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.test_results_test_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.visit_positions (
    person_id bigint NOT NULL,
    visited_on date NOT NULL,
    request_key bigint NOT NULL,
    is_far boolean NOT NULL,
    located_at timestamp with time zone NOT NULL
);
ALTER TABLE public.visit_positions OWNER TO jkb_migrator;
COMMENT ON TABLE public.visit_positions IS 'Whether the phone was at the door, for visits whose position came after the answer. The position itself is not kept; kept as long as visits are';
CREATE TABLE public.visit_withdrawals (
    person_id bigint NOT NULL,
    visited_on date NOT NULL,
    request_key bigint NOT NULL,
    withdrawn_at timestamp with time zone NOT NULL,
    withdrawn_by bigint NOT NULL
);
ALTER TABLE public.visit_withdrawals OWNER TO jkb_migrator;
COMMENT ON TABLE public.visit_withdrawals IS 'Visits of others that the account which stated them took back: the person was not there. The visit stays; kept as long as visits are';
CREATE TABLE public.visits (
    person_id bigint NOT NULL,
    request_key bigint NOT NULL,
    visited_on date NOT NULL,
    visited_ms integer NOT NULL,
    point_id integer NOT NULL,
    reason_bits smallint NOT NULL,
    answer smallint NOT NULL,
    CONSTRAINT visits_visited_ms_check CHECK (((visited_ms >= 0) AND (visited_ms <= 86399999)))
)
PARTITION BY RANGE (visited_on);
ALTER TABLE public.visits OWNER TO jkb_migrator;
COMMENT ON TABLE public.visits IS 'A person was at a point at a time, with the colour and decision given. Once per person and request within a day: a unique index on each partition';
CREATE VIEW public.traced_visits AS
 SELECT v.person_id,
    v.request_key,
    v.visited_on,
    public.visit_instant(v.visited_on, v.visited_ms) AS visited_at,
    v.point_id,
    ((v.answer)::integer & 3) AS colour,
    (((v.answer >> 2))::integer & 3) AS decision,
    (((v.answer)::integer & 16) <> 0) AS is_late,
    (((v.answer)::integer & 192) <> 0) AS is_stated_by_another,
    ((((v.answer)::integer & 32) <> 0) OR COALESCE(p.is_far, false)) AS is_far,
    ((((v.answer)::integer & 512) <> 0) AND (p.person_id IS NULL)) AS is_unlocated,
    w.withdrawn_at
   FROM ((public.visits v
     LEFT JOIN public.visit_withdrawals w ON (((w.person_id = v.person_id) AND (w.visited_on = v.visited_on) AND (w.request_key = v.request_key))))
     LEFT JOIN public.visit_positions p ON (((p.person_id = v.person_id) AND (p.visited_on = v.visited_on) AND (p.request_key = v.request_key))));
ALTER TABLE public.traced_visits OWNER TO jkb_migrator;
COMMENT ON VIEW public.traced_visits IS 'Visits as whoever traces has to read them: withdrawn, far away and unlocated ones are there and say so';
CREATE TABLE public.unclaimed_findings (
    unclaimed_id bigint NOT NULL,
    document_index bytea NOT NULL,
    category text NOT NULL,
    anchor_at timestamp with time zone NOT NULL,
    evidence text NOT NULL,
    source text NOT NULL,
    import_id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    entered_by bigint NOT NULL,
    approved_by bigint NOT NULL,
    workplace_index bytea,
    workplace_encrypted bytea,
    zone_id bigint,
    contact_person_id bigint,
    ended_at timestamp with time zone,
    lifted_by bigint,
    end_evidence text,
    CONSTRAINT unclaimed_findings_check CHECK ((ended_at >= anchor_at)),
    CONSTRAINT unclaimed_findings_workplace CHECK ((num_nonnulls(workplace_index, workplace_encrypted) = ANY (ARRAY[0, 2]))),
    CONSTRAINT unclaimed_findings_workplace_index_check CHECK ((octet_length(workplace_index) = 32))
);
ALTER TABLE public.unclaimed_findings OWNER TO jkb_migrator;
COMMENT ON TABLE public.unclaimed_findings IS 'Approved findings about people who have not registered yet, by blind index only; they move to the person at registration';
ALTER TABLE public.unclaimed_findings ALTER COLUMN unclaimed_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.unclaimed_findings_unclaimed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.unclaimed_results (
    partner_id bigint NOT NULL,
    laboratory_number text NOT NULL,
    document_index bytea NOT NULL,
    sampled_at timestamp with time zone NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    result text NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    import_id bigint,
    CONSTRAINT unclaimed_results_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'pooled'::text]))),
    CONSTRAINT unclaimed_results_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text])))
);
ALTER TABLE public.unclaimed_results OWNER TO jkb_migrator;
COMMENT ON TABLE public.unclaimed_results IS 'Results of people who have not registered yet, by blind index only; they move to the person at registration';
CREATE TABLE public.upstream_figures (
    provider text NOT NULL,
    slot_at timestamp with time zone NOT NULL,
    succeeded integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    milliseconds bigint DEFAULT 0 NOT NULL
);
ALTER TABLE public.upstream_figures OWNER TO jkb_migrator;
COMMENT ON TABLE public.upstream_figures IS 'Requests to each provider by slots of ten minutes, for a day';
CREATE TABLE public.upstream_state (
    provider text NOT NULL,
    breaker text DEFAULT 'closed'::text NOT NULL,
    last_success_at timestamp with time zone,
    last_failure_at timestamp with time zone,
    data_as_of timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT upstream_state_breaker_check CHECK ((breaker = ANY (ARRAY['closed'::text, 'open'::text, 'half_open'::text])))
);
ALTER TABLE public.upstream_state OWNER TO jkb_migrator;
COMMENT ON TABLE public.upstream_state IS 'Each provider: breaker, age of the last success and of the last failure';
CREATE TABLE public.venue_codes (
    code_id text NOT NULL,
    point_id integer NOT NULL,
    issued_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    retired_reason text,
    request_id uuid,
    CONSTRAINT venue_codes_code_id_check CHECK ((code_id ~ '^[0-9A-HJKMNP-TV-Z]{10}$'::text))
);
ALTER TABLE public.venue_codes OWNER TO jkb_migrator;
COMMENT ON TABLE public.venue_codes IS 'Random part of every venue code ever posted; retired ones stay so that an old poster can say why';
CREATE TABLE public.venue_managers (
    venue_id integer NOT NULL,
    operator_id bigint NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.venue_managers OWNER TO jkb_migrator;
COMMENT ON TABLE public.venue_managers IS 'Operators with the role venue_manager or checker act only on these venues';
CREATE TABLE public.venue_points (
    point_id integer NOT NULL,
    venue_id integer NOT NULL,
    name text NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    request_id uuid,
    CONSTRAINT venue_points_state_check CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text])))
);
ALTER TABLE public.venue_points OWNER TO jkb_migrator;
COMMENT ON TABLE public.venue_points IS 'Entrance, floor or vehicle of a venue; each has one posted code at a time';
ALTER TABLE public.venue_points ALTER COLUMN point_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.venue_points_point_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues (
    venue_id integer NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    division_code text NOT NULL,
    address text NOT NULL,
    credit_code text,
    responsible_name_encrypted bytea NOT NULL,
    responsible_phone_encrypted bytea NOT NULL,
    latitude double precision,
    longitude double precision,
    state text NOT NULL,
    state_reason text,
    pending_change jsonb,
    applied_by bigint NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT venues_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
    CONSTRAINT venues_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
    CONSTRAINT venues_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'rejected'::text, 'active'::text, 'suspended'::text, 'closed'::text])))
);
ALTER TABLE public.venues OWNER TO jkb_migrator;
COMMENT ON TABLE public.venues IS 'Places with posted codes';
COMMENT ON COLUMN public.venues.pending_change IS 'Requested change of name, kind, division, address or responsible person, in force only once approved; personal fields encrypted, base64';
ALTER TABLE public.venues ALTER COLUMN venue_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.venues_venue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.visit_parties (
    person_id bigint NOT NULL,
    request_key bigint NOT NULL,
    visited_on date NOT NULL,
    content_hash bigint NOT NULL,
    person_ids bigint[] NOT NULL,
    member_count smallint NOT NULL
);
ALTER TABLE public.visit_parties OWNER TO jkb_migrator;
COMMENT ON TABLE public.visit_parties IS 'Scans for several people by the holder who stated them; kept for four days, longer than a scan can be sent again';
CREATE TABLE public.visits_20261130 (
    person_id bigint NOT NULL,
    request_key bigint NOT NULL,
    visited_on date NOT NULL,
    visited_ms integer NOT NULL,
    point_id integer NOT NULL,
    reason_bits smallint NOT NULL,
    answer smallint NOT NULL,
    CONSTRAINT visits_visited_ms_check CHECK (((visited_ms >= 0) AND (visited_ms <= 86399999)))
);
ALTER TABLE public.visits_20261130 OWNER TO jkb_migrator;
CREATE TABLE public.zones (
    zone_id bigint NOT NULL,
    division_code text NOT NULL,
    name text NOT NULL,
    area_id bigint,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT zones_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);
ALTER TABLE public.zones OWNER TO jkb_migrator;
COMMENT ON TABLE public.zones IS 'Controlled places whose people are lifted together; standing as long as findings in it are';
ALTER TABLE public.zones ALTER COLUMN zone_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.zones_zone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.checks ATTACH PARTITION public.checks_20261130 FOR VALUES FROM ('2026-11-30') TO ('2026-12-01');
ALTER TABLE ONLY public.visits ATTACH PARTITION public.visits_20261130 FOR VALUES FROM ('2026-11-30') TO ('2026-12-01');
INSERT INTO public.accounts OVERRIDING SYSTEM VALUE VALUES (1, '\x01', '\x01', 1, '2026-01', '2026-11-02 00:00:00+00', '2026-11-02 00:00:00+00');
INSERT INTO public.accounts OVERRIDING SYSTEM VALUE VALUES (2, '\x02', '\x02', 2, '2026-01', '2026-11-02 01:00:00+00', '2026-11-02 01:00:00+00');
INSERT INTO public.admission_policies VALUES ('restaurant', 1, 3, 2, 3, 72, false, 24, false);
INSERT INTO public.admission_policies VALUES ('railway_station', 1, 3, 2, 3, NULL, true, 24, true);
INSERT INTO public.appeals VALUES ('00000000-0000-4000-8000-000000000005', 2, 2, '00000000-0000-4000-8000-000000000106', 'confirmed', '\x01', '\x01', '999901', 'submitted', '2026-11-07 00:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.audit_entries OVERRIDING SYSTEM VALUE VALUES (1, '2026-11-30 02:01:40.228513+00', 'operator', '1', 'proposal.approved', 'proposal', '1', NULL, '{"personId": "2"}', 'r1');
INSERT INTO public.audit_seal_leaves VALUES (1, '\x01');
INSERT INTO public.audit_seals VALUES (1, 1, 1, 1, '\x3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea', '\x0000000000000000000000000000000000000000000000000000000000000000', '2026-11-20 00:00:00+00', 1, '\x00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.checks_20261130 VALUES ('00000000-0000-4000-8000-000000000104', '2026-11-30', '2026-11-30 02:01:40.073012+00', 2, 'device', 1, 0, 1, 0, 0, 0, NULL, 1, NULL, NULL, '进站核验');
INSERT INTO public.city VALUES (true, 'demonstration', '999900', '示例', 'Sample', '12345', '2026-11-01 00:00:00+00');
INSERT INTO public.colour_texts VALUES (1, '2026-11-10 00:00:00+00', NULL, NULL, NULL, 0, NULL);
INSERT INTO public.database_state VALUES (true, '1a254852-9d74-4175-a203-a3629f33b77e', 'eb9b1498-37ab-419e-b5d1-f2762a8dfe7e', 0, '652008d5-28a4-4572-9c2c-11b6c6d4f1fb', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.declaration_versions VALUES ('00000000-0000-4000-8000-000000000006', 1, 'entry', 1, 1, '00000000-0000-4000-8000-000000000002', '\x01', '\x18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4', '2026-11-20 00:00:00+00', '00000000-0000-4000-8000-000000000108', '999901');
INSERT INTO public.devices VALUES ('00000000-0000-4000-8000-000000000004', 2, '手机一', 2, '2026-11-05 00:00:00+00', '2026-12-05 00:00:00+00', NULL, NULL, NULL);
INSERT INTO public.divisions VALUES ('999900', NULL, '示例市', 'Sample City', 'city');
INSERT INTO public.divisions VALUES ('999901', '999900', '甲区', 'District One', 'district');
INSERT INTO public.entry_current VALUES (1, '00000000-0000-4000-8000-000000000006', '2026-11-28 00:00:00+00', '2026-11-24 00:00:00+00');
INSERT INTO public.entry_persons VALUES (1, '00000000-0000-4000-8000-000000000006', NULL, NULL, NULL);
INSERT INTO public.entry_registrations VALUES ('00000000-0000-4000-8000-000000000006', 1, 1, 'submitted', 'train', '2026-11-25 00:00:00+00', '330106', '999901', '2026-11-20 00:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.findings OVERRIDING SYSTEM VALUE VALUES (1, 2, 'confirmed', '2026-11-05 00:00:00+00', NULL, NULL, '报告', 'operator', '{}', 1, 2, 1, '2026-11-06 01:00:00+00', NULL, 1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.identity_documents VALUES ('\x6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b', 1);
INSERT INTO public.identity_documents VALUES ('\xd4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35', 2);
INSERT INTO public.identity_documents VALUES ('\x4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce', 3);
INSERT INTO public.imports OVERRIDING SYSTEM VALUE VALUES (1, 'findings', 'failed', 'list.csv', 10, NULL, NULL, NULL, '示例来源', '示例依据', 2, '2026-11-07 00:00:00+00', '999901', '00000000-0000-4000-8000-000000000107', NULL, '{}', NULL, 0, 0, '{}', NULL, 'reading', 0, 0, NULL, 0, false, NULL, NULL, NULL, NULL, '[]', false, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.job_runs VALUES ('purge', '2026-11-01 00:00:00+00', NULL, NULL, 0, NULL);
INSERT INTO public.key_fingerprints VALUES ('data', 1, '\x8254c329a92850f6d539dd376f4816ee2764517da5e0235514af433164480d7a', NULL, '2026-11-01 00:00:00+00');
INSERT INTO public.lookups OVERRIDING SYSTEM VALUE VALUES (1, 1, '2026-11-10 00:00:00+00', 'console_search', '电话核实', 2, NULL, '甲区专班', NULL);
INSERT INTO public.members VALUES ('00000000-0000-4000-8000-000000000001', 1, 3, 'parent', 'given_in_person', '2026-11-03 01:00:00+00', NULL, '00000000-0000-4000-8000-000000000101');
INSERT INTO public.notices VALUES ('00000000-0000-4000-8000-000000000003', 1, 'colour_changed', '{}', '2026-11-10 00:00:00+00', NULL);
INSERT INTO public.operator_activations OVERRIDING SYSTEM VALUE VALUES (1, 2, '\xca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb', '\x01', '2026-11-01 00:00:00+00', NULL, '2026-11-08 00:00:00+00', NULL, NULL);
INSERT INTO public.operators OVERRIDING SYSTEM VALUE VALUES (1, 'hq.one', '指挥一', '示例市指挥部', '{hq}', '999900', 'x', '\x01', 0, true, true, '2026-11-01 00:00:00+00', NULL, NULL);
INSERT INTO public.operators OVERRIDING SYSTEM VALUE VALUES (2, 'office.one', '专班一', '甲区专班', '{office}', '999901', 'x', '\x01', 0, true, true, '2026-11-01 00:00:00+00', NULL, NULL);
INSERT INTO public.partners OVERRIDING SYSTEM VALUE VALUES (1, '示例实验室', 'laboratory', '\xa51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7', 120, '2026-11-04 00:00:00+00', NULL);
INSERT INTO public.person_codes VALUES ('\x00010203040506070809', 1, 'live', '2026-11-02 00:00:00+00', NULL, NULL, NULL);
INSERT INTO public.persons OVERRIDING SYSTEM VALUE VALUES (1, 'resident_id', '\x01', '张*', '\x01', NULL, NULL, NULL, '2026-11-02 00:00:00+00', false);
INSERT INTO public.persons OVERRIDING SYSTEM VALUE VALUES (3, 'resident_id', '\x01', '李**', '\x01', NULL, NULL, NULL, '2026-11-03 01:00:00+00', false);
INSERT INTO public.persons OVERRIDING SYSTEM VALUE VALUES (2, 'passport', '\x01', 'L**', '\x01', NULL, NULL, NULL, '2026-11-02 01:00:00+00', true);
INSERT INTO public.proposals OVERRIDING SYSTEM VALUE VALUES (1, 'finding.add', 2, '{"category": "confirmed"}', '999901', 'approved', 2, '2026-11-06 00:00:00+00', '2026-11-09 00:00:00+00', 1, '2026-11-06 01:00:00+00', '核实', '00000000-0000-4000-8000-000000000105', NULL, NULL, NULL, false, '[]', 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.provincial_codes VALUES (2, 'identity_stale', NULL, NULL, NULL, '2026-11-30 16:00:00+00', 0);
INSERT INTO public.risk_areas OVERRIDING SYSTEM VALUE VALUES (1, '330106', '示例街道', 'high', '2026-10-31 16:00:00+00', NULL, 'file', NULL, '2026-10-31 16:00:00+00', 'part', NULL, NULL, NULL, NULL);
INSERT INTO public.rulesets VALUES ('2026-01', '{"categories": {}}', '2026-10-31 16:00:00+00', '2026-10-31 16:00:00+00', 'seed', NULL, 0, 0, 0, '2026-10-31 16:00:00+00', NULL);
INSERT INTO public.schema_migrations VALUES (1, 'create_offices', 'e71df93cbfe9ca5dc4fedb6bf6d17498f14a9197e7e7b452c434ca2ff6c523b9', '2026-11-30 02:01:37.598742+00');
INSERT INTO public.schema_migrations VALUES (2, 'create_people', 'b5351799132d1c3e91c4f9d6b122a475972b7ffa64b6e2e1b0ce42e875381176', '2026-11-30 02:01:37.693138+00');
INSERT INTO public.schema_migrations VALUES (3, 'create_ledger', '3f9ce84708dc604434182c2ac5dd38279ae07ac71564d0cdb507185bbf229d0b', '2026-11-30 02:01:37.822798+00');
INSERT INTO public.schema_migrations VALUES (4, 'create_doors', '6eec78f66e397ed643a9e46f318c013b5d431e2df5c26d7f79013da925deee11', '2026-11-30 02:01:37.949956+00');
INSERT INTO public.schema_migrations VALUES (5, 'create_visits', '5f0432d45bf8664e8acb340c49943b67373d0c836807601f41f713d68ebc50a1', '2026-11-30 02:01:38.192901+00');
INSERT INTO public.schema_migrations VALUES (6, 'create_inflow', '8f16261e8bd7a4e581903da30297aea1d30304e94ac05712a5efcef2c4f16c55', '2026-11-30 02:01:38.271866+00');
INSERT INTO public.schema_migrations VALUES (7, 'create_proposals', '9c0c21072dbfe6deb1cb3a137a2b325a23031696d6d2c947893975fd592b18fd', '2026-11-30 02:01:38.416245+00');
INSERT INTO public.schema_migrations VALUES (8, 'create_lists', '3f5d1496b2213481c42a58e10ef3cf4bd2d808cdbe077084849969fc224419d0', '2026-11-30 02:01:38.840931+00');
INSERT INTO public.schema_migrations VALUES (9, 'create_colours', '5f15c68f995c87d7f5f16b129d057b5d13e1ec6fc2ccce9c1f4364c01847544c', '2026-11-30 02:01:38.923972+00');
INSERT INTO public.schema_migrations VALUES (10, 'create_journeys', '30010569b91ac9e1d1eca937fb4ba7f67446378f76fa28c6a40db79d81a5b0af', '2026-11-30 02:01:39.20641+00');
INSERT INTO public.schema_migrations VALUES (11, 'create_watch', '7d8f6e6e8f84b125069271412851acdc1347d9c1f83f1afcfadc209fd713229f', '2026-11-30 02:01:39.594571+00');
INSERT INTO public.sessions VALUES ('00000000-0000-4000-8000-000000000002', 1, '\x01', 'Phone', '2026-11-02 00:00:00+00', '2026-11-20 00:00:00+00', '2026-12-20 00:00:00+00', NULL, NULL);
INSERT INTO public.status_changes OVERRIDING SYSTEM VALUE VALUES (1, 2, '2026-11-06 01:00:00+00', 1, 3, '[{"category": "confirmed"}]', 'finding', '2026-01');
INSERT INTO public.status_current VALUES (1, 1, '[]', '2026-11-20 11:00:00+00', NULL, NULL, NULL, NULL, '2026-01');
INSERT INTO public.status_current VALUES (2, 3, '[{"category": "confirmed"}]', '2026-11-06 01:00:00+00', NULL, NULL, NULL, NULL, '2026-01');
INSERT INTO public.status_current VALUES (3, 1, '[]', '2026-11-20 11:00:00+00', NULL, NULL, NULL, NULL, '2026-01');
INSERT INTO public.stays OVERRIDING SYSTEM VALUE VALUES (1, 1, '00000000-0000-4000-8000-000000000006', 1, '330106', '2026-11-01', '2026-11-20', true, '999901', 'entry_registration', NULL);
INSERT INTO public.test_results OVERRIDING SYSTEM VALUE VALUES (1, 1, '2026-11-20 00:00:00+00', '2026-11-20 10:00:00+00', 'negative', 'single', 'lab', NULL, 1, 'N1', 1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.venue_codes VALUES ('0123456789', 1, '2026-11-04 00:00:00+00', NULL, NULL, NULL);
INSERT INTO public.venue_codes VALUES ('ABCDEFGHJK', 2, '2026-11-04 00:00:00+00', NULL, NULL, NULL);
INSERT INTO public.venue_managers VALUES (1, 2, '2026-11-04 00:00:00+00');
INSERT INTO public.venue_points OVERRIDING SYSTEM VALUE VALUES (1, 1, '正门', 'active', '2026-11-04 00:00:00+00', NULL);
INSERT INTO public.venue_points OVERRIDING SYSTEM VALUE VALUES (2, 2, '出站口', 'active', '2026-11-04 00:00:00+00', NULL);
INSERT INTO public.venues OVERRIDING SYSTEM VALUE VALUES (1, '一号食堂', 'restaurant', '999901', '示例路 1 号', NULL, '\x01', '\x01', NULL, NULL, 'active', NULL, NULL, 2, '2026-11-04 00:00:00+00', '00000000-0000-4000-8000-000000000102');
INSERT INTO public.venues OVERRIDING SYSTEM VALUE VALUES (2, '示例站', 'railway_station', '999901', '站前路 1 号', NULL, '\x01', '\x01', NULL, NULL, 'active', NULL, NULL, 2, '2026-11-04 00:00:00+00', '00000000-0000-4000-8000-000000000103');
INSERT INTO public.visit_withdrawals VALUES (2, '2026-11-30', 12, '2026-11-30 02:01:40.080048+00', 1);
INSERT INTO public.visits_20261130 VALUES (1, 11, '2026-11-30', 36000000, 1, 0, 5);
INSERT INTO public.visits_20261130 VALUES (2, 12, '2026-11-30', 36001000, 2, 0, 9);
INSERT INTO public.zones OVERRIDING SYSTEM VALUE VALUES (1, '999901', '一号楼', 1, '2026-11-05 00:00:00+00');
SELECT pg_catalog.setval('public.accounts_account_id_seq', 2, true);
SELECT pg_catalog.setval('public.appeal_steps_step_id_seq', 1, false);
SELECT pg_catalog.setval('public.audit_entries_audit_id_seq', 1, true);
SELECT pg_catalog.setval('public.declaration_matters_matter_id_seq', 1, false);
SELECT pg_catalog.setval('public.entry_follow_ups_follow_up_id_seq', 1, false);
SELECT pg_catalog.setval('public.findings_finding_id_seq', 1, true);
SELECT pg_catalog.setval('public.imports_import_id_seq', 1, true);
SELECT pg_catalog.setval('public.lookups_lookup_id_seq', 1, true);
SELECT pg_catalog.setval('public.operator_activations_activation_id_seq', 1, true);
SELECT pg_catalog.setval('public.operators_operator_id_seq', 2, true);
SELECT pg_catalog.setval('public.partners_partner_id_seq', 1, true);
SELECT pg_catalog.setval('public.persons_person_id_seq', 3, true);
SELECT pg_catalog.setval('public.proposals_proposal_id_seq', 1, true);
SELECT pg_catalog.setval('public.risk_area_feeds_version_seq', 1, false);
SELECT pg_catalog.setval('public.risk_areas_area_id_seq', 1, true);
SELECT pg_catalog.setval('public.ruleset_drafts_draft_id_seq', 1, false);
SELECT pg_catalog.setval('public.status_changes_change_id_seq', 1, true);
SELECT pg_catalog.setval('public.stays_stay_id_seq', 1, true);
SELECT pg_catalog.setval('public.test_results_test_id_seq', 1, true);
SELECT pg_catalog.setval('public.unclaimed_findings_unclaimed_id_seq', 1, false);
SELECT pg_catalog.setval('public.venue_points_point_id_seq', 2, true);
SELECT pg_catalog.setval('public.venues_venue_id_seq', 2, true);
SELECT pg_catalog.setval('public.zones_zone_id_seq', 1, true);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_person_id_key UNIQUE (person_id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_phone_index_key UNIQUE (phone_index);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.admission_policies
    ADD CONSTRAINT admission_policies_pkey PRIMARY KEY (kind);
ALTER TABLE ONLY public.appeal_pictures
    ADD CONSTRAINT appeal_pictures_pkey PRIMARY KEY (appeal_id, number);
ALTER TABLE ONLY public.appeal_steps
    ADD CONSTRAINT appeal_steps_pkey PRIMARY KEY (step_id);
ALTER TABLE ONLY public.appeals
    ADD CONSTRAINT appeals_account_id_request_id_key UNIQUE (account_id, request_id);
ALTER TABLE ONLY public.appeals
    ADD CONSTRAINT appeals_pkey PRIMARY KEY (appeal_id);
ALTER TABLE ONLY public.appeals
    ADD CONSTRAINT appeals_proposal_id_key UNIQUE (proposal_id);
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (audit_id);
ALTER TABLE ONLY public.audit_seal_leaves
    ADD CONSTRAINT audit_seal_leaves_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.audit_seals
    ADD CONSTRAINT audit_seals_from_id_key UNIQUE (from_id);
ALTER TABLE ONLY public.audit_seals
    ADD CONSTRAINT audit_seals_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.audit_seals
    ADD CONSTRAINT audit_seals_to_id_key UNIQUE (to_id);
ALTER TABLE ONLY public.audit_verifications
    ADD CONSTRAINT audit_verifications_pkey PRIMARY KEY (verification_id);
ALTER TABLE ONLY public.checks
    ADD CONSTRAINT checks_pkey PRIMARY KEY (caller, checked_on, request_id);
ALTER TABLE ONLY public.checks_20261130
    ADD CONSTRAINT checks_20261130_pkey PRIMARY KEY (caller, checked_on, request_id);
ALTER TABLE ONLY public.city
    ADD CONSTRAINT city_pkey PRIMARY KEY (only_one);
ALTER TABLE ONLY public.colour_texts
    ADD CONSTRAINT colour_texts_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.database_state
    ADD CONSTRAINT database_state_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.database_witnesses
    ADD CONSTRAINT database_witnesses_pkey PRIMARY KEY (server_id);
ALTER TABLE ONLY public.declaration_matters
    ADD CONSTRAINT declaration_matters_pkey PRIMARY KEY (matter_id);
ALTER TABLE ONLY public.declaration_matters
    ADD CONSTRAINT declaration_matters_proposal_id_key UNIQUE (proposal_id);
ALTER TABLE ONLY public.declaration_versions
    ADD CONSTRAINT declaration_versions_account_id_request_id_key UNIQUE (account_id, request_id);
ALTER TABLE ONLY public.declaration_versions
    ADD CONSTRAINT declaration_versions_pkey PRIMARY KEY (declaration_id, version);
ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (device_id);
ALTER TABLE ONLY public.dirty_persons
    ADD CONSTRAINT dirty_persons_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.divisions
    ADD CONSTRAINT divisions_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.entry_current
    ADD CONSTRAINT entry_current_pkey PRIMARY KEY (person_id, entry_id);
ALTER TABLE ONLY public.entry_follow_ups
    ADD CONSTRAINT entry_follow_ups_operator_id_request_id_key UNIQUE (operator_id, request_id);
ALTER TABLE ONLY public.entry_follow_ups
    ADD CONSTRAINT entry_follow_ups_pkey PRIMARY KEY (follow_up_id);
ALTER TABLE ONLY public.entry_former
    ADD CONSTRAINT entry_former_pkey PRIMARY KEY (person_id, entry_id, version);
ALTER TABLE ONLY public.entry_marks
    ADD CONSTRAINT entry_marks_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.entry_persons
    ADD CONSTRAINT entry_persons_pkey PRIMARY KEY (person_id, entry_id);
ALTER TABLE ONLY public.entry_registrations
    ADD CONSTRAINT entry_registrations_pkey PRIMARY KEY (entry_id);
ALTER TABLE ONLY public.face_checks
    ADD CONSTRAINT face_checks_pkey PRIMARY KEY (face_check_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_pkey PRIMARY KEY (finding_id);
ALTER TABLE ONLY public.identity_documents
    ADD CONSTRAINT identity_documents_pkey PRIMARY KEY (document_index);
ALTER TABLE ONLY public.import_errors
    ADD CONSTRAINT import_errors_pkey PRIMARY KEY (import_id, row_number);
ALTER TABLE ONLY public.import_parts
    ADD CONSTRAINT import_parts_pkey PRIMARY KEY (import_id, part);
ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_import_id_row_key_key UNIQUE (import_id, row_key);
ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, row_number);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (import_id);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_uploaded_by_request_id_key UNIQUE (uploaded_by, request_id);
ALTER TABLE ONLY public.job_runs
    ADD CONSTRAINT job_runs_pkey PRIMARY KEY (job);
ALTER TABLE ONLY public.key_fingerprints
    ADD CONSTRAINT key_fingerprints_pkey PRIMARY KEY (kind, key_id);
ALTER TABLE ONLY public.listed_again
    ADD CONSTRAINT listed_again_pkey PRIMARY KEY (document_index, category, anchor_at, import_id);
ALTER TABLE ONLY public.lookups
    ADD CONSTRAINT lookups_pkey PRIMARY KEY (lookup_id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_account_id_request_id_key UNIQUE (account_id, request_id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (member_id);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (notice_id);
ALTER TABLE ONLY public.numeric_codes
    ADD CONSTRAINT numeric_codes_pkey PRIMARY KEY (digits);
ALTER TABLE ONLY public.operator_activations
    ADD CONSTRAINT operator_activations_code_hash_key UNIQUE (code_hash);
ALTER TABLE ONLY public.operator_activations
    ADD CONSTRAINT operator_activations_pkey PRIMARY KEY (activation_id);
ALTER TABLE ONLY public.operator_sessions
    ADD CONSTRAINT operator_sessions_pkey PRIMARY KEY (session_hash);
ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operators_pkey PRIMARY KEY (operator_id);
ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operators_request_id_key UNIQUE (request_id);
ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operators_username_key UNIQUE (username);
ALTER TABLE ONLY public.partner_batches
    ADD CONSTRAINT partner_batches_pkey PRIMARY KEY (partner_id, batch_id);
ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_key_hash_key UNIQUE (key_hash);
ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_name_key UNIQUE (name);
ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_pkey PRIMARY KEY (partner_id);
ALTER TABLE ONLY public.person_codes
    ADD CONSTRAINT person_codes_person_id_request_id_key UNIQUE (person_id, request_id);
ALTER TABLE ONLY public.person_codes
    ADD CONSTRAINT person_codes_pkey PRIMARY KEY (code_id);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT persons_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_pkey PRIMARY KEY (proposal_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_request_id_key UNIQUE (request_id);
ALTER TABLE ONLY public.provincial_codes
    ADD CONSTRAINT provincial_codes_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.rate_counters
    ADD CONSTRAINT rate_counters_pkey PRIMARY KEY (key, window_start);
ALTER TABLE ONLY public.risk_area_feeds
    ADD CONSTRAINT risk_area_feeds_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.risk_areas
    ADD CONSTRAINT risk_areas_pkey PRIMARY KEY (area_id);
ALTER TABLE ONLY public.risk_areas
    ADD CONSTRAINT risk_areas_source_source_id_key UNIQUE (source, source_id);
ALTER TABLE ONLY public.ruleset_drafts
    ADD CONSTRAINT ruleset_drafts_created_by_request_id_key UNIQUE (created_by, request_id);
ALTER TABLE ONLY public.ruleset_drafts
    ADD CONSTRAINT ruleset_drafts_pkey PRIMARY KEY (draft_id);
ALTER TABLE ONLY public.rulesets
    ADD CONSTRAINT rulesets_pkey PRIMARY KEY (ruleset_id);
ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (session_id);
ALTER TABLE ONLY public.sms_challenges
    ADD CONSTRAINT sms_challenges_pkey PRIMARY KEY (challenge_id);
ALTER TABLE ONLY public.status_changes
    ADD CONSTRAINT status_changes_pkey PRIMARY KEY (change_id);
ALTER TABLE ONLY public.status_current
    ADD CONSTRAINT status_current_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.stays
    ADD CONSTRAINT stays_pkey PRIMARY KEY (person_id, stay_id);
ALTER TABLE ONLY public.test_results
    ADD CONSTRAINT test_results_pkey PRIMARY KEY (test_id);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_document_index_category_anchor_at_key UNIQUE (document_index, category, anchor_at);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_pkey PRIMARY KEY (unclaimed_id);
ALTER TABLE ONLY public.unclaimed_results
    ADD CONSTRAINT unclaimed_results_pkey PRIMARY KEY (partner_id, laboratory_number, document_index);
ALTER TABLE ONLY public.upstream_figures
    ADD CONSTRAINT upstream_figures_pkey PRIMARY KEY (provider, slot_at);
ALTER TABLE ONLY public.upstream_state
    ADD CONSTRAINT upstream_state_pkey PRIMARY KEY (provider);
ALTER TABLE ONLY public.venue_codes
    ADD CONSTRAINT venue_codes_pkey PRIMARY KEY (code_id);
ALTER TABLE ONLY public.venue_codes
    ADD CONSTRAINT venue_codes_request_id_key UNIQUE (request_id);
ALTER TABLE ONLY public.venue_managers
    ADD CONSTRAINT venue_managers_pkey PRIMARY KEY (operator_id, venue_id);
ALTER TABLE ONLY public.venue_points
    ADD CONSTRAINT venue_points_pkey PRIMARY KEY (point_id);
ALTER TABLE ONLY public.venue_points
    ADD CONSTRAINT venue_points_request_id_key UNIQUE (request_id);
ALTER TABLE ONLY public.venues
    ADD CONSTRAINT venues_pkey PRIMARY KEY (venue_id);
ALTER TABLE ONLY public.venues
    ADD CONSTRAINT venues_request_id_key UNIQUE (request_id);
ALTER TABLE ONLY public.visit_parties
    ADD CONSTRAINT visit_parties_pkey PRIMARY KEY (person_id, request_key);
ALTER TABLE ONLY public.visit_positions
    ADD CONSTRAINT visit_positions_pkey PRIMARY KEY (person_id, visited_on, request_key);
ALTER TABLE ONLY public.visit_withdrawals
    ADD CONSTRAINT visit_withdrawals_pkey PRIMARY KEY (person_id, visited_on, request_key);
ALTER TABLE ONLY public.zones
    ADD CONSTRAINT zones_division_code_name_key UNIQUE (division_code, name);
ALTER TABLE ONLY public.zones
    ADD CONSTRAINT zones_pkey PRIMARY KEY (zone_id);
CREATE INDEX appeal_steps_appeal ON public.appeal_steps USING btree (appeal_id, step_id);
CREATE INDEX appeals_account ON public.appeals USING btree (account_id, submitted_at DESC);
CREATE INDEX appeals_division ON public.appeals USING btree (division_code text_pattern_ops, submitted_at DESC, appeal_id DESC);
CREATE INDEX appeals_ended ON public.appeals USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX appeals_open ON public.appeals USING btree (person_id, category) WHERE (state = ANY (ARRAY['submitted'::text, 'in_progress'::text, 'proposed'::text]));
CREATE INDEX audit_entries_actor ON public.audit_entries USING btree (actor_kind, actor_id, audit_id DESC);
CREATE INDEX audit_entries_object ON public.audit_entries USING btree (object_kind, object_id, audit_id DESC);
CREATE INDEX audit_entries_person ON public.audit_entries USING btree (((details ->> 'personId'::text)), audit_id DESC) WHERE (details ? 'personId'::text);
CREATE INDEX audit_entries_persons ON public.audit_entries USING gin (((details -> 'persons'::text))) WHERE (details ? 'persons'::text);
CREATE INDEX audit_entries_time ON public.audit_entries USING btree (occurred_at);
CREATE UNIQUE INDEX audit_verifications_open ON public.audit_verifications USING btree ((true)) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX audit_verifications_requested ON public.audit_verifications USING btree (requested_at DESC);
CREATE INDEX checks_person ON ONLY public.checks USING btree (person_id, checked_at) WHERE (person_id IS NOT NULL);
CREATE INDEX checks_20261130_person_id_checked_at_idx ON public.checks_20261130 USING btree (person_id, checked_at) WHERE (person_id IS NOT NULL);
CREATE INDEX colour_texts_due ON public.colour_texts USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX declaration_matters_declaration ON public.declaration_matters USING btree (declaration_id);
CREATE UNIQUE INDEX declaration_matters_fact ON public.declaration_matters USING btree (person_id, declaration_id, category, anchor_at) WHERE (stay_id IS NULL);
CREATE UNIQUE INDEX declaration_matters_stay ON public.declaration_matters USING btree (person_id, stay_id, category) WHERE ((stay_id IS NOT NULL) AND (state = 'waiting'::text));
CREATE INDEX declaration_matters_waiting ON public.declaration_matters USING btree (division_code text_pattern_ops, matter_id) WHERE (state = 'waiting'::text);
CREATE INDEX declaration_versions_account ON public.declaration_versions USING btree (account_id, declared_at DESC, declaration_id);
CREATE INDEX declaration_versions_age ON public.declaration_versions USING btree (kind, declared_at);
CREATE INDEX declaration_versions_person ON public.declaration_versions USING btree (person_id, declared_at DESC);
CREATE INDEX devices_latest ON public.devices USING btree (registered_at DESC, device_id DESC);
CREATE INDEX dirty_persons_order ON public.dirty_persons USING btree (priority, marked_at);
CREATE INDEX entry_current_entry ON public.entry_current USING btree (entry_id);
CREATE INDEX entry_follow_ups_entry ON public.entry_follow_ups USING btree (entry_id, follow_up_id);
CREATE INDEX entry_former_entry ON public.entry_former USING btree (entry_id);
CREATE INDEX entry_persons_entry ON public.entry_persons USING btree (entry_id);
CREATE INDEX entry_registrations_account ON public.entry_registrations USING btree (account_id, submitted_at DESC);
CREATE INDEX entry_registrations_destination ON public.entry_registrations USING btree (destination_code text_pattern_ops, planned_arrival_at);
CREATE INDEX entry_registrations_number ON public.entry_registrations USING btree (arrival_number_index) WHERE (arrival_number_index IS NOT NULL);
CREATE INDEX entry_registrations_open ON public.entry_registrations USING btree (planned_arrival_at) WHERE (state = 'submitted'::text);
CREATE INDEX entry_registrations_planned ON public.entry_registrations USING btree (planned_arrival_at, entry_id);
CREATE INDEX findings_contact ON public.findings USING btree (contact_person_id) WHERE (contact_person_id IS NOT NULL);
CREATE UNIQUE INDEX findings_declaration ON public.findings USING btree (person_id, category, ((details ->> 'declarationId'::text)), anchor_at) WHERE ((details ? 'declarationId'::text) AND (NOT (details ? 'stayId'::text)));
CREATE UNIQUE INDEX findings_import ON public.findings USING btree (import_id, person_id, category, anchor_at) WHERE (import_id IS NOT NULL);
CREATE INDEX findings_lifted ON public.findings USING btree (lifted_by) WHERE (lifted_by IS NOT NULL);
CREATE INDEX findings_person ON public.findings USING btree (person_id);
CREATE UNIQUE INDEX findings_pool ON public.findings USING btree (person_id, ((details ->> 'poolId'::text))) WHERE ((category = 'pool_positive'::text) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX findings_proposal ON public.findings USING btree (proposal_id) WHERE (import_id IS NULL);
CREATE UNIQUE INDEX findings_provincial ON public.findings USING btree (person_id) WHERE ((category = 'provincial'::text) AND (ended_at IS NULL) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX findings_stay ON public.findings USING btree (person_id, category, ((details ->> 'stayId'::text))) WHERE (details ? 'stayId'::text);
CREATE INDEX findings_zone ON public.findings USING btree (zone_id) WHERE (zone_id IS NOT NULL);
CREATE INDEX import_rows_person ON public.import_rows USING btree (import_id, person_id);
CREATE INDEX imports_file ON public.imports USING btree (file_sha256, kind);
CREATE INDEX imports_recent ON public.imports USING btree (division_code text_pattern_ops, import_id DESC);
CREATE INDEX imports_work ON public.imports USING btree (import_id) WHERE ((state = ANY (ARRAY['waiting'::text, 'checking'::text, 'applying'::text, 'undoing'::text])) OR recount_requested);
CREATE INDEX listed_again_import ON public.listed_again USING btree (import_id);
CREATE INDEX lookups_person ON public.lookups USING btree (person_id, lookup_id DESC);
CREATE UNIQUE INDEX members_once ON public.members USING btree (account_id, person_id) WHERE (removed_at IS NULL);
CREATE INDEX members_person ON public.members USING btree (person_id) WHERE (removed_at IS NULL);
CREATE INDEX notices_account ON public.notices USING btree (account_id, created_at DESC, notice_id DESC);
CREATE INDEX notices_unread ON public.notices USING btree (account_id) WHERE (read_at IS NULL);
CREATE UNIQUE INDEX operator_activations_open ON public.operator_activations USING btree (operator_id) WHERE ((used_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX operator_sessions_operator ON public.operator_sessions USING btree (operator_id);
CREATE INDEX partner_batches_age ON public.partner_batches USING btree (received_at);
CREATE UNIQUE INDEX person_codes_in_force ON public.person_codes USING btree (person_id, kind) WHERE (revoked_at IS NULL);
CREATE INDEX proposals_alarm_open ON public.proposals USING btree (proposal_id) WHERE ((alarms <> '[]'::jsonb) AND (alarm_acknowledged_by IS NULL));
CREATE INDEX proposals_alarmed ON public.proposals USING btree (proposal_id DESC) WHERE (alarms <> '[]'::jsonb);
CREATE INDEX proposals_division ON public.proposals USING btree (division_code, proposed_at);
CREATE UNIQUE INDEX proposals_draft ON public.proposals USING btree (draft_id) WHERE (state = ANY (ARRAY['open'::text, 'approved'::text]));
CREATE UNIQUE INDEX proposals_import ON public.proposals USING btree (import_id) WHERE ((kind = 'import.apply'::text) AND (state = ANY (ARRAY['open'::text, 'approved'::text])));
CREATE INDEX proposals_open ON public.proposals USING btree (state, proposal_id DESC);
CREATE UNIQUE INDEX proposals_open_draft ON public.proposals USING btree (((payload ->> 'testId'::text)), kind) WHERE ((payload ? 'testId'::text) AND (state = 'open'::text));
CREATE INDEX proposals_person ON public.proposals USING btree (person_id, proposal_id DESC);
CREATE INDEX proposals_proposer ON public.proposals USING btree (proposed_by, proposed_at);
CREATE UNIQUE INDEX proposals_ruleset ON public.proposals USING btree (ruleset_id) WHERE (state = ANY (ARRAY['open'::text, 'approved'::text]));
CREATE INDEX proposals_test ON public.proposals USING btree (((payload ->> 'testId'::text))) WHERE (payload ? 'testId'::text);
CREATE INDEX proposals_zone ON public.proposals USING btree (zone_id, proposal_id DESC) WHERE (zone_id IS NOT NULL);
CREATE INDEX provincial_codes_due ON public.provincial_codes USING btree (due_at);
CREATE INDEX provincial_codes_observed ON public.provincial_codes USING btree (observed_at) WHERE (state = 'known'::text);
CREATE UNIQUE INDEX risk_area_feeds_held ON public.risk_area_feeds USING btree (source) WHERE (state = 'held'::text);
CREATE INDEX risk_area_feeds_source ON public.risk_area_feeds USING btree (source, version DESC);
CREATE INDEX ruleset_drafts_work ON public.ruleset_drafts USING btree (draft_id) WHERE (state = 'dry_running'::text);
CREATE UNIQUE INDEX rulesets_effective ON public.rulesets USING btree (effective_from) WHERE (called_off_at IS NULL);
CREATE INDEX sessions_account ON public.sessions USING btree (account_id, last_used_at DESC);
CREATE INDEX sessions_ended ON public.sessions USING btree (LEAST(expires_at, COALESCE(revoked_at, expires_at)));
CREATE INDEX sessions_revoked ON public.sessions USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);
CREATE INDEX sms_challenges_address ON public.sms_challenges USING btree (address_index, created_at);
CREATE INDEX sms_challenges_age ON public.sms_challenges USING btree (created_at);
CREATE INDEX sms_challenges_phone ON public.sms_challenges USING btree (phone_index, created_at DESC);
CREATE INDEX status_changes_person ON public.status_changes USING btree (person_id, change_id DESC);
CREATE INDEX status_current_due ON public.status_current USING btree (next_change_at) WHERE (next_change_at IS NOT NULL);
CREATE INDEX stays_declaration ON public.stays USING btree (declaration_id);
CREATE INDEX stays_place ON public.stays USING btree (division_code, to_on) WHERE (superseded_at IS NULL);
CREATE INDEX test_results_import ON public.test_results USING btree (import_id, person_id) WHERE (import_id IS NOT NULL);
CREATE UNIQUE INDEX test_results_laboratory ON public.test_results USING btree (partner_id, laboratory_number, person_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX test_results_person ON public.test_results USING btree (person_id, sampled_at DESC);
CREATE INDEX test_results_standing ON public.test_results USING btree (test_id) WHERE ((result = 'positive'::text) AND (kind = 'single'::text) AND (verdict IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX unclaimed_findings_import ON public.unclaimed_findings USING btree (import_id);
CREATE INDEX unclaimed_findings_workplace ON public.unclaimed_findings USING btree (import_id) WHERE (workplace_index IS NOT NULL);
CREATE INDEX unclaimed_findings_zone ON public.unclaimed_findings USING btree (zone_id) WHERE (zone_id IS NOT NULL);
CREATE INDEX unclaimed_results_age ON public.unclaimed_results USING btree (sampled_at);
CREATE INDEX unclaimed_results_created ON public.unclaimed_results USING btree (created_at);
CREATE INDEX unclaimed_results_document ON public.unclaimed_results USING btree (document_index);
CREATE INDEX unclaimed_results_import ON public.unclaimed_results USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX upstream_figures_age ON public.upstream_figures USING btree (slot_at);
CREATE UNIQUE INDEX venue_codes_posted ON public.venue_codes USING btree (point_id) WHERE (retired_at IS NULL);
CREATE INDEX venue_points_venue ON public.venue_points USING btree (venue_id);
CREATE INDEX venues_division ON public.venues USING btree (division_code, venue_id);
CREATE INDEX venues_waiting ON public.venues USING btree (venue_id) WHERE ((state = 'applied'::text) OR (pending_change IS NOT NULL));
CREATE INDEX visit_parties_day ON public.visit_parties USING btree (visited_on);
CREATE INDEX visit_positions_day ON public.visit_positions USING btree (visited_on);
CREATE INDEX visit_withdrawals_day ON public.visit_withdrawals USING btree (visited_on);
CREATE INDEX visits_point ON ONLY public.visits USING btree (point_id, ((visited_ms / 3600000)));
CREATE INDEX visits_20261130_point_id_expr_idx ON public.visits_20261130 USING btree (point_id, ((visited_ms / 3600000)));
CREATE UNIQUE INDEX visits_20261130_request ON public.visits_20261130 USING btree (person_id, request_key);
CREATE INDEX zones_area ON public.zones USING btree (area_id) WHERE (area_id IS NOT NULL);
ALTER INDEX public.checks_person ATTACH PARTITION public.checks_20261130_person_id_checked_at_idx;
ALTER INDEX public.checks_pkey ATTACH PARTITION public.checks_20261130_pkey;
ALTER INDEX public.visits_point ATTACH PARTITION public.visits_20261130_point_id_expr_idx;
CREATE TRIGGER audit_entries_transaction_id BEFORE INSERT ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.take_transaction_id();
CREATE TRIGGER devices_revoked AFTER UPDATE OF revoked_at ON public.devices FOR EACH ROW WHEN ((old.revoked_at IS DISTINCT FROM new.revoked_at)) EXECUTE FUNCTION public.tell_checkers_changed();
CREATE TRIGGER operators_ended AFTER UPDATE OF active, roles, division_code ON public.operators FOR EACH ROW WHEN (((old.active IS DISTINCT FROM new.active) OR (old.roles IS DISTINCT FROM new.roles) OR (old.division_code IS DISTINCT FROM new.division_code))) EXECUTE FUNCTION public.tell_checkers_changed();
CREATE TRIGGER provincial_codes_stale_insert AFTER INSERT ON public.provincial_codes FOR EACH ROW WHEN ((new.state = 'identity_stale'::text)) EXECUTE FUNCTION public.copy_stale_identity();
CREATE TRIGGER provincial_codes_stale_update AFTER UPDATE ON public.provincial_codes FOR EACH ROW WHEN (((old.state = 'identity_stale'::text) IS DISTINCT FROM (new.state = 'identity_stale'::text))) EXECUTE FUNCTION public.copy_stale_identity();
CREATE TRIGGER venue_managers_removed AFTER DELETE ON public.venue_managers FOR EACH STATEMENT EXECUTE FUNCTION public.tell_checkers_changed();
CREATE TRIGGER venue_points_closed AFTER UPDATE OF state ON public.venue_points FOR EACH ROW WHEN (((old.state = 'active'::text) AND (new.state <> 'active'::text))) EXECUTE FUNCTION public.tell_checkers_changed();
CREATE TRIGGER venues_ended AFTER UPDATE OF state, division_code ON public.venues FOR EACH ROW WHEN (((old.state = 'active'::text) AND ((new.state <> 'active'::text) OR (old.division_code <> new.division_code)))) EXECUTE FUNCTION public.tell_checkers_changed();
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.appeal_pictures
    ADD CONSTRAINT appeal_pictures_appeal_id_fkey FOREIGN KEY (appeal_id) REFERENCES public.appeals(appeal_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.appeal_steps
    ADD CONSTRAINT appeal_steps_appeal_id_fkey FOREIGN KEY (appeal_id) REFERENCES public.appeals(appeal_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.appeal_steps
    ADD CONSTRAINT appeal_steps_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.appeals
    ADD CONSTRAINT appeals_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);
ALTER TABLE ONLY public.appeals
    ADD CONSTRAINT appeals_division_code_fkey FOREIGN KEY (division_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.appeals
    ADD CONSTRAINT appeals_handled_by_fkey FOREIGN KEY (handled_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.appeals
    ADD CONSTRAINT appeals_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.appeals
    ADD CONSTRAINT appeals_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.audit_seal_leaves
    ADD CONSTRAINT audit_seal_leaves_sequence_fkey FOREIGN KEY (sequence) REFERENCES public.audit_seals(sequence);
ALTER TABLE ONLY public.audit_verifications
    ADD CONSTRAINT audit_verifications_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.city
    ADD CONSTRAINT city_division_code_fkey FOREIGN KEY (division_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.colour_texts
    ADD CONSTRAINT colour_texts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);
ALTER TABLE ONLY public.declaration_matters
    ADD CONSTRAINT declaration_matters_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.declaration_matters
    ADD CONSTRAINT declaration_matters_division_code_fkey FOREIGN KEY (division_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.declaration_matters
    ADD CONSTRAINT declaration_matters_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.declaration_matters
    ADD CONSTRAINT declaration_matters_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.declaration_versions
    ADD CONSTRAINT declaration_versions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);
ALTER TABLE ONLY public.declaration_versions
    ADD CONSTRAINT declaration_versions_office_code_fkey FOREIGN KEY (office_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.declaration_versions
    ADD CONSTRAINT declaration_versions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.venue_points(point_id);
ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_registered_by_fkey FOREIGN KEY (registered_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.dirty_persons
    ADD CONSTRAINT dirty_persons_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.divisions
    ADD CONSTRAINT divisions_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.entry_current
    ADD CONSTRAINT entry_current_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.entry_registrations(entry_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.entry_current
    ADD CONSTRAINT entry_current_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.entry_follow_ups
    ADD CONSTRAINT entry_follow_ups_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.entry_registrations(entry_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.entry_follow_ups
    ADD CONSTRAINT entry_follow_ups_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.entry_former
    ADD CONSTRAINT entry_former_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.entry_registrations(entry_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.entry_former
    ADD CONSTRAINT entry_former_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.entry_persons
    ADD CONSTRAINT entry_persons_arrived_point_id_fkey FOREIGN KEY (arrived_point_id) REFERENCES public.venue_points(point_id);
ALTER TABLE ONLY public.entry_persons
    ADD CONSTRAINT entry_persons_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.entry_registrations(entry_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.entry_persons
    ADD CONSTRAINT entry_persons_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(member_id);
ALTER TABLE ONLY public.entry_persons
    ADD CONSTRAINT entry_persons_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.entry_registrations
    ADD CONSTRAINT entry_registrations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);
ALTER TABLE ONLY public.entry_registrations
    ADD CONSTRAINT entry_registrations_arrived_point_id_fkey FOREIGN KEY (arrived_point_id) REFERENCES public.venue_points(point_id);
ALTER TABLE ONLY public.entry_registrations
    ADD CONSTRAINT entry_registrations_destination_code_fkey FOREIGN KEY (destination_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.entry_registrations
    ADD CONSTRAINT entry_registrations_received_by_fkey FOREIGN KEY (received_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.face_checks
    ADD CONSTRAINT face_checks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_contact_person_id_fkey FOREIGN KEY (contact_person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES public.zones(zone_id);
ALTER TABLE ONLY public.identity_documents
    ADD CONSTRAINT identity_documents_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.import_errors
    ADD CONSTRAINT import_errors_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.import_parts
    ADD CONSTRAINT import_parts_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_contact_person_id_fkey FOREIGN KEY (contact_person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES public.zones(zone_id);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_division_code_fkey FOREIGN KEY (division_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES public.partners(partner_id);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_proposal FOREIGN KEY (proposal_id) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_undo_proposal_id_fkey FOREIGN KEY (undo_proposal_id) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.listed_again
    ADD CONSTRAINT listed_again_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);
ALTER TABLE ONLY public.operator_activations
    ADD CONSTRAINT operator_activations_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.operator_activations
    ADD CONSTRAINT operator_activations_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.operator_sessions
    ADD CONSTRAINT operator_sessions_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operators_division_code_fkey FOREIGN KEY (division_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.partner_batches
    ADD CONSTRAINT partner_batches_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES public.partners(partner_id);
ALTER TABLE ONLY public.person_codes
    ADD CONSTRAINT person_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_alarm_acknowledged_by_fkey FOREIGN KEY (alarm_acknowledged_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_division_code_fkey FOREIGN KEY (division_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_draft_fkey FOREIGN KEY (draft_id) REFERENCES public.ruleset_drafts(draft_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_proposed_by_partner_fkey FOREIGN KEY (proposed_by_partner) REFERENCES public.partners(partner_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_ruleset_id_fkey FOREIGN KEY (ruleset_id) REFERENCES public.rulesets(ruleset_id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES public.zones(zone_id);
ALTER TABLE ONLY public.provincial_codes
    ADD CONSTRAINT provincial_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.risk_area_feeds
    ADD CONSTRAINT risk_area_feeds_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.risk_areas
    ADD CONSTRAINT risk_areas_placed_by_fkey FOREIGN KEY (placed_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.ruleset_drafts
    ADD CONSTRAINT ruleset_drafts_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.ruleset_drafts
    ADD CONSTRAINT ruleset_drafts_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.ruleset_drafts
    ADD CONSTRAINT ruleset_drafts_run_compared_with_fkey FOREIGN KEY (run_compared_with) REFERENCES public.rulesets(ruleset_id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);
ALTER TABLE ONLY public.status_changes
    ADD CONSTRAINT status_changes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.status_current
    ADD CONSTRAINT status_current_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.stays
    ADD CONSTRAINT stays_declaration_id_version_fkey FOREIGN KEY (declaration_id, version) REFERENCES public.declaration_versions(declaration_id, version);
ALTER TABLE ONLY public.stays
    ADD CONSTRAINT stays_office_code_fkey FOREIGN KEY (office_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.stays
    ADD CONSTRAINT stays_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.test_results
    ADD CONSTRAINT test_results_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id);
ALTER TABLE ONLY public.test_results
    ADD CONSTRAINT test_results_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES public.partners(partner_id);
ALTER TABLE ONLY public.test_results
    ADD CONSTRAINT test_results_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.test_results
    ADD CONSTRAINT test_results_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_contact_person_id_fkey FOREIGN KEY (contact_person_id) REFERENCES public.persons(person_id);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(proposal_id);
ALTER TABLE ONLY public.unclaimed_findings
    ADD CONSTRAINT unclaimed_findings_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES public.zones(zone_id);
ALTER TABLE ONLY public.unclaimed_results
    ADD CONSTRAINT unclaimed_results_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id);
ALTER TABLE ONLY public.unclaimed_results
    ADD CONSTRAINT unclaimed_results_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES public.partners(partner_id);
ALTER TABLE ONLY public.venue_codes
    ADD CONSTRAINT venue_codes_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.venue_points(point_id);
ALTER TABLE ONLY public.venue_managers
    ADD CONSTRAINT venue_managers_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.venue_managers
    ADD CONSTRAINT venue_managers_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES public.venues(venue_id);
ALTER TABLE ONLY public.venue_points
    ADD CONSTRAINT venue_points_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES public.venues(venue_id);
ALTER TABLE ONLY public.venues
    ADD CONSTRAINT venues_applied_by_fkey FOREIGN KEY (applied_by) REFERENCES public.operators(operator_id);
ALTER TABLE ONLY public.venues
    ADD CONSTRAINT venues_division_code_fkey FOREIGN KEY (division_code) REFERENCES public.divisions(code);
ALTER TABLE ONLY public.venues
    ADD CONSTRAINT venues_kind_fkey FOREIGN KEY (kind) REFERENCES public.admission_policies(kind);
ALTER TABLE ONLY public.zones
    ADD CONSTRAINT zones_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.risk_areas(area_id);
ALTER TABLE ONLY public.zones
    ADD CONSTRAINT zones_division_code_fkey FOREIGN KEY (division_code) REFERENCES public.divisions(code);
GRANT USAGE ON SCHEMA public TO jkb_app;
GRANT USAGE ON SCHEMA public TO jkb_readonly;
REVOKE ALL ON FUNCTION public.accept_restored_database(why text, seen_restore bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.advance_sequences(after_restore boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.attend_database(server uuid, seen_database uuid, seen_restore bigint, seen_mark bigint, seen_at timestamp with time zone, seen_lineage text, starting boolean, loss_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.attend_database(server uuid, seen_database uuid, seen_restore bigint, seen_mark bigint, seen_at timestamp with time zone, seen_lineage text, starting boolean, loss_seconds integer) TO jkb_app;
REVOKE ALL ON FUNCTION public.database_lineage() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.day_partitions() FROM PUBLIC;
GRANT ALL ON FUNCTION public.day_partitions() TO jkb_app;
GRANT ALL ON FUNCTION public.day_partitions() TO jkb_readonly;
REVOKE ALL ON FUNCTION public.drop_day_partitions(before_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.drop_day_partitions(before_day date) TO jkb_app;
REVOKE ALL ON FUNCTION public.ensure_day_partitions(from_day date, to_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ensure_day_partitions(from_day date, to_day date) TO jkb_app;
REVOKE ALL ON FUNCTION public.has_day_partition(of_parent text, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.has_day_partition(of_parent text, day date) TO jkb_app;
GRANT ALL ON FUNCTION public.has_day_partition(of_parent text, day date) TO jkb_readonly;
REVOKE ALL ON FUNCTION public.oldest_day_before(of_parent text, before_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.oldest_day_before(of_parent text, before_day date) TO jkb_app;
REVOKE ALL ON FUNCTION public.purge_sealed_audit_entries(before_time timestamp with time zone, max_seals integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_sealed_audit_entries(before_time timestamp with time zone, max_seals integer) TO jkb_app;
REVOKE ALL ON FUNCTION public.take_transaction_id() FROM PUBLIC;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts TO jkb_app;
GRANT USAGE ON SEQUENCE public.accounts_account_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.admission_policies TO jkb_app;
GRANT SELECT ON TABLE public.admission_policies TO jkb_readonly;
GRANT SELECT,INSERT,DELETE ON TABLE public.appeal_pictures TO jkb_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.appeal_steps TO jkb_app;
GRANT USAGE ON SEQUENCE public.appeal_steps_step_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.appeals TO jkb_app;
GRANT SELECT(appeal_id) ON TABLE public.appeals TO jkb_readonly;
GRANT SELECT(category) ON TABLE public.appeals TO jkb_readonly;
GRANT SELECT(division_code) ON TABLE public.appeals TO jkb_readonly;
GRANT SELECT(state) ON TABLE public.appeals TO jkb_readonly;
GRANT SELECT(submitted_at) ON TABLE public.appeals TO jkb_readonly;
GRANT SELECT(ended_at) ON TABLE public.appeals TO jkb_readonly;
GRANT SELECT ON TABLE public.audit_entries TO jkb_app;
GRANT SELECT ON TABLE public.audit_entries TO jkb_readonly;
GRANT INSERT(actor_kind) ON TABLE public.audit_entries TO jkb_app;
GRANT INSERT(actor_id) ON TABLE public.audit_entries TO jkb_app;
GRANT INSERT(action) ON TABLE public.audit_entries TO jkb_app;
GRANT INSERT(object_kind) ON TABLE public.audit_entries TO jkb_app;
GRANT INSERT(object_id) ON TABLE public.audit_entries TO jkb_app;
GRANT INSERT(purpose) ON TABLE public.audit_entries TO jkb_app;
GRANT INSERT(details) ON TABLE public.audit_entries TO jkb_app;
GRANT INSERT(request_id) ON TABLE public.audit_entries TO jkb_app;
GRANT SELECT,USAGE ON SEQUENCE public.audit_entries_audit_id_seq TO jkb_app;
GRANT SELECT,INSERT ON TABLE public.audit_seal_leaves TO jkb_app;
GRANT SELECT ON TABLE public.audit_seal_leaves TO jkb_readonly;
GRANT SELECT,INSERT ON TABLE public.audit_seals TO jkb_app;
GRANT SELECT ON TABLE public.audit_seals TO jkb_readonly;
GRANT SELECT,INSERT,UPDATE ON TABLE public.audit_verifications TO jkb_app;
GRANT SELECT ON TABLE public.audit_verifications TO jkb_readonly;
GRANT SELECT,INSERT ON TABLE public.checks TO jkb_app;
GRANT SELECT ON TABLE public.checks TO jkb_readonly;
GRANT SELECT ON TABLE public.city TO jkb_app;
GRANT SELECT ON TABLE public.city TO jkb_readonly;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.colour_texts TO jkb_app;
GRANT SELECT ON TABLE public.database_state TO jkb_app;
GRANT SELECT ON TABLE public.database_state TO jkb_readonly;
GRANT SELECT ON TABLE public.database_witnesses TO jkb_app;
GRANT SELECT ON TABLE public.database_witnesses TO jkb_readonly;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.declaration_matters TO jkb_app;
GRANT SELECT ON TABLE public.declaration_matters TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.declaration_matters_matter_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.declaration_versions TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.devices TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dirty_persons TO jkb_app;
GRANT SELECT ON TABLE public.divisions TO jkb_app;
GRANT SELECT ON TABLE public.divisions TO jkb_readonly;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.entry_current TO jkb_app;
GRANT SELECT ON TABLE public.entry_current TO jkb_readonly;
GRANT SELECT,INSERT,DELETE ON TABLE public.entry_follow_ups TO jkb_app;
GRANT USAGE ON SEQUENCE public.entry_follow_ups_follow_up_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.entry_former TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.entry_marks TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.entry_persons TO jkb_app;
GRANT SELECT ON TABLE public.entry_persons TO jkb_readonly;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.entry_registrations TO jkb_app;
GRANT SELECT ON TABLE public.entry_registrations TO jkb_readonly;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.face_checks TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.findings TO jkb_app;
GRANT SELECT ON TABLE public.findings TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.findings_finding_id_seq TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.identity_documents TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_errors TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_parts TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_rows TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.imports TO jkb_app;
GRANT SELECT ON TABLE public.imports TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.imports_import_id_seq TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.job_runs TO jkb_app;
GRANT SELECT ON TABLE public.job_runs TO jkb_readonly;
GRANT SELECT,INSERT ON TABLE public.key_fingerprints TO jkb_app;
GRANT SELECT ON TABLE public.key_fingerprints TO jkb_readonly;
GRANT SELECT,INSERT,DELETE ON TABLE public.listed_again TO jkb_app;
GRANT SELECT,INSERT ON TABLE public.lookups TO jkb_app;
GRANT USAGE ON SEQUENCE public.lookups_lookup_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.members TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.numeric_codes TO jkb_app;
GRANT SELECT,INSERT ON TABLE public.operator_activations TO jkb_app;
GRANT UPDATE(used_at) ON TABLE public.operator_activations TO jkb_app;
GRANT UPDATE(withdrawn_at) ON TABLE public.operator_activations TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operator_sessions TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.operators TO jkb_app;
GRANT USAGE ON SEQUENCE public.operators_operator_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partner_batches TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.partners TO jkb_app;
GRANT USAGE ON SEQUENCE public.partners_partner_id_seq TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.person_codes TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.persons TO jkb_app;
GRANT USAGE ON SEQUENCE public.persons_person_id_seq TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.proposals TO jkb_app;
GRANT SELECT ON TABLE public.proposals TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.proposals_proposal_id_seq TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.provincial_codes TO jkb_app;
GRANT SELECT ON TABLE public.provincial_codes TO jkb_readonly;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rate_counters TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.risk_area_feeds TO jkb_app;
GRANT SELECT ON TABLE public.risk_area_feeds TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.risk_area_feeds_version_seq TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.risk_areas TO jkb_app;
GRANT SELECT ON TABLE public.risk_areas TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.risk_areas_area_id_seq TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.ruleset_drafts TO jkb_app;
GRANT SELECT ON TABLE public.ruleset_drafts TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.ruleset_drafts_draft_id_seq TO jkb_app;
GRANT SELECT,INSERT ON TABLE public.rulesets TO jkb_app;
GRANT SELECT ON TABLE public.rulesets TO jkb_readonly;
GRANT UPDATE(apply_started_at) ON TABLE public.rulesets TO jkb_app;
GRANT UPDATE(apply_cursor) ON TABLE public.rulesets TO jkb_app;
GRANT UPDATE(apply_done) ON TABLE public.rulesets TO jkb_app;
GRANT UPDATE(apply_total) ON TABLE public.rulesets TO jkb_app;
GRANT UPDATE(applied_at) ON TABLE public.rulesets TO jkb_app;
GRANT UPDATE(called_off_at) ON TABLE public.rulesets TO jkb_app;
GRANT SELECT ON TABLE public.schema_migrations TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sms_challenges TO jkb_app;
GRANT SELECT,INSERT ON TABLE public.status_changes TO jkb_app;
GRANT SELECT ON TABLE public.status_changes TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.status_changes_change_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.status_current TO jkb_app;
GRANT SELECT ON TABLE public.status_current TO jkb_readonly;
GRANT SELECT,INSERT,DELETE ON TABLE public.stays TO jkb_app;
GRANT UPDATE(superseded_at) ON TABLE public.stays TO jkb_app;
GRANT USAGE ON SEQUENCE public.stays_stay_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.test_results TO jkb_app;
GRANT SELECT ON TABLE public.test_results TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.test_results_test_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.visit_positions TO jkb_app;
GRANT SELECT ON TABLE public.visit_positions TO jkb_readonly;
GRANT SELECT,INSERT,DELETE ON TABLE public.visit_withdrawals TO jkb_app;
GRANT SELECT ON TABLE public.visit_withdrawals TO jkb_readonly;
GRANT SELECT,INSERT ON TABLE public.visits TO jkb_app;
GRANT SELECT ON TABLE public.visits TO jkb_readonly;
GRANT SELECT ON TABLE public.traced_visits TO jkb_app;
GRANT SELECT ON TABLE public.traced_visits TO jkb_readonly;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.unclaimed_findings TO jkb_app;
GRANT USAGE ON SEQUENCE public.unclaimed_findings_unclaimed_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.unclaimed_results TO jkb_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.upstream_figures TO jkb_app;
GRANT SELECT ON TABLE public.upstream_figures TO jkb_readonly;
GRANT SELECT,INSERT,UPDATE ON TABLE public.upstream_state TO jkb_app;
GRANT SELECT ON TABLE public.upstream_state TO jkb_readonly;
GRANT SELECT,INSERT,UPDATE ON TABLE public.venue_codes TO jkb_app;
GRANT SELECT ON TABLE public.venue_codes TO jkb_readonly;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.venue_managers TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.venue_points TO jkb_app;
GRANT SELECT ON TABLE public.venue_points TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.venue_points_point_id_seq TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.venues TO jkb_app;
GRANT SELECT ON TABLE public.venues TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.venues_venue_id_seq TO jkb_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.visit_parties TO jkb_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.zones TO jkb_app;
GRANT SELECT ON TABLE public.zones TO jkb_readonly;
GRANT USAGE ON SEQUENCE public.zones_zone_id_seq TO jkb_app;

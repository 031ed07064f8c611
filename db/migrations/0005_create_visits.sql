-- Visits and checks: one partition a day, so that retention drops partitions. A visit is 60 bytes: the request id as a
-- 64-bit key, the instant as day and milliseconds, colour, decision and flags in one number, the venue through its point
-- (docs/adr/0016 has the figures).

create function request_key(request_id uuid) returns bigint
language sql immutable strict parallel safe as $$ select uuid_hash_extended(request_id, 0) $$;
comment on function request_key is 'A request id in 64 bits; unique among the requests of one person on one day';

create function visit_instant(visited_on date, visited_ms integer) returns timestamptz
language sql immutable strict parallel safe as $$
  select (visited_on + visited_ms * interval '1 millisecond') at time zone 'Asia/Shanghai'
$$;
comment on function visit_instant is 'The instant of a visit from its day and its milliseconds of that day, Asia/Shanghai';

create table visits (
  person_id bigint not null,
  request_key bigint not null,
  visited_on date not null,
  -- since midnight Asia/Shanghai of that day
  visited_ms integer not null check (visited_ms between 0 and 86399999),
  point_id integer not null,
  -- one bit per decision reason (packages/domain decision/coding)
  reason_bits smallint not null,
  -- bits 0 and 1: colour; 2 and 3: decision; 4: sent later than scanned; 5: position too far away, no presence;
  -- 6: companion; 7: member; 8: registered for entry; 9: the phone gave no position
  answer smallint not null
) partition by range (visited_on);
-- By the hour: equal keys share one entry, so that a busy place costs seven bytes a visit instead of thirty.
create index visits_point on visits (point_id, (visited_ms / 3600000));
comment on table visits is 'A person was at a point at a time, with the colour and decision given. Once per person and request within a day: a unique index on each partition';

create table checks (
  request_id uuid not null,
  checked_on date not null,
  checked_at timestamptz not null,
  point_id integer not null,
  caller text not null,
  means smallint not null check (means between 1 and 4),
  outcome smallint not null check (outcome between 0 and 8),
  decision smallint not null,
  reason_bits smallint not null,
  flags smallint not null default 0,
  -- why a code was refused: 1 reported lost, 2 replaced, 3 key unknown, 4 used before, 5 never issued
  detail smallint not null default 0,
  age_seconds integer,
  person_id bigint,
  operator_id bigint,
  device_id uuid,
  purpose text not null,
  primary key (caller, checked_on, request_id)
) partition by range (checked_on);
create index checks_person on checks (person_id, checked_at) where person_id is not null;
comment on table checks is 'Staff looked at a person''s status. means: 1 personal code, 2 numeric code, 3 paper code, 4 document. caller: operator or device id, so that nobody replays another''s request';

create function day_partitions()
returns table (parent text, partition regclass, from_day date, until_day date, takes_rest boolean)
language sql stable set search_path = pg_catalog, public set datestyle = 'ISO, YMD' as $$
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
$$;
comment on function day_partitions is 'The partitions of visits and checks with the days they hold, from_day included, until_day not; takes_rest: the default partition, where there is one';

create function has_day_partition(of_parent text, day date) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (select from public.day_partitions() d
    where d.parent = of_parent and (d.takes_rest or (d.from_day <= day and day < d.until_day)))
$$;
comment on function has_day_partition is 'Whether rows of the day have a place, under whatever name';

-- The application may make partitions of these two tables, although it owns nothing.
create function ensure_day_partitions(from_day date, to_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
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
comment on function ensure_day_partitions is 'Makes the missing daily partitions of visits and checks in the range, both days included; returns how many';

create function drop_day_partitions(before_day date) returns text[]
language plpgsql security definer set search_path = pg_catalog, public as $$
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
end $$;
comment on function drop_day_partitions is 'Drops partitions whose days are all before the given one, and deletes such days from those that hold others too; returns what went';

create function oldest_day_before(of_parent text, before_day date) returns date
language plpgsql stable security definer set search_path = pg_catalog, public as $$
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
end $$;
comment on function oldest_day_before is 'The oldest day of visits or checks of which there are rows, if it is before the given one; looks only into partitions that may hold such days';

-- What is known about a visit besides the visit itself. The rows of `visits` stay as they were answered.

-- A scan for more than the holder alone: what it asked for, so that a repeat with other people is noticed, and who stated
-- the visit of somebody else. A scan for oneself, nine in ten, needs no row: its visit says everything.
create table visit_parties (
  person_id bigint not null,
  request_key bigint not null,
  visited_on date not null,
  content_hash bigint not null,
  -- members first, then companions in the order of the request; 0 for a companion nobody knows
  person_ids bigint[] not null,
  member_count smallint not null,
  primary key (person_id, request_key)
);
create index visit_parties_day on visit_parties (visited_on);
comment on table visit_parties is 'Scans for several people by the holder who stated them; kept for four days, longer than a scan can be sent again';

create table visit_withdrawals (
  person_id bigint not null,
  visited_on date not null,
  request_key bigint not null,
  withdrawn_at timestamptz not null,
  withdrawn_by bigint not null,
  primary key (person_id, visited_on, request_key)
);
create index visit_withdrawals_day on visit_withdrawals (visited_on);
comment on table visit_withdrawals is 'Visits of others that the account which stated them took back: the person was not there. The visit stays; kept as long as visits are';

create table visit_positions (
  person_id bigint not null,
  visited_on date not null,
  request_key bigint not null,
  is_far boolean not null,
  located_at timestamptz not null,
  primary key (person_id, visited_on, request_key)
);
create index visit_positions_day on visit_positions (visited_on);
comment on table visit_positions is 'Whether the phone was at the door, for visits whose position came after the answer. The position itself is not kept; kept as long as visits are';

create view traced_visits as
select v.person_id, v.request_key, v.visited_on, visit_instant(v.visited_on, v.visited_ms) as visited_at, v.point_id,
  v.answer & 3 as colour, v.answer >> 2 & 3 as decision, v.answer & 16 <> 0 as is_late,
  v.answer & 192 <> 0 as is_stated_by_another,
  v.answer & 32 <> 0 or coalesce(p.is_far, false) as is_far,
  v.answer & 512 <> 0 and p.person_id is null as is_unlocated,
  w.withdrawn_at
from visits v
left join visit_withdrawals w on w.person_id = v.person_id and w.visited_on = v.visited_on and w.request_key = v.request_key
left join visit_positions p on p.person_id = v.person_id and p.visited_on = v.visited_on and p.request_key = v.request_key;
comment on view traced_visits is 'Visits as whoever traces has to read them: withdrawn, far away and unlocated ones are there and say so';

revoke execute on function ensure_day_partitions, drop_day_partitions, day_partitions, has_day_partition, oldest_day_before
  from public;
grant execute on function ensure_day_partitions, drop_day_partitions, oldest_day_before to jkb_app;
grant execute on function day_partitions, has_day_partition to jkb_app, jkb_readonly;
grant select on traced_visits to jkb_app;
grant select, insert on visits, checks to jkb_app;
grant select, insert, delete on visit_parties, visit_withdrawals, visit_positions to jkb_app;
grant select on visits, checks, visit_withdrawals, visit_positions, traced_visits to jkb_readonly;

-- Purging stopped silently: `drop_day_partitions` read the day from the last eight characters of a name, and the planner,
-- once it knew the catalogs, did so for every relation before it looked whose partition each was. A partition's days are
-- its bounds, whatever it is called; nothing else is ever turned into a date.

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

create or replace function ensure_day_partitions(from_day date, to_day date) returns integer
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

create or replace function drop_day_partitions(before_day date) returns text[]
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

revoke execute on function day_partitions, has_day_partition, oldest_day_before from public;
grant execute on function day_partitions, has_day_partition to jkb_app, jkb_readonly;
grant execute on function oldest_day_before to jkb_app;

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
grant select, insert, update on job_runs to jkb_app;
grant select on job_runs to jkb_readonly;

-- What purging asks for every five minutes, of as many sessions as there are phones.
create index sessions_ended on sessions (least(expires_at, coalesce(revoked_at, expires_at)));

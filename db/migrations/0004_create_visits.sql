-- Visits and checks: one partition a day, so that retention drops partitions.

create table visits (
  person_id bigint not null,
  request_id uuid not null,
  visited_at timestamptz not null,
  venue_id integer not null,
  visited_on date not null,
  point_id integer not null,
  colour smallint not null,
  decision smallint not null,
  -- one bit per decision reason (packages/domain decision/coding)
  reason_bits smallint not null,
  -- bit 0: sent later than scanned; bit 1: position too far away, no presence; bit 2: companion; bit 3: member
  flags smallint not null default 0,
  primary key (person_id, visited_on, request_id)
) partition by range (visited_on);
create index visits_venue on visits (venue_id, visited_at);
comment on table visits is 'A person was at a point at a time, with the colour and decision given';

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

-- The application may make partitions (of these two tables only) although it owns nothing.
create function ensure_day_partitions(from_day date, to_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  parent text;
  day date;
  made integer := 0;
begin
  if to_day - from_day > 400 or from_day < current_date - 60 or to_day > current_date + 60 then
    raise exception 'partition range % to % refused', from_day, to_day using errcode = '22023';
  end if;
  foreach parent in array array['visits', 'checks'] loop
    for day in select generate_series(from_day, to_day, interval '1 day')::date loop
      if to_regclass(format('public.%I', parent || '_' || to_char(day, 'YYYYMMDD'))) is null then
        -- Another process may make it in the same moment; then it is there, which is all that is wanted.
        begin
          execute format('create table public.%I partition of public.%I for values from (%L) to (%L)',
            parent || '_' || to_char(day, 'YYYYMMDD'), parent, day, day + 1);
          made := made + 1;
        exception when duplicate_table or unique_violation then null;
        end;
      end if;
    end loop;
  end loop;
  return made;
end $$;
comment on function ensure_day_partitions is 'Makes the missing daily partitions of visits and checks in the range, both days included; returns how many';

create function drop_day_partitions(before_day date) returns text[]
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  partition text;
  dropped text[] := '{}';
begin
  if before_day > current_date - 7 then
    raise exception 'dropping partitions of the last week refused' using errcode = '22023';
  end if;
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent in ('public.visits'::regclass, 'public.checks'::regclass)
      and to_date(right(c.relname, 8), 'YYYYMMDD') < before_day
    order by 1
  loop
    execute format('drop table public.%I', partition);
    dropped := dropped || partition;
  end loop;
  return dropped;
end $$;
comment on function drop_day_partitions is 'Drops partitions of days before the given one; returns their names';

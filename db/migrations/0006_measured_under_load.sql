-- A visit in 115 bytes, indexes included (it was 180): the request id as a 64-bit key, the instant as day and
-- milliseconds, colour, decision and flags in one number, the venue through its point. docs/adr/0016 has the figures.

create function request_key(request_id uuid) returns bigint
language sql immutable strict parallel safe as $$ select uuid_hash_extended(request_id, 0) $$;
comment on function request_key is 'A request id in 64 bits; unique among the requests of one person on one day';

create function visit_instant(visited_on date, visited_ms integer) returns timestamptz
language sql immutable strict parallel safe as $$
  select (visited_on + visited_ms * interval '1 millisecond') at time zone 'Asia/Shanghai'
$$;
comment on function visit_instant is 'The instant of a visit from its day and its milliseconds of that day, Asia/Shanghai';

alter table visits rename to visits_wide;
do $$
declare
  partition text;
begin
  for partition in select inhrelid::regclass::text from pg_inherits where inhparent = 'visits_wide'::regclass loop
    execute format('alter table %I rename to %I', partition, partition || '_wide');
  end loop;
end $$;

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
  -- 6: companion; 7: member
  answer smallint not null
) partition by range (visited_on);
-- By the hour: equal keys share one entry, so that a busy place costs seven bytes a visit instead of thirty.
create index visits_point on visits (point_id, (visited_ms / 3600000));
comment on table visits is 'A person was at a point at a time, with the colour and decision given. Once per person and request within a day: a unique index on each partition';

-- The application may make partitions (of these two tables only) although it owns nothing.
create or replace function ensure_day_partitions(from_day date, to_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  parent text;
  partition text;
  day date;
  made integer := 0;
begin
  if to_day - from_day > 400 or from_day < current_date - 60 or to_day > current_date + 60 then
    raise exception 'partition range % to % refused', from_day, to_day using errcode = '22023';
  end if;
  foreach parent in array array['visits', 'checks'] loop
    for day in select generate_series(from_day, to_day, interval '1 day')::date loop
      partition := parent || '_' || to_char(day, 'YYYYMMDD');
      if to_regclass(format('public.%I', partition)) is null then
        -- Another process may make it in the same moment; then it is there, which is all that is wanted.
        begin
          execute format('create table public.%I partition of public.%I for values from (%L) to (%L)',
            partition, parent, day, day + 1);
          -- The day is the partition: leaving it out of the key saves 12 bytes of each visit.
          if parent = 'visits' then
            execute format('create unique index %I on public.%I (person_id, request_key)', partition || '_request', partition);
          end if;
          made := made + 1;
        exception when duplicate_table or unique_violation then null;
        end;
      end if;
    end loop;
  end loop;
  return made;
end $$;

do $$
declare
  day date;
begin
  for day in select to_date(substr(c.relname, 8, 8), 'YYYYMMDD') from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'visits_wide'::regclass loop
    execute format('create table public.%I partition of public.visits for values from (%L) to (%L)',
      'visits_' || to_char(day, 'YYYYMMDD'), day, day + 1);
    execute format('create unique index %I on public.%I (person_id, request_key)',
      'visits_' || to_char(day, 'YYYYMMDD') || '_request', 'visits_' || to_char(day, 'YYYYMMDD'));
  end loop;
end $$;

insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
select person_id, request_key(request_id), visited_on,
  (extract(epoch from visited_at - visited_on::timestamp at time zone 'Asia/Shanghai') * 1000)::integer, point_id, reason_bits,
  (colour | (decision << 2) | (flags << 4))::smallint
from visits_wide;
drop table visits_wide;

grant select, insert on visits to jkb_app;
grant select on visits to jkb_readonly;

-- A look-up is written from rows that the same statement has read; checking its four keys once more took half the time
-- of a check.
alter table lookups
  drop constraint lookups_person_id_fkey,
  drop constraint lookups_operator_id_fkey,
  drop constraint lookups_device_id_fkey,
  drop constraint lookups_point_id_fkey;

-- With a city marked at once, each batch sorted all that wait.
create index dirty_persons_order on dirty_persons (marked_at);

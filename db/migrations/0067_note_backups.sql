-- Which backups there are, as pgBackRest tells it after each: the page of the system and an alert say how old the last is.
create table backups (
  label text primary key check (length(label) between 1 and 64),
  kind text not null check (kind in ('full', 'diff', 'incr')),
  started_at timestamptz not null,
  ended_at timestamptz not null,
  bytes bigint not null check (bytes >= 0),
  -- Pages were copied whose checksums are wrong
  is_faulty boolean not null,
  noted_at timestamptz not null default now(),
  check (ended_at >= started_at)
);
comment on table backups is 'Backups in the repository, as pgBackRest told last';
grant select on backups to jkb_app, jkb_readonly;

-- For whoever makes backups, on a machine of the database: `pgbackrest --output=json info`. What is expired there goes here too.
create function note_backups(info jsonb) returns integer language plpgsql set search_path to 'pg_catalog', 'public' as $$
declare
  noted integer;
begin
  if jsonb_typeof(info) is distinct from 'array' or not info @? '$[*].backup' then
    raise exception 'this is not what "pgbackrest --output=json info" says' using errcode = '22023';
  end if;
  delete from backups;
  insert into backups (label, kind, started_at, ended_at, bytes, is_faulty)
  select b ->> 'label', b ->> 'type', to_timestamp((b #>> '{timestamp,start}')::float8),
    to_timestamp((b #>> '{timestamp,stop}')::float8), (b #>> '{info,size}')::bigint, coalesce((b ->> 'error')::boolean, false)
  from jsonb_path_query(info, '$[*].backup[*]') b;
  get diagnostics noted = row_count;
  return noted;
end $$;
comment on function note_backups(jsonb) is 'Takes what pgBackRest says of its backups';
revoke execute on function note_backups(jsonb) from public;

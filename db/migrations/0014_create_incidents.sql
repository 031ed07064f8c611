-- What somebody of the city has to look at and no proposal says: guessing at a sign-in, look-ups beyond what is usual, a
-- code at two doors. One open row per matter; what happens again is counted in it.

create table incidents (
  incident_id bigint generated always as identity primary key,
  kind text not null check (length(kind) between 1 and 60),
  -- What it is about, so that the same matter does not open twice: an id, or a keyed hash
  subject text not null check (length(subject) between 1 and 200),
  division_code text not null references divisions,
  operator_id bigint references operators,
  -- Ids, counts and codes, never names or numbers
  details jsonb not null default '{}',
  times integer not null default 1 check (times > 0),
  raised_at timestamptz not null,
  last_at timestamptz not null check (last_at >= raised_at),
  acknowledged_by bigint references operators,
  acknowledged_at timestamptz,
  note text check (length(note) between 2 and 300),
  check (num_nonnulls(acknowledged_by, acknowledged_at, note) in (0, 3))
);
comment on table incidents is 'What the watch of the system found and somebody has to look at';
create unique index incidents_open on incidents (kind, subject) where acknowledged_at is null;
create index incidents_acknowledged on incidents (acknowledged_at) where acknowledged_at is not null;

grant select, insert, delete on incidents to jkb_app;
grant update (details, times, last_at, acknowledged_by, acknowledged_at, note) on incidents to jkb_app;
grant usage on sequence incidents_incident_id_seq to jkb_app;

-- A wall shows the board under a key of its own, which opens nothing else; it does not end with anybody's session.
create table board_walls (
  wall_id uuid primary key,
  -- Shown on the wall until somebody of an office types it; gone once paired
  code_hash bytea unique,
  key_hash bytea not null unique,
  -- Given out and not used yet: the first use of it retires the one before
  next_key_hash bytea unique,
  begun_at timestamptz not null,
  pairs_until timestamptz not null,
  name text check (length(name) between 1 and 100),
  division_code text references divisions (code),
  paired_by bigint references operators,
  paired_at timestamptz,
  rotated_at timestamptz not null,
  seen_at timestamptz,
  ended_at timestamptz,
  ended_by bigint references operators,
  check (num_nonnulls(name, division_code, paired_by, paired_at) in (0, 4)),
  check (paired_at is null or code_hash is null)
);
comment on table board_walls is 'Walls that show the board of a division under a key of their own';
create index board_walls_age on board_walls (begun_at) where paired_at is null;
create index board_walls_ended on board_walls (ended_at) where ended_at is not null;
create index board_walls_division on board_walls (division_code, paired_at desc) where paired_at is not null;
grant select, insert, update, delete on board_walls to jkb_app;

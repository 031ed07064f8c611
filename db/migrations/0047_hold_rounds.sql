-- Rounds: whole communities are tested within hours. Who lives where is on the rosters that the communities keep.

create table rosters (
  roster_id bigint generated always as identity primary key,
  division_code text not null references divisions (code),
  kind text not null check (kind in ('building', 'class', 'ward', 'workplace')),
  name text not null check (length(name) between 1 and 60),
  saved_by bigint not null references operators,
  saved_at timestamptz not null,
  request_id uuid not null unique,
  unique (division_code, kind, name)
);
comment on table rosters is 'A group of people in the order in which they are called: a building, class, ward or workplace; kept until its office replaces it';

create table roster_people (
  roster_id bigint not null references rosters on delete cascade,
  place integer not null check (place between 1 and 5000),
  person_id bigint not null,
  -- A building: where the person lives, and so the one community that counts them
  home boolean not null,
  primary key (roster_id, place),
  unique (roster_id, person_id)
);
create unique index roster_people_home on roster_people (person_id) where home;
create index roster_people_person on roster_people (person_id);
comment on table roster_people is 'Who is on a roster; deleted with it';

create table test_rounds (
  round_id bigint generated always as identity primary key,
  name text not null check (length(name) between 1 and 60),
  division_code text not null references divisions (code),
  -- Whose residents, or which rosters: one of the two
  division_codes text[] not null default '{}',
  roster_ids bigint[] not null default '{}',
  kind text not null check (kind in ('pooled', 'single')),
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- Until then whoever was missed has to be tested
  due_at timestamptz not null,
  -- So often, each time so many days later
  times smallint not null default 1 check (times between 1 and 30),
  every_days smallint check (every_days between 1 and 30),
  state text not null default 'made' check (state in ('made', 'begun', 'closed', 'called_off')),
  made_by bigint not null references operators,
  made_at timestamptz not null,
  begun_by bigint references operators,
  begun_at timestamptz,
  ended_at timestamptz,
  counted_at timestamptz,
  after_round bigint references test_rounds,
  request_id uuid unique,
  check (until_at > from_at and until_at <= from_at + interval '7 days'),
  check (due_at >= until_at),
  check ((cardinality(division_codes) > 0) <> (cardinality(roster_ids) > 0)),
  check ((times > 1) = (every_days is not null)),
  check (num_nonnulls(begun_by, begun_at) in (0, 2)),
  check (begun_by is null or begun_by <> made_by),
  check (state not in ('begun', 'closed') or begun_by is not null),
  check ((state in ('closed', 'called_off')) = (ended_at is not null))
);
create index test_rounds_begun on test_rounds (from_at) where state = 'begun';
create index test_rounds_recent on test_rounds (from_at desc);
comment on table test_rounds is 'Campaigns of testing, made by one and begun by a second person';

create table round_counts (
  round_id bigint not null references test_rounds on delete cascade,
  division_code text not null,
  -- 0: the whole of the community
  roster_id bigint not null,
  expected integer not null,
  sampled integer not null,
  exempt integer not null,
  primary key (round_id, division_code, roster_id)
);
comment on table round_counts is 'How far a round is, counted for everybody at once each minute, never for one who looks';

create table round_demands (
  round_id bigint not null references test_rounds on delete cascade,
  person_id bigint not null,
  division_code text not null,
  due_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'met', 'exempt')),
  state_at timestamptz not null,
  exempt_reason text check (length(exempt_reason) between 2 and 200),
  exempted_by bigint references operators,
  primary key (round_id, person_id),
  check ((state = 'exempt') = (exempt_reason is not null)),
  check ((exempted_by is null) = (exempt_reason is null))
);
create index round_demands_person on round_demands (person_id) where state = 'open';
create index round_demands_open on round_demands (round_id) where state = 'open';
comment on table round_demands is 'What a round asks of somebody: whoever it missed has to be tested by a time. An exemption may come before';

-- Samples come in the order of their time: a round reads those of its hours without an index that each swab would pay for.
create index samples_sampled on samples using brin (sampled_at);

grant select, insert, update, delete on rosters, roster_people, test_rounds, round_counts, round_demands to jkb_app;
grant usage on sequence rosters_roster_id_seq, test_rounds_round_id_seq to jkb_app;

-- Who is isolated or monitored, which division looks after them, and what it did. One person has one open follow-up.

create table follow_ups (
  follow_up_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  division_code text references divisions (code),
  unassigned_at timestamptz,
  measure text not null check (measure in ('isolated', 'monitored')),
  categories text[] not null check (cardinality(categories) > 0),
  starts_at timestamptz not null,
  ends_at timestamptz,
  test_due_at timestamptz,
  ruleset_id text not null,
  state text not null default 'open' check (state in ('open', 'completed', 'overdue', 'lost', 'called_off')),
  ended_at timestamptz,
  version integer not null default 1 check (version > 0),
  stay text not null check (stay in ('home', 'central', 'hospital', 'elsewhere')),
  stay_encrypted bytea,
  looked_at timestamptz,
  look text check (look in ('well', 'ill', 'not_reached', 'not_tried')),
  reached_at timestamptz,
  declared_at timestamptz,
  declared_ill boolean not null default false,
  temperature_encrypted bytea,
  tested_at timestamptz,
  seen_at timestamptz generated always as (greatest(reached_at, declared_at, tested_at)) stored,
  offered_to text references divisions (code),
  offered_at timestamptz,
  check ((state = 'open') = (ended_at is null)),
  check ((division_code is null) = (unassigned_at is not null)),
  check ((looked_at is null) = (look is null)),
  check (num_nonnulls(offered_to, offered_at) in (0, 2)),
  check (offered_to is null or state = 'open')
);
create unique index follow_ups_person on follow_ups (person_id) where state = 'open';
create index follow_ups_division on follow_ups (division_code text_pattern_ops, starts_at desc, follow_up_id desc) where state = 'open';
create index follow_ups_recent on follow_ups (starts_at desc, follow_up_id desc) where state = 'open';
create index follow_ups_unassigned on follow_ups (unassigned_at) where state = 'open' and division_code is null;
create index follow_ups_offered on follow_ups (offered_to text_pattern_ops) where offered_to is not null;
create index follow_ups_ended on follow_ups (division_code text_pattern_ops, ended_at desc) where state <> 'open';
create index follow_ups_age on follow_ups (ended_at) where ended_at is not null;
create index follow_ups_of_person on follow_ups (person_id, follow_up_id desc);
comment on table follow_ups is 'People isolated or monitored, and who looks after them; deleted some months after their end';
comment on column follow_ups.division_code is 'The responsible division, which is not where somebody stays; null: none is known yet, and the city has to give them to one';
comment on column follow_ups.seen_at is 'Last time that anybody knew of them: a look that reached them, a declaration, a test';
comment on column follow_ups.offered_to is 'Another division is to take them: until it agrees, the one that offers looks after them';
grant select, insert, update, delete on follow_ups to jkb_app;

create table follow_up_events (
  event_id bigint generated always as identity primary key,
  follow_up_id bigint not null references follow_ups on delete cascade,
  at timestamptz not null,
  event text not null check (event in ('begun', 'extended', 'shortened', 'changed', 'looked', 'noted', 'stay_set', 'offered',
    'accepted', 'refused', 'taken_back', 'ended', 'resumed')),
  operator_id bigint references operators,
  request_id uuid,
  note_encrypted bytea,
  details jsonb not null default '{}',
  check ((operator_id is null) = (request_id is null)),
  unique (operator_id, request_id, follow_up_id)
);
create index follow_up_events_of on follow_up_events (follow_up_id, event_id);
comment on table follow_up_events is 'What happened to a follow-up and what was done: never altered, deleted with it. Without operator: by itself';
grant select, insert, delete on follow_up_events to jkb_app;

create table follow_up_marks (
  name text primary key check (name = 'follow_ups'),
  changes_to bigint not null,
  persons_to bigint not null,
  follow_ups_to bigint not null
);
comment on table follow_up_marks is 'How far changes of colour, persons and open follow-ups have been gone through';
grant select, insert, update on follow_up_marks to jkb_app;
grant usage on sequence follow_ups_follow_up_id_seq, follow_up_events_event_id_seq to jkb_app;

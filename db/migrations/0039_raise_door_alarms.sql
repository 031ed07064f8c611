-- Somebody who has to stay where they are is scanned or checked elsewhere: their community is told.

create table door_alarms (
  alarm_id bigint generated always as identity primary key,
  follow_up_id bigint not null references follow_ups on delete cascade,
  seen_at timestamptz not null,
  point_id integer not null references venue_points (point_id),
  found_at timestamptz not null,
  answer text check (answer in ('spoken', 'allowed', 'stays_there')),
  answered_by bigint references operators,
  answered_at timestamptz,
  request_id uuid,
  note_encrypted bytea,
  unique (follow_up_id, seen_at, point_id),
  unique (answered_by, request_id),
  check (num_nonnulls(answer, answered_by, answered_at, request_id) in (0, 4))
);
create index door_alarms_open on door_alarms (seen_at desc) where answer is null;
comment on table door_alarms is 'Isolated people scanned or checked elsewhere, and what their community did about it; deleted with the follow-up';
grant select, insert on door_alarms to jkb_app;
grant update (answer, answered_by, answered_at, request_id, note_encrypted) on door_alarms to jkb_app;
grant usage on sequence door_alarms_alarm_id_seq to jkb_app;

alter table follow_ups add column isolated_at timestamptz, add column stay_venue_id integer references venues;
comment on column follow_ups.isolated_at is 'Since when they have to stay where they are: a scan before it is no alarm';
comment on column follow_ups.stay_venue_id is 'The venue in which they stay, such as a hotel: scans there are no alarm';
update follow_ups set isolated_at = starts_at where measure = 'isolated';

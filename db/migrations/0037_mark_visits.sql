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
grant select, insert, delete on visit_parties to jkb_app;

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
grant select, insert, delete on visit_withdrawals to jkb_app;
grant select on visit_withdrawals to jkb_readonly;

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
grant select, insert, delete on visit_positions to jkb_app;
grant select on visit_positions to jkb_readonly;

alter table admission_policies add column asks_position boolean not null default false;
update admission_policies set asks_position = true
where kind in ('entry_channel', 'railway_station', 'coach_station', 'airport', 'motorway_check', 'port');
comment on column admission_policies.asks_position is 'Whether the phone is asked where it is, so that a door scanned from far away is noticed';

-- answer: bits 0 and 1 colour; 2 and 3 decision; 4 sent later; 5 far away; 6 companion; 7 member; 8 registered; 9 unlocated.
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
grant select on traced_visits to jkb_app, jkb_readonly;

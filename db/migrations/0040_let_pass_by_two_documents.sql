-- Whoever may be two people is 需核验, not refused: staff who compared both documents let pass, and that is recorded.

create table let_passes (
  let_pass_id bigint generated always as identity primary key,
  -- Of the check that said so; the same caller lets pass once
  caller text not null,
  request_id uuid not null,
  person_id bigint not null references persons,
  point_id integer not null references venue_points,
  operator_id bigint references operators (operator_id),
  device_id uuid references devices,
  organisation text not null,
  passed_at timestamptz not null,
  unique (caller, request_id),
  check ((operator_id is null) <> (device_id is null))
);
create index let_passes_person on let_passes (person_id, passed_at desc);
create index let_passes_age on let_passes (passed_at);
comment on table let_passes is 'People whose identity waits for an office and who were let pass at a door after staff compared both documents; as long as checks';

grant select, insert, delete on let_passes to jkb_app;

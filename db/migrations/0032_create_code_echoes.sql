-- One live code at two doors within its minute: the second door is told in its answer, the first one by this.

create table code_echoes (
  -- Of the check before, so that its door is told
  caller text not null,
  request_id uuid not null,
  checked_at timestamptz not null,
  point_id integer not null references venue_points,
  second_point_id integer not null references venue_points,
  seen_at timestamptz not null,
  primary key (caller, request_id, second_point_id)
);
create index code_echoes_age on code_echoes (seen_at);
comment on table code_echoes is 'Checks whose live code was shown at another venue within its minute; forgotten after a day';

grant select, insert, delete on code_echoes to jkb_app;

-- The picture of the city on a wall: counted ahead, once a minute for all who look.

create table board_scans (
  minute_at timestamptz not null,
  -- District of the door, six digits
  district_code text not null,
  kind text not null,
  scans integer not null check (scans > 0),
  yellow integer not null check (yellow >= 0),
  red integer not null check (red >= 0),
  primary key (minute_at, district_code, kind)
);
comment on table board_scans is 'Scans of each minute by district and kind of venue, without anybody in it; kept for 50 hours';

create table board_marks (
  marked_at timestamptz primary key,
  -- Where the next count goes on reading: the partition of visits of a day only grows
  visits_on date not null,
  visits_block bigint not null check (visits_block >= 0)
);
comment on table board_marks is 'How far the visits of a day were read for the board; kept for an hour, the last one until there is another';

create table board_days (
  area_code text not null,
  on_day date not null,
  people jsonb not null check (jsonb_typeof(people) = 'object'),
  primary key (area_code, on_day)
);
comment on table board_days is 'Counts of people at the end of each day, of the city by colour and of each district by measure; kept for 40 days';

create table board_pictures (
  -- The city or a district
  area_code text primary key,
  counted_at timestamptz not null,
  -- Of what reads many rows, and is counted more seldom
  slowly_counted_at timestamptz not null,
  slow jsonb not null check (jsonb_typeof(slow) = 'object'),
  -- Which form of picture this is: a release with another one waits for its own count
  form smallint not null,
  picture jsonb not null check (jsonb_typeof(picture) = 'object')
);
comment on table board_pictures is 'What the board of an area shows, written whole once a minute; a look reads this one row and nothing else';

grant select, insert, update, delete on board_scans, board_marks, board_days, board_pictures to jkb_app;

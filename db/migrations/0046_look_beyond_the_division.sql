-- People looked up at desks: beyond the operator's division only with a reason and a case number, and counted by operator and day.

create table outside_lookups (
  operator_id bigint not null references operators,
  person_id bigint not null references persons,
  opened_at timestamptz not null,
  reason text not null check (length(reason) between 4 and 300),
  case_number text not null check (length(case_number) between 3 and 60),
  primary key (operator_id, person_id, opened_at)
);
create index outside_lookups_age on outside_lookups (opened_at);
comment on table outside_lookups is 'Why an operator opened somebody who does not belong to the operator''s division or work; good for a day, kept as long as look-ups are shown';
grant select, insert, delete on outside_lookups to jkb_app;
grant select on outside_lookups to jkb_readonly;

create table lookup_days (
  operator_id bigint not null references operators,
  on_day date not null,
  -- Found, opened or unmasked one by one
  looked integer not null default 0 check (looked >= 0),
  -- Searched for and not there
  missed integer not null default 0 check (missed >= 0),
  -- Of other divisions
  outside integer not null default 0 check (outside >= 0),
  -- Named in lists: contacts of a case, rows of a file, a day's arrivals
  listed integer not null default 0 check (listed >= 0),
  primary key (operator_id, on_day)
);
create index lookup_days_age on lookup_days (on_day);
comment on table lookup_days is 'How many people each operator looked up on each day; the auditor sees them as a chart';
grant select, insert, update, delete on lookup_days to jkb_app;
grant select on lookup_days to jkb_readonly;

create table lookup_norms (
  role text primary key check (role in ('hq', 'office', 'epidemiologist', 'hotline', 'auditor')),
  -- Never an alarm below
  least integer not null check (least > 0),
  -- Of what the operator looked up on the working days of the four weeks before
  times_usual numeric(4, 1) not null check (times_usual >= 1),
  -- Always an alarm above
  most integer not null,
  check (most >= least)
);
comment on table lookup_norms is 'How many look-ups a day are usual for a role; above them the auditor is told. written by whoever runs the database';
insert into lookup_norms (role, least, times_usual, most) values
  ('hq', 60, 3, 300), ('office', 40, 3, 200), ('epidemiologist', 80, 3, 400), ('hotline', 60, 2, 240), ('auditor', 30, 3, 100);
grant select on lookup_norms to jkb_app;
grant select on lookup_norms to jkb_readonly;

-- Whether somebody belongs to the work of an office is asked by person.
create index appeals_person on appeals (person_id);

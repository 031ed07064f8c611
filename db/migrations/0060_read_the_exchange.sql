-- What the telephone exchange of the hotline told last. One row: the city has one hotline.
create table hotline_exchange (
  is_only boolean primary key default true check (is_only),
  asked_at timestamptz,
  measured_at timestamptz,
  waiting integer check (waiting >= 0),
  longest_wait_seconds integer check (longest_wait_seconds >= 0),
  agents integer check (agents >= 0),
  ready integer check (ready between 0 and agents),
  offered integer check (offered >= 0),
  answered integer check (answered between 0 and offered),
  answered_in_time integer check (answered_in_time between 0 and answered),
  answer_seconds smallint check (answer_seconds > 0),
  check (num_nulls(measured_at, waiting, longest_wait_seconds, agents, ready, offered, answered, answered_in_time, answer_seconds) in (0, 9))
);
comment on table hotline_exchange is 'What the telephone exchange of the hotline told last: calls that wait, operators, calls of the day; no caller';
insert into hotline_exchange default values;
grant select, update on hotline_exchange to jkb_app;
grant select on hotline_exchange to jkb_readonly;

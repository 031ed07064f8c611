-- A checkpoint phone whose key ran out, was lost or is worn is enrolled anew by a code of its office: good once and for minutes,
-- for this one door. The key before is retired by it.

create table device_enrolments (
  code_hash bytea primary key check (length(code_hash) = 32),
  device_id uuid not null references devices,
  made_by bigint not null references operators (operator_id),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- What it made
  next_device_id uuid references devices,
  check ((used_at is null) = (next_device_id is null))
);
create unique index device_enrolments_open on device_enrolments (device_id) where used_at is null;
create index device_enrolments_age on device_enrolments (made_at);
comment on table device_enrolments is 'Codes by which an enrolled phone gets another key for the same door; the code is kept as a hash, forgotten after a day';

grant select, insert, update, delete on device_enrolments to jkb_app;

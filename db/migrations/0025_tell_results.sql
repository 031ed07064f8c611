-- Results told: sheets with a code that anybody verifies, and who was called before the word positive is shown.

create table result_sheets (
  -- Random; says nothing about the person
  sheet_id bytea primary key check (octet_length(sheet_id) = 10),
  test_id bigint not null,
  -- Of the result as it was printed: a correction ends the sheet
  revision integer not null,
  person_id bigint not null,
  issued_at timestamptz not null,
  unique (test_id, revision)
);
create index result_sheets_issued on result_sheets (issued_at);
comment on table result_sheets is 'Printed results: which result, as it was then, a code stands for';

create table result_calls (
  call_id bigint generated always as identity primary key,
  test_id bigint not null,
  revision integer not null,
  outcome text not null check (outcome in ('reached', 'not_reached')),
  note text check (length(note) between 1 and 200),
  called_by bigint not null references operators,
  called_at timestamptz not null,
  request_id uuid not null unique
);
create index result_calls_test on result_calls (test_id, call_id desc);
create index result_calls_at on result_calls (called_at);
comment on table result_calls is 'Telephone calls to people with a positive result: who called, and whether they were reached';

create index test_results_positive on test_results (reported_at) where result = 'positive' and withdrawn_at is null;

grant select, insert, delete on result_sheets, result_calls to jkb_app;
grant usage on sequence result_calls_call_id_seq to jkb_app;

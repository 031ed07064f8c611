-- A round is told to the phones of its people in waves; somebody may stop it in the middle, and it goes on where it was.
create table round_tellings (
  round_id bigint primary key references test_rounds on delete cascade,
  state text not null default 'running' check (state in ('running', 'stopped', 'done', 'dropped')),
  per_wave integer not null check (per_wave between 10 and 20000),
  every_minutes smallint not null check (every_minutes between 1 and 120),
  texts boolean not null,
  -- Known once the people have been gathered
  total integer check (total >= 0),
  told integer not null default 0 check (told >= 0),
  texts_sent integer not null default 0,
  texts_failed integer not null default 0,
  texts_on date,
  texts_that_day integer not null default 0,
  waves integer not null default 0,
  wave_left integer not null default 0 check (wave_left >= 0),
  wave_at timestamptz,
  due_at timestamptz not null,
  begun_by bigint not null references operators,
  begun_at timestamptz not null,
  ended_at timestamptz,
  stopped_by bigint references operators,
  stop_reason text check (length(stop_reason) between 2 and 300),
  check ((state = 'running') = (ended_at is null)),
  check ((stopped_by is null) = (stop_reason is null)),
  check (state <> 'stopped' or stopped_by is not null)
);
comment on table round_tellings is 'How far a round is told to the phones of its people, in waves';
create index round_tellings_due on round_tellings (due_at) where state = 'running';
create index round_tellings_texts on round_tellings (texts_on) where texts_on is not null;

create table round_recipients (
  round_id bigint not null references test_rounds on delete cascade,
  account_id bigint not null references accounts,
  primary key (round_id, account_id)
);
comment on table round_recipients is 'Accounts that a round has still to be told to; gone once told';
grant select, insert, update, delete on round_tellings, round_recipients to jkb_app;

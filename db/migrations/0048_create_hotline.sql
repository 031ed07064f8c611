-- The hotline: how it works, as one document with versions, who is there, and its calls. A call names nobody.

create table hotline_policies (
  version integer generated always as identity primary key,
  state text not null check (state in ('draft', 'released', 'dropped')),
  -- One more with every save: the later of two editors sees that somebody was there
  revision integer not null default 1 check (revision > 0),
  -- packages/domain ticket/hotline
  policy jsonb not null check (jsonb_typeof(policy) = 'object'),
  change_note text not null check (length(change_note) between 2 and 300),
  edited_by bigint not null references operators,
  edited_at timestamptz not null,
  released_by bigint references operators,
  released_at timestamptz,
  check ((state = 'released') = (released_at is not null)),
  check (num_nonnulls(released_by, released_at) in (0, 2)),
  check (released_by is null or released_by <> edited_by)
);
create unique index hotline_policies_open on hotline_policies ((true)) where state = 'draft';
create index hotline_policies_released on hotline_policies (version desc) where state = 'released';
comment on table hotline_policies is 'Norms, what the hotline decides alone, wrap-up codes and ready answers, all in one version; the last released one counts. Kept for good';

create table hotline_presence (
  operator_id bigint primary key references operators,
  seen_at timestamptz not null,
  -- Calls that the exchange showed waiting, and when it was read
  waiting integer check (waiting between 0 and 100000),
  waiting_at timestamptz,
  check (num_nonnulls(waiting, waiting_at) in (0, 2))
);
comment on table hotline_presence is 'Who was at the desk of the hotline last, and what its exchange showed; deleted after a day';

create table hotline_calls (
  call_id uuid primary key,
  operator_id bigint not null references operators,
  request_id uuid not null,
  began_at timestamptz not null,
  -- As the telephone showed it
  rang_seconds smallint check (rang_seconds between 0 and 3600),
  ended_at timestamptz check (ended_at >= began_at),
  wrap_up text check (length(wrap_up) between 2 and 30),
  ticket_id uuid references tickets on delete set null,
  unique (operator_id, request_id),
  check (num_nonnulls(ended_at, wrap_up) in (0, 2))
);
create unique index hotline_calls_open on hotline_calls (operator_id) where ended_at is null;
create index hotline_calls_began on hotline_calls (began_at);
create index hotline_calls_ended on hotline_calls (ended_at) where ended_at is not null;
create index hotline_calls_ticket on hotline_calls (ticket_id) where ticket_id is not null;
comment on table hotline_calls is 'Calls of the hotline: how long they rang and what they were about, never who called; deleted after 400 days';

-- The numbers of the day ask what came and what was answered since midnight.
create index ticket_entries_answered on ticket_entries (at) where step = 'answered';
create index tickets_late on tickets (due_at) where state not in ('answered', 'closed');
create index tickets_submitted on tickets (submitted_at);
create index tickets_hotline on tickets (division_code text_pattern_ops) where state in ('new', 'returned');
create index tickets_person on tickets (person_id, submitted_at desc) where person_id is not null;

grant select, insert, update on hotline_policies to jkb_app;
grant select, insert, update, delete on hotline_presence, hotline_calls to jkb_app;

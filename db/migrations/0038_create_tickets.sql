-- Tickets: what people write or call about, until they say that it is solved.

create sequence ticket_numbers start with 100001;

create table tickets (
  ticket_id uuid primary key,
  -- The day and a running number: told on the phone
  number text not null unique check (number ~ '^[0-9]{8}-[0-9]{6,}$'),
  kind text not null check (kind in ('question', 'cannot_register', 'wrong_data', 'paper_code', 'venue', 'rude_check', 'praise')),
  channel text not null check (channel in ('app', 'call')),
  account_id bigint references accounts,
  person_id bigint references persons,
  made_by bigint references operators,
  request_id uuid not null,
  statement_encrypted bytea not null,
  form_encrypted bytea not null,
  caller_name_encrypted bytea,
  phone_encrypted bytea not null,
  -- Finds the tickets of one number again
  phone_index bytea not null,
  -- Where it is about
  division_code text not null references divisions (code),
  -- Whose offices have it; none while the hotline has
  assigned_code text references divisions (code),
  state text not null check (state in ('new', 'dispatched', 'signed', 'returned', 'arbitration', 'answered', 'closed')),
  submitted_at timestamptz not null,
  signed_by bigint references operators,
  returns smallint not null default 0 check (returns >= 0),
  settled boolean not null default false,
  rounds smallint not null default 1 check (rounds > 0),
  clock_from timestamptz,
  due_at timestamptz,
  overdue_told_at timestamptz,
  answer_encrypted bytea,
  closed_at timestamptz,
  closing text check (closing in ('word', 'call_back', 'unreached', 'withdrawn')),
  unique (account_id, request_id),
  unique (made_by, request_id),
  check ((channel = 'app') = (made_by is null)),
  check (channel = 'call' or account_id is not null),
  check ((state = 'closed') = (closed_at is not null)),
  check ((state = 'closed') = (closing is not null)),
  check (state not in ('dispatched', 'signed') or assigned_code is not null),
  check (state <> 'signed' or signed_by is not null)
);
create index tickets_account on tickets (account_id, submitted_at desc) where account_id is not null;
create index tickets_phone on tickets (phone_index, submitted_at desc);
create index tickets_division on tickets (division_code text_pattern_ops, submitted_at desc, ticket_id desc);
create index tickets_assigned on tickets (assigned_code text_pattern_ops, submitted_at desc, ticket_id desc);
create index tickets_due on tickets (due_at) where state not in ('answered', 'closed') and overdue_told_at is null;
create index tickets_closed on tickets (closed_at) where closed_at is not null;
comment on table tickets is 'What people write or call about: new → dispatched → signed → answered → closed, by way of returned and arbitration; deleted 180 days after the end';

create table ticket_entries (
  entry_id bigint generated always as identity primary key,
  ticket_id uuid not null references tickets on delete cascade,
  at timestamptz not null,
  step text not null check (step in ('submitted', 'recorded', 'dispatched', 'signed', 'sent_back', 'arbitrated', 'noted', 'replied',
    'wrote', 'paused', 'resumed', 'answered', 'tried', 'closed', 'reopened', 'withdrawn', 'overdue')),
  operator_id bigint references operators,
  text_encrypted bytea,
  -- Of a dispatch: whose it was and whose it is
  from_code text references divisions (code),
  to_code text references divisions (code),
  request_id uuid,
  unique (ticket_id, request_id)
);
create index ticket_entries_ticket on ticket_entries (ticket_id, entry_id);
comment on table ticket_entries is 'Everything that happened to a ticket, with what was written; deleted with it';

create table ticket_pictures (
  ticket_id uuid not null references tickets on delete cascade,
  number smallint not null check (number between 1 and 3),
  media_type text not null check (media_type in ('image/jpeg', 'image/png')),
  content_encrypted bytea not null,
  primary key (ticket_id, number)
);
comment on table ticket_pictures is 'Pictures that came with a ticket, drawn anew; deleted with it';

create table ticket_pauses (
  ticket_id uuid not null references tickets on delete cascade,
  from_at timestamptz not null,
  to_at timestamptz check (to_at >= from_at),
  primary key (ticket_id, from_at)
);
create unique index ticket_pauses_open on ticket_pauses (ticket_id) where to_at is null;
comment on table ticket_pauses is 'When the clock of a ticket stood still; kept through every change of hands, deleted with it';

grant select, insert, update, delete on tickets, ticket_pauses to jkb_app;
grant select, insert, delete on ticket_entries, ticket_pictures to jkb_app;
grant usage on sequence ticket_numbers to jkb_app;
grant usage on sequence ticket_entries_entry_id_seq to jkb_app;

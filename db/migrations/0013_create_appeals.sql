-- Appeals: somebody says that a reason of their colour is wrong. An office answers, or proposes that the finding ends;
-- what becomes of the proposal becomes of the appeal (docs/adr/0017).

create table appeals (
  appeal_id uuid primary key,
  account_id bigint not null references accounts,
  person_id bigint not null references persons,
  request_id uuid not null,
  -- Of the reason appealed against.
  category text not null check (length(category) between 1 and 100),
  statement_encrypted bytea not null,
  contact_phone_encrypted bytea not null,
  -- Whose offices handle it.
  division_code text not null references divisions,
  state text not null check (state in ('submitted', 'in_progress', 'proposed', 'upheld', 'refused', 'answered', 'withdrawn')),
  submitted_at timestamptz not null,
  handled_by bigint references operators,
  proposal_id bigint unique references proposals,
  answer_encrypted bytea,
  ended_at timestamptz,
  unique (account_id, request_id),
  check (state <> 'proposed' or proposal_id is not null),
  check ((ended_at is not null) = (state in ('upheld', 'refused', 'answered', 'withdrawn')))
);
create unique index appeals_open on appeals (person_id, category) where state in ('submitted', 'in_progress', 'proposed');
create index appeals_account on appeals (account_id, submitted_at desc);
create index appeals_division on appeals (division_code text_pattern_ops, submitted_at desc, appeal_id desc);
create index appeals_ended on appeals (ended_at) where ended_at is not null;
comment on table appeals is 'Appeals against a reason of a colour: submitted → in_progress → proposed → upheld or refused, or answered, withdrawn; one open per person and reason';

create table appeal_pictures (
  appeal_id uuid not null references appeals on delete cascade,
  number smallint not null check (number between 1 and 3),
  media_type text not null check (media_type in ('image/jpeg', 'image/png')),
  content_encrypted bytea not null,
  primary key (appeal_id, number)
);
comment on table appeal_pictures is 'Evidence of an appeal, without metadata; deleted with it';

create table appeal_steps (
  step_id bigint generated always as identity primary key,
  appeal_id uuid not null references appeals on delete cascade,
  at timestamptz not null,
  step text not null check (step in ('submitted', 'taken', 'handed_over', 'proposed', 'reopened', 'upheld', 'refused', 'answered', 'withdrawn')),
  operator_id bigint references operators,
  -- For the next who handles it; never shown to the citizen.
  note_encrypted bytea
);
create index appeal_steps_appeal on appeal_steps (appeal_id, step_id);
comment on table appeal_steps is 'What happened to an appeal, shown to its author without names';

grant select, insert, update, delete on appeals to jkb_app;
grant select, insert, delete on appeal_pictures, appeal_steps to jkb_app;
grant usage on all sequences in schema public to jkb_app;
grant select (appeal_id, category, division_code, state, submitted_at, ended_at) on appeals to jkb_readonly;

-- What is known of a person beside facts: one with another person, perhaps one with another, dead or gone.

create table person_unions (
  person_id bigint primary key references persons,
  kept_person_id bigint not null references persons,
  since timestamptz not null
);
create index person_unions_kept on person_unions (kept_person_id);
comment on table person_unions is 'Persons that are one human, by the decision of two operators: all facts of all of them colour each. The kept one has a row too';

create table person_doubts (
  first_person_id bigint not null references persons,
  second_person_id bigint not null references persons,
  since timestamptz not null,
  primary key (second_person_id, first_person_id),
  check (first_person_id <> second_person_id)
);
create index person_doubts_first on person_doubts (first_person_id);
comment on table person_doubts is 'Persons that may be one human and wait for an office: the second one is not green meanwhile';

create table person_absences (
  person_id bigint primary key references persons,
  state text not null check (state in ('deceased', 'moved_away')),
  since timestamptz not null
);
comment on table person_absences is 'The dead and those who moved away: no live code, no reminders';

create table identity_matters (
  matter_id bigint generated always as identity primary key,
  first_person_id bigint not null references persons,
  second_person_id bigint not null references persons,
  cause text not null check (cause in ('likeness', 'lifelong_number', 'renewal')),
  state text not null default 'open' check (state in ('open', 'same', 'different')),
  opened_at timestamptz not null,
  due_at timestamptz not null check (due_at > opened_at),
  alarmed_at timestamptz,
  closed_at timestamptz,
  unique (first_person_id, second_person_id),
  check (first_person_id <> second_person_id),
  check ((state = 'open') = (closed_at is null))
);
create index identity_matters_open on identity_matters (due_at) where state = 'open';
create index identity_matters_second on identity_matters (second_person_id);
comment on table identity_matters is 'Possible same persons: an office answers within two hours';

create table identity_changes (
  change_id bigint generated always as identity primary key,
  kind text not null check (kind in ('merge', 'keep_apart', 'unmerge', 'set_absence', 'end_absence', 'renew')),
  person_id bigint not null references persons,
  other_person_id bigint references persons check (other_person_id <> person_id),
  matter_id bigint references identity_matters,
  absence text check (absence in ('deceased', 'moved_away')),
  -- The document that replaces the one in use
  document_encrypted bytea,
  reason text not null check (length(reason) between 1 and 500),
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'expired', 'withdrawn')),
  proposed_by bigint not null references operators,
  proposed_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > proposed_at),
  decided_by bigint references operators check (decided_by <> proposed_by),
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) between 1 and 500),
  alarms text[] not null default '{}',
  request_id uuid not null unique,
  check ((kind in ('merge', 'keep_apart')) = (other_person_id is not null)),
  check ((kind = 'set_absence') = (absence is not null)),
  check (kind <> 'renew' or state <> 'open' or document_encrypted is not null),
  check (state in ('approved', 'rejected') = (decided_by is not null))
);
create unique index identity_changes_open on identity_changes (person_id) where state = 'open';
create index identity_changes_matter on identity_changes (matter_id) where matter_id is not null;
create index identity_changes_person on identity_changes (person_id);
comment on table identity_changes is 'Who is who, each proposed by one operator and decided by another';

grant select, insert, update, delete on person_unions, person_doubts, person_absences to jkb_app;
grant select, insert on identity_matters, identity_changes to jkb_app;
grant update (state, alarmed_at, closed_at, due_at, opened_at) on identity_matters to jkb_app;
grant update (state, document_encrypted, decided_by, decided_at, decision_reason, alarms) on identity_changes to jkb_app;
grant usage on sequence identity_matters_matter_id_seq, identity_changes_change_id_seq to jkb_app;

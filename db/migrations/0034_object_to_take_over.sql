-- An identity that moved to another phone: the old phone may object for a day. The live code then stops on both, and an office
-- says within two hours whose it is.

create table take_overs (
  take_over_id uuid primary key default gen_random_uuid(),
  person_id bigint not null references persons,
  from_account_id bigint not null references accounts,
  to_account_id bigint not null references accounts,
  consent_version text,
  taken_at timestamptz not null,
  object_until timestamptz not null,
  state text not null default 'moved' check (state in ('moved', 'objected', 'kept', 'returned')),
  objected_at timestamptz,
  due_at timestamptz,
  alarmed_at timestamptz,
  decided_at timestamptz,
  decided_by bigint references operators (operator_id),
  reason text,
  check ((state = 'moved') = (objected_at is null)),
  check ((objected_at is null) = (due_at is null)),
  check ((state in ('kept', 'returned')) = (decided_at is not null)),
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (reason is null))
);
create index take_overs_from on take_overs (from_account_id, taken_at desc);
create index take_overs_to on take_overs (to_account_id, taken_at desc);
create unique index take_overs_open on take_overs (person_id) where state = 'objected';
create index take_overs_due on take_overs (due_at) where state = 'objected';
create index take_overs_age on take_overs (taken_at);
comment on table take_overs is 'Identities that moved to another phone by a face check, the objection of the old phone, and what an office decided';
grant select, insert, update, delete on take_overs to jkb_app;

alter table person_codes
  add column held_at timestamptz,
  drop constraint person_codes_revoked_reason_check,
  add constraint person_codes_revoked_reason_check
    check (revoked_reason in ('reported_lost', 'replaced', 'person_removed', 'link_ended', 'objected')),
  add constraint person_codes_held_check check (held_at is null or kind = 'live');
comment on column person_codes.held_at is 'A live code that is shown to nobody: it keeps its place, so that no other one comes into force until an office has decided';

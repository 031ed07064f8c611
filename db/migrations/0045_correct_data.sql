-- Data of a person that were wrong from the beginning: put right by two operators, by the way of a renewed document.

alter table identity_changes
  drop constraint identity_changes_kind_check,
  add constraint identity_changes_kind_check
    check (kind in ('merge', 'keep_apart', 'unmerge', 'set_absence', 'end_absence', 'renew', 'correct')),
  add constraint identity_changes_correction check (kind <> 'correct' or state <> 'open' or document_encrypted is not null);

create table corrections (
  correction_id uuid primary key,
  -- What becomes of it stands there, and nowhere else
  change_id bigint not null unique references identity_changes,
  person_id bigint not null references persons,
  ticket_id uuid references tickets on delete set null,
  fields text[] not null check (cardinality(fields) > 0 and fields <@ array['name', 'document_type', 'document_number', 'birth_date']),
  -- Masked, as their person sees them
  before jsonb not null check (jsonb_typeof(before) = 'object'),
  after jsonb not null check (jsonb_typeof(after) = 'object'),
  authority text not null check (authority in ('match', 'unknown', 'unavailable')),
  made_by bigint not null references operators,
  made_at timestamptz not null
);
create index corrections_person on corrections (person_id, made_at desc);
create index corrections_ticket on corrections (ticket_id) where ticket_id is not null;
create index corrections_made on corrections (made_at);
comment on table corrections is 'What is put right about a person: before and after, masked; deleted after 180 days';
grant select, insert, delete on corrections to jkb_app;
grant update (ticket_id) on corrections to jkb_app;

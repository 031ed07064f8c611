-- One journey no longer takes the place of another at the door, scans that are sent late arrive too, and the follow-up of
-- an arrival is a list of dated notes.

-- A row for each registration that counts, each with its time: from a day before the planned arrival (an earlier train)
-- until three days after. A scan still finds them by the first column of the primary key.
delete from entry_current;
alter table entry_current
  add column valid_from timestamptz not null,
  drop constraint entry_current_pkey,
  add primary key (person_id, entry_id),
  add check (valid_from < valid_until);
insert into entry_current (person_id, entry_id, valid_from, valid_until)
select ep.person_id, e.entry_id, e.planned_arrival_at - interval '1 day', e.planned_arrival_at + interval '3 days'
from entry_registrations e join entry_persons ep using (entry_id)
where e.state in ('submitted', 'arrived', 'received') and e.planned_arrival_at > now() - interval '3 days';
comment on table entry_current is 'The entry registrations that count at the door, each from valid_from until valid_until';

-- Registrations of the last days are gone through in this order, for scans that were sent late.
create index entry_registrations_planned on entry_registrations (planned_arrival_at, entry_id);
alter table entry_marks
  add column walked_to timestamptz,
  add column walked_to_id uuid;
comment on table entry_marks is 'How far the visits at entry channels have been read, and how far registrations have been gone through for scans sent late';

-- Trains, flights and plates are found by the keyed hash of their number: a plate names somebody.
alter table entry_registrations add column arrival_number_index bytea check (octet_length(arrival_number_index) = 32);
create index entry_registrations_number on entry_registrations (arrival_number_index) where arrival_number_index is not null;
comment on column entry_registrations.note is 'The last note of follow-ups before there was entry_follow_ups; no longer written';

create table entry_follow_ups (
  follow_up_id bigint generated always as identity primary key,
  entry_id uuid not null references entry_registrations on delete cascade,
  kind text not null check (kind in ('call', 'visit', 'note', 'received', 'closed')),
  noted_at timestamptz not null,
  operator_id bigint not null references operators,
  request_id uuid not null,
  note_encrypted bytea not null,
  unique (operator_id, request_id)
);
create index entry_follow_ups_entry on entry_follow_ups (entry_id, follow_up_id);
comment on table entry_follow_ups is 'What the community did about an arrival, and when; never edited, deleted with the registration';

grant select, insert, delete on entry_follow_ups to jkb_app;
grant usage on all sequences in schema public to jkb_app;

-- A scan sent late is answered by what was declared when it was made, also where that was corrected before it arrived.

create table entry_former (
  person_id bigint not null references persons,
  entry_id uuid not null references entry_registrations on delete cascade,
  version smallint not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  declared_at timestamptz not null,
  corrected_at timestamptz not null,
  primary key (person_id, entry_id, version)
);
create index entry_former_entry on entry_former (entry_id);
comment on table entry_former is 'Who a version of an entry registration let in and when, until it was corrected; read for scans sent late only, deleted with the registration';
grant select, insert, delete on entry_former to jkb_app;

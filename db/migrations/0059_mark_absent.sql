-- A list that is called at a table: who was not there on that day.
create table roster_absences (
  roster_id bigint not null references rosters on delete cascade,
  person_id bigint not null references persons,
  on_date date not null,
  marked_by bigint not null references operators,
  marked_at timestamptz not null,
  primary key (roster_id, person_id, on_date)
);
comment on table roster_absences is 'Whoever was called at a sampling table and was not there; taken back where they came after all';
create index roster_absences_person on roster_absences (person_id, on_date);
grant select, insert, update, delete on roster_absences to jkb_app;

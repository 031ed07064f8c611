-- A finding may hang on somebody (a secondary contact on the contact) and belong to a place (an area or zone with everybody
-- in it), so that what happens there reaches all of them at once (docs/adr/0021).

create table zones (
  zone_id bigint generated always as identity primary key,
  division_code text not null references divisions,
  name text not null check (length(name) between 1 and 100),
  -- The rated area that it is, if any: when its list ends it, lifting the zone is drafted.
  area_id bigint references risk_areas,
  created_at timestamptz not null,
  unique (division_code, name)
);
create index zones_area on zones (area_id) where area_id is not null;
comment on table zones is 'Controlled places whose people are lifted together; standing as long as findings in it are';

alter table findings
  add zone_id bigint references zones,
  add contact_person_id bigint references persons check (contact_person_id <> person_id),
  -- Of the lifting that ended it.
  add lifted_by bigint references proposals;
create index findings_zone on findings (zone_id) where zone_id is not null;
create index findings_contact on findings (contact_person_id) where contact_person_id is not null;
comment on column findings.contact_person_id is 'Secondary contact: whose contact; details.contactPositiveAt follows that person''s confirmed findings';

alter table proposals add zone_id bigint references zones;
alter table proposals drop constraint proposals_kind_check;
alter table proposals add constraint proposals_kind_check
  check (kind in ('finding.add', 'finding.end', 'zone.lift', 'import.apply', 'ruleset.publish', 'ruleset.call_off'));
alter table proposals drop constraint proposals_one_subject;
alter table proposals add constraint proposals_one_subject
  check (num_nonnulls(person_id, zone_id, import_id, draft_id, ruleset_id) = 1);
-- The end of a rated area drafts the lifting by itself; a person still decides.
alter table proposals drop constraint proposals_one_proposer;
alter table proposals add constraint proposals_one_proposer
  check (num_nonnulls(proposed_by, proposed_by_partner) = case when zone_id is null or proposed_by is not null then 1 else 0 end);
create index proposals_zone on proposals (zone_id, proposal_id desc) where zone_id is not null;

grant select, insert, update on zones to jkb_app;
grant usage on all sequences in schema public to jkb_app;
grant select on zones to jkb_readonly;

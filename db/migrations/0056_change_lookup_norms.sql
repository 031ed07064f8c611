-- How many look-ups are usual for a role is changed in the console, by two people of headquarters.

alter table proposals add column lookup_role text references lookup_norms,
  drop constraint proposals_kind_check,
  add constraint proposals_kind_check check (kind in ('finding.add', 'finding.end', 'zone.lift', 'import.apply', 'import.undo',
    'ruleset.publish', 'ruleset.call_off', 'case.open', 'case.expose', 'case.undo', 'exposure.drop', 'announcement.release',
    'services.release', 'lookup_norm.change')),
  drop constraint proposals_one_subject,
  add constraint proposals_one_subject check (num_nonnulls(person_id, zone_id, import_id, draft_id, ruleset_id, case_id,
    announcement_id, service_version, lookup_role) = 1),
  add constraint proposals_lookup_norm check ((lookup_role is not null) = (kind = 'lookup_norm.change'));
create index proposals_lookup_role on proposals (lookup_role) where state = 'open' and lookup_role is not null;

comment on table lookup_norms is 'How many look-ups a day are usual for a role; above them the auditor is told. Changed by two people of headquarters';
grant update (least, times_usual, most) on lookup_norms to jkb_app;

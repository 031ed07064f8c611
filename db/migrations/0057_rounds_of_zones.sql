-- A round may ask for the people of zones. Whoever has nothing saved of where they live is counted where they stay.
alter table test_rounds add column zone_ids bigint[] not null default '{}';
alter table test_rounds drop constraint test_rounds_check2;
alter table test_rounds add constraint test_rounds_one_who check (
  (cardinality(division_codes) > 0)::int + (cardinality(roster_ids) > 0)::int + (cardinality(zone_ids) > 0)::int = 1);

-- Proposals keep what was seen when they were made and decided; alarms are acknowledged; their makers may take them back;
-- a ruleset that is not yet in force may be called off.

alter table proposals
  -- How many persons it counts for, against the limits of a day.
  add persons integer not null default 1 check (persons >= 0),
  -- What it would have done, as computed then: {impact?, import?, ruleset?}.
  add seen_at_proposal jsonb,
  add seen_at_decision jsonb,
  -- Of a ruleset to be called off.
  add ruleset_id text references rulesets,
  add alarm_acknowledged_by bigint references operators,
  add alarm_acknowledged_at timestamptz,
  add alarm_note text check (length(alarm_note) between 2 and 300),
  add constraint proposals_alarm_acknowledged check (num_nonnulls(alarm_acknowledged_by, alarm_acknowledged_at) in (0, 2)),
  add constraint proposals_alarm_of_others check (alarm_acknowledged_by <> proposed_by);
alter table proposals drop constraint proposals_state_check;
alter table proposals add constraint proposals_state_check
  check (state in ('open', 'approved', 'rejected', 'expired', 'withdrawn'));
alter table proposals drop constraint proposals_kind_check;
alter table proposals add constraint proposals_kind_check
  check (kind in ('finding.add', 'finding.end', 'import.apply', 'ruleset.publish', 'ruleset.call_off'));
alter table proposals drop constraint proposals_one_subject;
alter table proposals add constraint proposals_one_subject
  check (num_nonnulls(person_id, import_id, draft_id, ruleset_id) = 1);
create unique index proposals_ruleset on proposals (ruleset_id) where state in ('open', 'approved');
create index proposals_division on proposals (division_code, proposed_at);
create index proposals_alarm_open on proposals (proposal_id) where alarms <> '[]' and alarm_acknowledged_by is null;

update proposals p set persons = case when p.import_id is null then 0 else coalesce(
    (select (i.impact ->> 'persons')::integer + (i.impact ->> 'unregistered')::integer from imports i
     where i.import_id = p.import_id and i.kind in ('findings', 'home_monitoring')), 0) end
  where p.person_id is null;
-- Whoever decided on one that had raised an alarm had it in front of them.
update proposals set alarm_acknowledged_by = decided_by, alarm_acknowledged_at = decided_at
  where alarms <> '[]' and state in ('approved', 'rejected');

alter table rulesets add called_off_at timestamptz check (called_off_at < effective_from);
comment on column rulesets.called_off_at is 'Never came into force';
drop index rulesets_effective;
create unique index rulesets_effective on rulesets (effective_from) where called_off_at is null;
grant update (called_off_at) on rulesets to jkb_app;

-- What a category lets one expect of a person became a part of the rules; those written before get what was fixed until now.
update rulesets set document = jsonb_set(document, '{categories}', (
  select jsonb_object_agg(c.key, case when e.category is null or c.value ? 'expects' then c.value
    else c.value || jsonb_build_object('expects', e.expects) end)
  from jsonb_each(document -> 'categories') c left join (values
    ('confirmed', '["positive_test"]'::jsonb), ('inbound_abroad', '["away_before_anchor"]'),
    ('risk_area_travel', '["away_before_anchor"]'), ('medium_risk_area_travel', '["away_before_anchor"]'),
    ('low_risk_area_travel', '["away_before_anchor"]'), ('risk_area_resident', '["rated_area_in_city"]'),
    ('medium_risk_area_resident', '["rated_area_in_city"]')) e(category, expects) on e.category = c.key));
update ruleset_drafts set document = jsonb_set(document, '{categories}', (
  select jsonb_object_agg(c.key, case when e.category is null or c.value ? 'expects' then c.value
    else c.value || jsonb_build_object('expects', e.expects) end)
  from jsonb_each(document -> 'categories') c left join (values
    ('confirmed', '["positive_test"]'::jsonb), ('inbound_abroad', '["away_before_anchor"]'),
    ('risk_area_travel', '["away_before_anchor"]'), ('medium_risk_area_travel', '["away_before_anchor"]'),
    ('low_risk_area_travel', '["away_before_anchor"]'), ('risk_area_resident', '["rated_area_in_city"]'),
    ('medium_risk_area_resident', '["rated_area_in_city"]')) e(category, expects) on e.category = c.key))
  where jsonb_typeof(document -> 'categories') = 'object';

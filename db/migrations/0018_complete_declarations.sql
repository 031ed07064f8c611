-- Declarations to the end: corrections count where they are worse, areas say how much of a division they cover, matters
-- know their proposal and its outcome, and every declaration the division that looks after the person.

-- A correction with another date is a fact of its own; the application writes it only where it is later than the last.
drop index findings_declaration;
create unique index findings_declaration on findings (person_id, category, (details ->> 'declarationId'), anchor_at)
  where details ? 'declarationId' and not details ? 'stayId';
-- One finding a stay and category, so that a stay in an area that was raised counts as what the area is now.
drop index findings_stay;
create unique index findings_stay on findings (person_id, category, (details ->> 'stayId')) where details ? 'stayId';

-- What is there was matched as if it covered its division; a part of one is verified by an office. The next answer of the
-- feed and the next file say which it is.
alter table risk_areas add extent text not null default 'part' check (extent in ('whole', 'part'));
comment on column risk_areas.extent is 'Whether the area is the whole division of its code, or a street or village in it: nobody has a finding for having been elsewhere in the same county';
update risk_area_feeds set etag = null;

alter table declaration_versions add office_code text references divisions;
comment on column declaration_versions.office_code is 'The division the person named as looking after them';

alter table declaration_matters
  add proposal_id bigint unique references proposals,
  add stay_id bigint,
  add area_ids bigint[] not null default '{}',
  drop constraint declaration_matters_cause_check,
  drop constraint declaration_matters_state_check,
  drop constraint declaration_matters_person_id_declaration_id_category_ancho_key;
alter table declaration_matters
  add constraint declaration_matters_cause_check check (cause in ('verify', 'other_person', 'part_of_area')),
  add constraint declaration_matters_state_check check (state in ('waiting', 'proposed', 'approved', 'rejected', 'dismissed'));
create unique index declaration_matters_fact on declaration_matters (person_id, declaration_id, category, anchor_at) where stay_id is null;
create unique index declaration_matters_stay on declaration_matters (person_id, stay_id, category) where stay_id is not null and state = 'waiting';
create index declaration_matters_declaration on declaration_matters (declaration_id);
comment on column declaration_matters.proposal_id is 'What it became; none where it was proposed before this was kept, or where it waits again';
comment on column declaration_matters.area_ids is 'The areas a stay might have been in, so that the same question is asked once';
comment on table declaration_matters is 'Declared facts that become a finding only by an office''s proposal and a second operator: waiting → proposed → approved or rejected, or dismissed';

-- What was proposed before, found again by its evidence.
update declaration_matters m set proposal_id = p.proposal_id,
  state = case when p.state in ('approved', 'rejected') then p.state else m.state end
from proposals p
where m.state = 'proposed' and p.kind = 'finding.add' and p.person_id = m.person_id and p.payload ->> 'category' = m.category
  and (p.payload ->> 'anchorAt')::timestamptz = m.anchor_at
  and starts_with(p.payload ->> 'evidence', 'declaration ' || m.declaration_id || ' version ' || m.version || ': ');

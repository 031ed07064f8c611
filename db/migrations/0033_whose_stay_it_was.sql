-- One human may have scanned by several documents. A stay remembers by which, so that two people of before are apart again exactly.

alter table case_stays add column person_id bigint references persons;
comment on column case_stays.person_id is 'By whose document it was scanned; null for stays of before, which are those of the case''s own person';

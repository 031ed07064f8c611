-- What a person decided about a positive result, and the drafts that its laboratory's later words concern.

alter table test_results add column verdict text check (verdict in ('approved', 'rejected'));
comment on column test_results.verdict is 'What a person decided about a positive: an approved one has its confirmed finding, a rejected one counts for nothing';

update test_results set reviewed_at = null where reviewed_at is not null and result <> 'positive';
update test_results t set verdict = coalesce(
  (select r.state from proposals r
   where r.payload ? 'testId' and r.payload ->> 'testId' = t.test_id::text and r.kind = 'finding.add' and r.state in ('approved', 'rejected')
   order by r.decided_at desc limit 1), 'approved')
where t.reviewed_at is not null;

alter table test_results add constraint test_results_verdict check ((verdict is null) = (reviewed_at is null) and (verdict is null or result = 'positive'));
-- The positives that wait for somebody: few, and looked for every few minutes.
create index test_results_standing on test_results (test_id)
  where result = 'positive' and kind = 'single' and verdict is null and withdrawn_at is null;

-- A draft that ends a confirmed case belongs to the result that its laboratory took back.
update proposals e set payload = e.payload || jsonb_build_object('testId', a.payload ->> 'testId')
from findings f join proposals a on a.proposal_id = f.proposal_id
where e.kind = 'finding.end' and e.proposed_by_partner is not null and not e.payload ? 'testId'
  and f.finding_id = (e.payload ->> 'findingId')::bigint and a.payload ? 'testId';
update proposals e set state = 'expired', decided_at = now(), decision_reason = 'result_changed'
from test_results t
where e.kind = 'finding.end' and e.state = 'open' and e.payload ? 'testId' and t.test_id = (e.payload ->> 'testId')::bigint
  and t.result = 'positive' and t.withdrawn_at is null;
update proposals e set state = 'expired', decided_at = now(), decision_reason = 'result_changed'
where e.state = 'open' and e.payload ? 'testId' and exists (
  select from proposals later where later.payload ? 'testId' and later.payload ->> 'testId' = e.payload ->> 'testId'
    and later.kind = e.kind and later.state = 'open' and later.proposal_id > e.proposal_id);
create unique index proposals_open_draft on proposals ((payload ->> 'testId'), kind) where payload ? 'testId' and state = 'open';

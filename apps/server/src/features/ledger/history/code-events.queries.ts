import type { StatusReason } from '@jiankangbao/contracts/reasons'
import type { Queryable } from '../../../db/pool.ts'
import type { Position } from '../../../http/paging.ts'

export interface SubjectRow {
  person_id: string
  name_masked: string
  colour: number | null
  /** Nothing before this is theirs to read. */
  since: Date | null
}

// The account holder, or a member who has no account of their own: whoever has one reads it there.
const SUBJECT = `
select p.person_id, p.name_masked, s.colour, x.since
from (
  select person_id, null::timestamptz as since from accounts where account_id = $1::bigint and person_id is not null and $2::uuid is null
  union all
  select m.person_id, m.added_at from members m
  where m.account_id = $1::bigint and m.member_id = $2::uuid and m.removed_at is null
    and not exists (select from accounts a where a.person_id = m.person_id)
) x
join persons p on p.person_id = x.person_id
left join status_current s on s.person_id = x.person_id`

export const findSubject = async (
  db: Queryable,
  accountId: string,
  memberId: string | undefined,
): Promise<SubjectRow | undefined> =>
  (await db.query<SubjectRow>(SUBJECT, [accountId, memberId ?? null])).rows[0]

// All documents of the human: who was looked up by one of them reads it. Colours are of the document in hand.
const OF_ALL = `any(coalesce((select array_agg(o.person_id) from person_unions u join person_unions o using (kept_person_id)
    where u.person_id = $1::bigint), array[$1::bigint]))`

export interface ChangeEventRow {
  change_id: string
  at: Date
  from_colour: number | null
  to_colour: number
  cause: string
  reasons: StatusReason[]
  reasons_before: StatusReason[] | null
}

/** Events are ordered by time (milliseconds, as on the wire), then changes after look-ups, then id; newest first. */
export const CHANGE_RANK = 1
const LOOKUP_RANK = 0

const CHANGES = `
select c.change_id, c.changed_at as at, c.from_colour, c.to_colour, c.cause, c.reasons,
  (select b.reasons from status_changes b where b.person_id = c.person_id and b.change_id < c.change_id order by b.change_id desc limit 1) as reasons_before
from status_changes c
where c.person_id = $1::bigint and ($2::timestamptz is null or c.changed_at >= $2::timestamptz)
  and ($3::timestamptz is null or (date_trunc('milliseconds', c.changed_at), ${CHANGE_RANK}, c.change_id) < ($3::timestamptz, $4::int, $5::bigint))
order by date_trunc('milliseconds', c.changed_at) desc, c.change_id desc limit $6::int`

const LOOKUPS = `
select l.lookup_id, l.looked_up_at as at, l.means, l.purpose, l.organisation, ve.name as venue_name, pt.name as point_name
from lookups l
left join venue_points pt on pt.point_id = l.point_id
left join venues ve on ve.venue_id = pt.venue_id
where l.person_id = ${OF_ALL} and ($2::timestamptz is null or l.looked_up_at >= $2::timestamptz)
  and ($3::timestamptz is null or (date_trunc('milliseconds', l.looked_up_at), ${LOOKUP_RANK}, l.lookup_id) < ($3::timestamptz, $4::int, $5::bigint))
order by date_trunc('milliseconds', l.looked_up_at) desc, l.lookup_id desc limit $6::int`

export interface LookupEventRow {
  lookup_id: string
  at: Date
  means: string
  purpose: string
  organisation: string
  venue_name: string | null
  point_name: string | null
}

/** Where a page ended: time, rank of the kind, id. */
export interface EventPosition {
  at: string
  rank: number
  id: string
}

const valuesOf = (subject: SubjectRow, after: EventPosition | undefined, limit: number) => [
  subject.person_id,
  subject.since,
  after?.at ?? null,
  after?.rank ?? null,
  after?.id ?? null,
  limit,
]

export const listChangeEvents = async (
  db: Queryable,
  subject: SubjectRow,
  after: EventPosition | undefined,
  limit: number,
): Promise<ChangeEventRow[]> =>
  (await db.query<ChangeEventRow>(CHANGES, valuesOf(subject, after, limit))).rows

export const listLookupEvents = async (
  db: Queryable,
  subject: SubjectRow,
  after: EventPosition | undefined,
  limit: number,
): Promise<LookupEventRow[]> =>
  (await db.query<LookupEventRow>(LOOKUPS, valuesOf(subject, after, limit))).rows

/** A decision of people behind a finding, or behind its end; offices, never names. */
export interface DecisionRow {
  ends: boolean
  category: string
  anchor_at: Date | null
  proposed_at: Date
  proposed_by: string
  approved_at: Date
  approved_by: string | null
}

const DECISIONS = `
select false as ends, f.category, f.anchor_at, coalesce(r.proposed_at, f.created_at) as proposed_at, coalesce(e.organisation, l.name) as proposed_by,
  coalesce(r.decided_at, f.created_at) as approved_at, a.organisation as approved_by
from findings f
left join operators e on e.operator_id = f.entered_by
left join operators a on a.operator_id = f.approved_by
left join proposals r on r.proposal_id = f.proposal_id
left join partners l on l.partner_id = r.proposed_by_partner
where f.person_id = $1::bigint and (f.entered_by is not null or l.partner_id is not null)
union all
select true, r.payload ->> 'category', null, r.proposed_at, coalesce(e.organisation, l.name), r.decided_at, a.organisation
from proposals r
left join operators e on e.operator_id = r.proposed_by
left join partners l on l.partner_id = r.proposed_by_partner
join operators a on a.operator_id = r.decided_by
where r.person_id = $1::bigint and r.kind = 'finding.end' and r.state = 'approved'
union all
select true, f.category, null, r.proposed_at, coalesce(e.organisation, r.payload ->> 'source'), r.decided_at, a.organisation
from findings f
join proposals r on r.proposal_id = f.lifted_by
left join operators e on e.operator_id = r.proposed_by
join operators a on a.operator_id = r.decided_by
where f.person_id = $1::bigint
order by approved_at desc limit 500`

/** Newest first. */
export const listDecisions = async (db: Queryable, personId: string): Promise<DecisionRow[]> =>
  (await db.query<DecisionRow>(DECISIONS, [personId])).rows

/** The position inside a cursor of `toPage`: the id carries the rank before it. */
export const toEventPosition = (position: Position | undefined): EventPosition | undefined => {
  if (!position) return undefined
  const [rank = '0', id = '0'] = position.id.split(':')
  return { at: position.at, rank: Number(rank), id }
}

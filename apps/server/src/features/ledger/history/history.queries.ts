import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { Queryable } from '../../../db/pool.ts'
import type { Position } from '../../../http/paging.ts'

// What an account holder may read about: their own person; members without an account of their own since they were
// added; of members who have one, only the scans made as somebody's member, because the rest is theirs alone.
const PEOPLE = `
own_people as (
  select person_id, '00000000-0000-0000-0000-000000000000'::uuid as member_id, '-infinity'::timestamptz as since, true as whole
  from accounts where account_id = $1::bigint and person_id is not null
  union all
  select m.person_id, m.member_id, m.added_at, not exists (select from accounts a where a.person_id = m.person_id)
  from members m where m.account_id = $1::bigint and m.removed_at is null
), people as (
  -- Whoever has several documents reads what happened by each of them.
  select coalesce(o.person_id, b.person_id) as person_id, b.member_id, b.since, b.whole
  from own_people b
  left join person_unions u on u.person_id = b.person_id and b.whole
  left join person_unions o on o.kept_person_id = u.kept_person_id
)`

/** `member_id` of the account holder. */
export const SELF = '00000000-0000-0000-0000-000000000000'

export interface MyVisitRow {
  request_key: string
  member_id: string
  visited_at: Date
  venue_name: string
  point_name: string
  kind: VenueKind
  colour: number
  decision: number
  flags: number
  name_masked: string
  is_far: boolean
  is_located: boolean
  withdrawn_at: Date | null
  is_stated: boolean
}

const LIST_VISITS = `
with ${PEOPLE}
select v.request_key, pe.member_id, i.visited_at, ve.name as venue_name, pt.name as point_name, ve.kind,
  v.answer & 3 as colour, v.answer >> 2 & 3 as decision, v.answer >> 4 as flags, p.name_masked,
  coalesce(po.is_far, false) as is_far, po.person_id is not null as is_located, w.withdrawn_at,
  exists (select from visit_parties pa join accounts a on a.person_id = pa.person_id
    where a.account_id = $1::bigint and pa.request_key = v.request_key and v.person_id = any(pa.person_ids)) as is_stated
from people pe
join visits v on v.person_id = pe.person_id and v.visited_on >= $2::date and (pe.whole or v.answer & 128 <> 0)
cross join lateral (select visit_instant(v.visited_on, v.visited_ms) as visited_at) i
join venue_points pt on pt.point_id = v.point_id
join venues ve on ve.venue_id = pt.venue_id
join persons p on p.person_id = v.person_id
left join visit_withdrawals w on w.person_id = v.person_id and w.visited_on = v.visited_on and w.request_key = v.request_key
left join visit_positions po on po.person_id = v.person_id and po.visited_on = v.visited_on and po.request_key = v.request_key
where i.visited_at >= pe.since
  and ($3::timestamptz is null or (i.visited_at, v.request_key, pe.member_id) < ($3::timestamptz, $4::bigint, $5::uuid))
order by i.visited_at desc, v.request_key desc, pe.member_id desc
limit $6::int`

/** Newest first, after the position (id: request key and member id) if one is given. */
export const listVisits = async (
  db: Queryable,
  accountId: string,
  fromDay: string,
  after: Position | undefined,
  limit: number,
): Promise<MyVisitRow[]> => {
  const [requestKey, memberId] = after?.id.split(':') ?? []
  const { rows } = await db.query<MyVisitRow>({
    name: 'list-my-visits',
    text: LIST_VISITS,
    values: [accountId, fromDay, after?.at ?? null, requestKey ?? null, memberId ?? null, limit],
  })
  return rows
}

export interface MyLookupRow {
  lookup_id: string
  looked_up_at: Date
  means: string
  purpose: string
  organisation: string
  venue_name: string | null
  point_name: string | null
  name_masked: string
}

const LIST_LOOKUPS = `
with ${PEOPLE}
select l.lookup_id, l.looked_up_at, l.means, l.purpose, l.organisation, ve.name as venue_name, pt.name as point_name, p.name_masked
from people pe
join lookups l on l.person_id = pe.person_id and l.looked_up_at >= pe.since
join persons p on p.person_id = l.person_id
left join venue_points pt on pt.point_id = l.point_id
left join venues ve on ve.venue_id = pt.venue_id
where pe.whole and ($2::bigint is null or l.lookup_id < $2::bigint)
order by l.lookup_id desc
limit $3::int`

/** Newest first, after the look-up of that id if one is given. */
export const listLookups = async (
  db: Queryable,
  accountId: string,
  afterLookupId: string | undefined,
  limit: number,
): Promise<MyLookupRow[]> => {
  const { rows } = await db.query<MyLookupRow>({
    name: 'list-my-lookups',
    text: LIST_LOOKUPS,
    values: [accountId, afterLookupId ?? null, limit],
  })
  return rows
}

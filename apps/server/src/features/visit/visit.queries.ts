import { arrayLiteral } from '../../db/array-literal.ts'
import { isMissingPartition, type Queryable } from '../../db/pool.ts'
import { isRegistered } from '../entry/registered.service.ts'

/** One person of one scan. */
export interface VisitInput {
  personId: string
  codeId: string
  requestId: string
  /** When the scan was made; now, except for scans sent later. */
  visitedAt: Date
  flags: number
}

export const VISIT_LATE = 1
export const VISIT_FAR_AWAY = 2
export const VISIT_COMPANION = 4
export const VISIT_MEMBER = 8
/** Set by the statement: admitted at a door that asks for entry registration. */
export const VISIT_ENTRY_REGISTERED = 16

export type DoorState = 'open' | 'unknown' | 'rotated' | 'point_closed' | 'venue_closed'

/** What the batch statement returns for one input; instants in milliseconds. `recorded` is false for a repeat. */
export interface VisitRow {
  door: DoorState
  recorded: boolean
  colour: number
  decision: number
  reason_bits: number
  name_masked: string
  latest_negative_ms: number | null
  venue_name: string
  point_name: string
  kind: string
  /** Days since 1970-01-01 and milliseconds of that day, Asia/Shanghai. */
  visited_day: number
  visited_ms: number
  flags: number
}

/** When a row says the visit was, milliseconds since 1970. */
export const instantOf = ({
  visited_day,
  visited_ms,
}: Pick<VisitRow, 'visited_day' | 'visited_ms'>): number =>
  visited_day * 86_400_000 + visited_ms - 8 * 3600_000

const REGISTERED = isRegistered({
  personId: 'seen.person_id',
  isLate: '(seen.flags & 1) = 1',
  at: 'seen.visited_at',
  now: '$6::timestamptz',
})

// The colour is read by the statement that records the visit: nothing is cached, nothing is stale. `input` is at most
// 512 rows, so every join is a nested loop over primary keys; the hot pool asks for generic plans, because planning
// anew costs 1.5 ms, as much as a hundred rows. The decision is the CASE form of `decide` in packages/domain;
// visit.decision.db.test.ts runs both over the whole grid. bench/README.md has the plans and what was tried.
// A repeat around midnight would land in another day's partition: of a scan just before midnight that the server had just
// after it, or the other way round when it is sent again later with the time of the scan. Then the days beside are looked
// at as well, by a second form of the statement, so that the usual one opens one partition only.
export const recordStatement = (looksAround: boolean) => `
with input as (
  select ordinal, person_id, code_id, request_key(request_id) as request_key, to_timestamp(epoch_ms / 1000.0::float8) as visited_at, flags,
    date '1970-01-01' + ((epoch_ms + 28800000) / 86400000)::integer as visited_on, ((epoch_ms + 28800000) % 86400000)::integer as visited_ms
  from unnest($1::bigint[], $2::text[], $3::uuid[], $4::bigint[], $5::smallint[]) with ordinality
    as i(person_id, code_id, request_id, epoch_ms, flags, ordinal)
), seen as (
  select i.ordinal, i.person_id, i.request_key, i.visited_at, i.visited_on, i.visited_ms, i.flags,
    case when c.code_id is null then 'unknown' when c.retired_at is not null then 'rotated'
      when pt.state <> 'active' then 'point_closed' when v.state <> 'active' then 'venue_closed' else 'open' end as door,
    pt.point_id, v.name as venue_name, pt.name as point_name, v.kind,
    case when (i.flags & 1) = 1 then coalesce(h.to_colour, 0) else coalesce(s.colour, 0) end as colour,
    s.latest_negative_at, s.evaluated_at, s.next_change_at, p.name_masked,
    po.on_green, po.on_yellow, po.on_red, po.on_none, po.test_max_age_hours, po.requires_entry_registration,
    po.max_evaluation_age_hours
  from input i
  join persons p on p.person_id = i.person_id
  left join status_current s on s.person_id = i.person_id
  left join venue_codes c on c.code_id = i.code_id
  left join venue_points pt on pt.point_id = c.point_id
  left join venues v on v.venue_id = pt.venue_id
  left join admission_policies po on po.kind = v.kind
  left join lateral (
    select sc.to_colour from status_changes sc
    where (i.flags & 1) = 1 and sc.person_id = i.person_id and sc.changed_at <= i.visited_at
    order by sc.change_id desc limit 1
  ) h on true
), judged as (
  select seen.*,
    (case colour when 3 then 1 when 2 then 2 when 1 then 0 else 4 end
      | case when test_max_age_hours is null then 0 when latest_negative_at is null then 8
          when $6::timestamptz - latest_negative_at > test_max_age_hours * interval '1 hour' then 16 else 0 end
      | case when requires_entry_registration and not ${REGISTERED} then 32 else 0 end
      | case when evaluated_at is null or next_change_at <= $6::timestamptz - interval '60 seconds'
          or $6::timestamptz - evaluated_at > max_evaluation_age_hours * interval '1 hour' then 64 else 0 end
      | case when colour = 1 and on_green = 3 then 128 else 0 end) as reason_bits
  from seen
), decided as (
  select judged.*, case colour when 3 then on_red when 2 then on_yellow when 1 then case when reason_bits = 0 then 1 else 3 end else on_none end as decision,
    case when colour = 1 and reason_bits = 0 and requires_entry_registration then flags | 16 else flags end as answer_flags
  from judged
), recorded as (
  insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
  select person_id, request_key, visited_on, visited_ms, point_id, reason_bits, (colour | (decision << 2) | (answer_flags << 4))::smallint
  from decided d
  where door = 'open'${
    looksAround
      ? ` and not exists (
    select 1 from visits b where b.person_id = d.person_id and b.visited_on in (d.visited_on - 1, d.visited_on + 1) and b.request_key = d.request_key)`
      : ''
  }
  on conflict do nothing
  returning person_id, request_key, point_id, visited_on, visited_ms
)
select d.door, r.request_key is not null as recorded, d.colour, d.decision, d.reason_bits, d.name_masked,
  date_part('epoch', d.latest_negative_at) * 1000 as latest_negative_ms, d.venue_name, d.point_name, d.kind,
  coalesce(r.visited_on, d.visited_on) - date '1970-01-01' as visited_day, coalesce(r.visited_ms, d.visited_ms) as visited_ms, d.answer_flags as flags
from decided d
left join recorded r on r.person_id = d.person_id and r.request_key = d.request_key and r.point_id = d.point_id
order by d.ordinal`

const RECORD = { name: 'record-visits', text: recordStatement(false) }
const RECORD_AROUND_MIDNIGHT = { name: 'record-visits-around-midnight', text: recordStatement(true) }

const AROUND_MS = 10 * 60_000
const DAY_MS = 86_400_000

/** Whether an instant is less than ten minutes from midnight, Asia/Shanghai. */
const isAroundMidnight = (instant: Date): boolean => {
  const ofDay = (instant.getTime() + 8 * 3600_000) % DAY_MS
  return ofDay < AROUND_MS || ofDay >= DAY_MS - AROUND_MS
}

/** Parameters 1 to 5 of the statements that take visits. */
export const bindVisits = (inputs: VisitInput[]) => [
  arrayLiteral(inputs.map(({ personId }) => personId)),
  arrayLiteral(inputs.map(({ codeId }) => codeId)),
  arrayLiteral(inputs.map(({ requestId }) => requestId)),
  arrayLiteral(inputs.map(({ visitedAt }) => visitedAt.getTime())),
  arrayLiteral(inputs.map(({ flags }) => flags)),
]

/**
 * Records one batch of visits in one statement and one commit.
 * @returns one row per input, in order; `undefined` where the person is not there.
 */
export const recordVisits = async (
  db: Queryable,
  inputs: VisitInput[],
  now: Date,
): Promise<(VisitRow | undefined)[]> => {
  const around = inputs.some(({ visitedAt }) => isAroundMidnight(visitedAt))
  const statement = around ? RECORD_AROUND_MIDNIGHT : RECORD
  const values = [...bindVisits(inputs), now]
  const run = () => db.query<VisitRow>({ ...statement, values })
  try {
    return (await run()).rows
  } catch (error) {
    if (!isMissingPartition(error)) throw error
    await ensurePartitions(
      db,
      inputs.map(({ visitedAt }) => visitedAt),
    )
    return (await run()).rows
  }
}

/** Makes the day partitions of the given instants where the job did not: no scan is lost to a missing partition. */
export const ensurePartitions = async (db: Queryable, instants: Date[]): Promise<void> => {
  const times = instants.map((instant) => instant.getTime())
  await db.query(
    `select ensure_day_partitions(($1::timestamptz at time zone 'Asia/Shanghai')::date, ($2::timestamptz at time zone 'Asia/Shanghai')::date)`,
    [new Date(Math.min(...times)), new Date(Math.max(...times))],
  )
}

/** What was answered to a request the first time, and whether it was the same door. */
export type FirstVisitRow = VisitRow & { ordinal: number; same_door: boolean }

const FIND_FIRST = `
with input as (
  select ordinal, person_id, code_id, request_key(request_id) as request_key,
    date '1970-01-01' + ((epoch_ms + 28800000) / 86400000)::integer as day
  from unnest($1::bigint[], $2::text[], $3::uuid[], $4::bigint[]) with ordinality as i(person_id, code_id, request_id, epoch_ms, ordinal)
), days as (
  select input.*, day + beside as visited_on from input cross join unnest(array[-1, 0, 1]) as beside
)
select i.ordinal::int - 1 as ordinal, 'open' as door, true as recorded, v.answer & 3 as colour, v.answer >> 2 & 3 as decision,
  v.answer >> 4 as flags, v.reason_bits, p.name_masked, ve.name as venue_name, pt.name as point_name, ve.kind,
  v.visited_on - date '1970-01-01' as visited_day, v.visited_ms, date_part('epoch', s.latest_negative_at) * 1000 as latest_negative_ms,
  exists (select from venue_codes c where c.code_id = i.code_id and c.point_id = v.point_id) as same_door
from days i
join visits v on v.visited_on = i.visited_on and v.person_id = i.person_id and v.request_key = i.request_key
join persons p on p.person_id = v.person_id
join venue_points pt on pt.point_id = v.point_id
join venues ve on ve.venue_id = pt.venue_id
left join status_current s on s.person_id = v.person_id`

/** The first answers of those inputs that were answered before, on the day of the repeat or one beside it. */
export const findFirstVisits = async (
  db: Queryable,
  inputs: VisitInput[],
): Promise<Map<number, FirstVisitRow>> => {
  const { rows } = await db.query<FirstVisitRow>({
    name: 'find-first-visits',
    text: FIND_FIRST,
    values: bindVisits(inputs).slice(0, 4),
  })
  return new Map(rows.map((row) => [row.ordinal, row]))
}

export interface DoorRow {
  name: string
  point: string
  kind: string
  door: DoorState
  latitude: number | null
  longitude: number | null
}

/** The door behind a code, whether or not it is open. */
export const findDoor = async (db: Queryable, codeId: string): Promise<DoorRow | undefined> => {
  const { rows } = await db.query<DoorRow>({
    name: 'find-door',
    text: `select v.name, pt.name as point, v.kind, v.latitude, v.longitude,
       case when c.retired_at is not null then 'rotated' when pt.state <> 'active' then 'point_closed'
         when v.state <> 'active' then 'venue_closed' else 'open' end as door
     from venue_codes c join venue_points pt using (point_id) join venues v using (venue_id)
     where c.code_id = $1::text`,
    values: [codeId],
  })
  return rows[0]
}

/** The account's person and the persons of those of its members that are asked for. */
export const findPartyPersons = async (
  db: Queryable,
  accountId: string,
  memberIds: string[],
): Promise<{ personId: string | null; members: Map<string, string> }> => {
  const { rows } = await db.query<{ member_id: string | null; person_id: string | null }>(
    `select null::uuid as member_id, person_id from accounts where account_id = $1::bigint
     union all
     select member_id, person_id from members where account_id = $1::bigint and member_id = any($2::uuid[]) and removed_at is null`,
    [accountId, memberIds],
  )
  const members = new Map<string, string>()
  for (const row of rows) if (row.member_id && row.person_id) members.set(row.member_id, row.person_id)
  return { personId: rows.find((row) => row.member_id === null)?.person_id ?? null, members }
}

export const findPersonByDocument = async (
  db: Queryable,
  documentIndex: Buffer,
): Promise<{ personId: string; nameEncrypted: Buffer } | undefined> => {
  const { rows } = await db.query<{ person_id: string; name_encrypted: Buffer }>(
    `select d.person_id, p.name_encrypted from identity_documents d join persons p using (person_id) where d.document_index = $1::bytea`,
    [documentIndex],
  )
  const row = rows[0]
  return row && { personId: row.person_id, nameEncrypted: row.name_encrypted }
}

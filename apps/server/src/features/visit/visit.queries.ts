import { isMissingPartition, type Queryable } from '../../db/pool.ts'

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

export type DoorState = 'open' | 'unknown' | 'rotated' | 'point_closed' | 'venue_closed'

/** What the batch statement returns for one input. `recorded` is false for a repeat: read the first answer then. */
export interface VisitRow {
  door: DoorState
  recorded: boolean
  colour: number
  decision: number
  reason_bits: number
  name_masked: string
  latest_negative_at: Date | null
  venue_name: string
  point_name: string
  kind: string
  visited_at: Date
}

// The colour is read by the statement that records the visit: nothing is cached, nothing is stale. `input` is at most
// 512 rows, so every join is a nested loop over primary keys. The decision is the CASE form of `decide` in
// packages/domain; visit.decision.db.test.ts runs both over the whole grid.
// A repeat around midnight would land in the next day's partition: within the first ten minutes ($8) the day before
// is looked at as well.
const RECORD = `
with input as (
  select * from unnest($1::int[], $2::bigint[], $3::text[], $4::uuid[], $5::timestamptz[], $6::smallint[])
    as i(ordinal, person_id, code_id, request_id, visited_at, flags)
), seen as (
  select i.ordinal, i.person_id, i.request_id, i.visited_at, i.flags,
    (i.visited_at at time zone 'Asia/Shanghai')::date as visited_on,
    case when c.code_id is null then 'unknown' when c.retired_at is not null then 'rotated'
      when pt.state <> 'active' then 'point_closed' when v.state <> 'active' then 'venue_closed' else 'open' end as door,
    v.venue_id, pt.point_id, v.name as venue_name, pt.name as point_name, v.kind,
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
          when $7::timestamptz - latest_negative_at > test_max_age_hours * interval '1 hour' then 16 else 0 end
      | case when requires_entry_registration then 32 else 0 end
      | case when evaluated_at is null or next_change_at <= $7::timestamptz - interval '60 seconds'
          or $7::timestamptz - evaluated_at > max_evaluation_age_hours * interval '1 hour' then 64 else 0 end
      | case when colour = 1 and on_green = 3 then 128 else 0 end) as reason_bits
  from seen
), decided as (
  select judged.*, case colour when 3 then on_red when 2 then on_yellow when 1 then case when reason_bits = 0 then 1 else 3 end else on_none end as decision
  from judged
), recorded as (
  insert into visits (person_id, visited_on, request_id, visited_at, venue_id, point_id, colour, decision, reason_bits, flags)
  select person_id, visited_on, request_id, visited_at, venue_id, point_id, colour, decision, reason_bits, flags
  from decided d
  where door = 'open' and (not $8::boolean or not exists (
    select 1 from visits b where b.person_id = d.person_id and b.visited_on = d.visited_on - 1 and b.request_id = d.request_id))
  on conflict do nothing
  returning person_id, request_id, visited_at
)
select d.door, r.request_id is not null as recorded, d.colour, d.decision, d.reason_bits, d.name_masked,
  d.latest_negative_at, d.venue_name, d.point_name, d.kind, coalesce(r.visited_at, d.visited_at) as visited_at
from decided d
left join recorded r on r.person_id = d.person_id and r.request_id = d.request_id
order by d.ordinal`

const shanghaiMinutesOfDay = (instant: Date): number => {
  const shifted = new Date(instant.getTime() + 8 * 3600_000)
  return shifted.getUTCHours() * 60 + shifted.getUTCMinutes()
}

/**
 * Records one batch of visits in one statement and one commit.
 * @returns one row per input, in order; `undefined` where the person is not there.
 */
export const recordVisits = async (
  db: Queryable,
  inputs: VisitInput[],
  now: Date,
): Promise<(VisitRow | undefined)[]> => {
  const values = [
    inputs.map((_, ordinal) => ordinal),
    inputs.map(({ personId }) => personId),
    inputs.map(({ codeId }) => codeId),
    inputs.map(({ requestId }) => requestId),
    inputs.map(({ visitedAt }) => visitedAt),
    inputs.map(({ flags }) => flags),
    now,
    shanghaiMinutesOfDay(now) < 10,
  ]
  const run = () => db.query<VisitRow>({ name: 'record-visits', text: RECORD, values })
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

export interface FirstVisitRow {
  person_id: string
  request_id: string
  colour: number
  decision: number
  reason_bits: number
  name_masked: string
  venue_name: string
  point_name: string
  kind: string
  visited_at: Date
  flags: number
  code_ids: string[]
  latest_negative_at: Date | null
}

/** The first answers of repeated requests, of the day of the repeat or the one before. */
export const listFirstVisits = async (
  db: Queryable,
  visits: { personId: string; requestId: string; visitedAt: Date }[],
): Promise<FirstVisitRow[]> => {
  const { rows } = await db.query<FirstVisitRow>(
    `select v.person_id, v.request_id, v.colour, v.decision, v.reason_bits, p.name_masked, ve.name as venue_name,
       pt.name as point_name, ve.kind, v.visited_at, v.flags, s.latest_negative_at,
       array(select code_id from venue_codes c where c.point_id = v.point_id) as code_ids
     from unnest($1::bigint[], $2::uuid[], $3::timestamptz[]) as i(person_id, request_id, visited_at)
     join visits v on v.person_id = i.person_id and v.request_id = i.request_id
       and v.visited_on between (i.visited_at at time zone 'Asia/Shanghai')::date - 1 and (i.visited_at at time zone 'Asia/Shanghai')::date
     join persons p on p.person_id = v.person_id
     join venues ve on ve.venue_id = v.venue_id
     join venue_points pt on pt.point_id = v.point_id
     left join status_current s on s.person_id = v.person_id`,
    [visits.map((v) => v.personId), visits.map((v) => v.requestId), visits.map((v) => v.visitedAt)],
  )
  return rows
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

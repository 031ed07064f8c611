import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { arrayLiteral } from '../../../db/array-literal.ts'
import { isMissingPartition, type Queryable } from '../../../db/pool.ts'
import { isRegistered } from '../../journeys/entry/registered.service.ts'
import {
  answeredColour,
  answeredDecision,
  answeredFlags,
  decisionOf,
  isEntryRegistered,
  knownColour,
  packAnswer,
  reasonBits,
} from './judgement.ts'
import { insertVisits } from './visit-statements.ts'

/** One person of one scan. */
export interface VisitInput {
  personId: string
  codeId: string
  requestId: string
  /** When the scan was made; now, except for scans sent later. */
  visitedAt: Date
  /** The time that the request stated, where it did. */
  statedAt?: Date | undefined
  flags: number
  /** Only where the scan is for others as well, or for others only; the same object for all of its persons. */
  party?: PartyClaim
}

/** What a scan for several people asked for, and whom it is for. */
export interface PartyClaim {
  /** The account's own person, whether or not along. */
  holderId: string
  /** 64 bits of what was asked for, as a decimal number. */
  contentHash: string
  /** Members, then companions in the order of the request; '0' for one nobody knows. */
  personIds: string[]
  memberCount: number
  hasHolder: boolean
}

export const VISIT_LATE = 1
export const VISIT_FAR_AWAY = 2
export const VISIT_COMPANION = 4
export const VISIT_MEMBER = 8
/** Set by the statement: admitted at a door that asks for entry registration. */
export const VISIT_ENTRY_REGISTERED = 16
/** Came without a position; the statement keeps it only where the door asks for one. */
export const VISIT_UNLOCATED = 32

export type DoorState = 'open' | 'unknown' | 'rotated' | 'point_closed' | 'venue_closed'

/** What the batch statement returns for one input; instants in milliseconds. `recorded` is false for a repeat. */
export interface VisitRow {
  door: DoorState
  recorded: boolean
  colour: number
  decision: number
  reason_bits: number
  name_masked: string
  /** As it is now, also in a repeat. */
  identity_stale: boolean
  latest_negative_ms: number | null
  venue_name: string
  point_name: string
  kind: VenueKind
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

export interface StatementForm {
  /** Also looks for the same request on the days beside. */
  looksAround?: boolean
  /** Some scan of the batch is for several people. */
  hasParties?: boolean
}

const onDays = (form: StatementForm, visit: string): string =>
  form.looksAround
    ? `${visit}.visited_on in (d.visited_on - 1, d.visited_on, d.visited_on + 1)`
    : `${visit}.visited_on = d.visited_on`

const record = (where: string): string =>
  insertVisits(
    `select d.person_id, d.request_key, d.visited_on, d.visited_ms, d.point_id, d.reason_bits, ${packAnswer('d')}
  from decided d
  where ${where}`,
    'person_id, request_key, point_id, visited_on, visited_ms',
  )

const notBeside = (form: StatementForm): string =>
  form.looksAround
    ? ` and not exists (
    select from visits b where b.person_id = d.person_id and b.visited_on in (d.visited_on - 1, d.visited_on + 1) and b.request_key = d.request_key)`
    : ''

// A request id may have served for a scan that named others only. The holder then has no visit under it that would conflict.
const notForOthers =
  'not exists (select from visit_parties o where o.person_id = d.person_id and o.request_key = d.request_key)'

const recordAlone = (form: StatementForm): string => `recorded as (
  ${record(`d.door = 'open' and ${notForOthers}${notBeside(form)}`)}
)`

// A scan for several people counts whole or not at all: its row in visit_parties and, where the holder comes along, the
// holder's own visit must both be first of their kind, otherwise nobody is recorded under a request id that has served
// already. Two scans of one party with equal content in one batch are one.
const recordParties = (form: StatementForm): string => `claimed as (
  insert into visit_parties (person_id, request_key, visited_on, content_hash, person_ids, member_count)
  select distinct on (d.holder_id, d.request_key) d.holder_id, d.request_key, d.visited_on, d.content_hash, d.person_ids::bigint[], d.member_count
  from decided d
  where d.door = 'open' and d.holder_id is not null and not exists (
    select from visits b where b.person_id = d.holder_id and b.request_key = d.request_key and ${onDays(form, 'b')})
  order by d.holder_id, d.request_key
  on conflict do nothing returning person_id, request_key
), holders as (
  ${record(`d.door = 'open' and (d.holder_id is null and ${notForOthers}
    or d.person_id = d.holder_id and exists (select from claimed c where c.person_id = d.holder_id and c.request_key = d.request_key))${notBeside(form)}`)}
), others as (
  ${record(`d.door = 'open' and d.person_id <> d.holder_id
    and exists (select from claimed c where c.person_id = d.holder_id and c.request_key = d.request_key)
    and (not d.has_holder or exists (select from holders h where h.person_id = d.holder_id and h.request_key = d.request_key))${notBeside(form)}`)}
), recorded as (
  select * from holders union all select * from others
)`

// The colour is read by the statement that records the visit: nothing is cached, nothing is stale. `input` is at most
// 512 rows, so every join is a nested loop over primary keys; the hot pool asks for generic plans, because planning
// anew costs 1.5 ms, as much as a hundred rows. The decision is the CASE form of `decide` in packages/domain;
// visit.decision.db.test.ts runs both over the whole grid. bench/README.md has the plans and what was tried.
// A repeat around midnight can land in another day's partition: the phone scanned just before midnight and the server received
// it just after, or the phone repeats it later with its own time. A second form of the statement therefore looks at the days
// beside as well. The usual form opens one partition only. Scans for several people have forms of their own for the same reason.
export const recordStatement = (form: StatementForm = {}) => `
with input as (
  select ordinal, person_id, code_id, request_key(request_id) as request_key, to_timestamp(epoch_ms / 1000.0::float8) as visited_at, flags,
    date '1970-01-01' + ((epoch_ms + 28800000) / 86400000)::integer as visited_on, ((epoch_ms + 28800000) % 86400000)::integer as visited_ms${
      form.hasParties ? ', holder_id, content_hash, person_ids, member_count, has_holder' : ''
    }
  from unnest($1::bigint[], $2::text[], $3::uuid[], $4::bigint[], $5::smallint[]${
    form.hasParties ? ', $7::bigint[], $8::bigint[], $9::text[], $10::smallint[], $11::boolean[]' : ''
  }) with ordinality
    as i(person_id, code_id, request_id, epoch_ms, flags${
      form.hasParties ? ', holder_id, content_hash, person_ids, member_count, has_holder' : ''
    }, ordinal)
), seen as (
  select i.*,
    case when c.code_id is null then 'unknown' when c.retired_at is not null then 'rotated'
      when pt.state <> 'active' then 'point_closed' when v.state <> 'active' then 'venue_closed' else 'open' end as door,
    pt.point_id, v.name as venue_name, pt.name as point_name, v.kind,
    case when (i.flags & 1) = 1 then ${knownColour('h.to_colour')} else ${knownColour('s.colour')} end as colour,
    s.latest_negative_at, s.evaluated_at, s.next_change_at, p.name_masked, p.identity_stale,
    po.on_green, po.on_yellow, po.on_red, po.on_none, po.test_max_age_hours, po.requires_entry_registration,
    po.max_evaluation_age_hours, po.asks_position and v.latitude is not null as asks_position
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
    ${reasonBits({ now: '$6::timestamptz', registered: REGISTERED })} as reason_bits
  from seen
), decided as (
  select judged.*, ${decisionOf('reason_bits')} as decision,
    case when asks_position then flags else flags & ${VISIT_UNLOCATED - 1} end
      | case when ${isEntryRegistered('reason_bits')} then ${VISIT_ENTRY_REGISTERED} else 0 end as answer_flags
  from judged
), ${form.hasParties ? recordParties(form) : recordAlone(form)}
select d.door, r.request_key is not null as recorded, d.colour, d.decision, d.reason_bits, d.name_masked, d.identity_stale,
  date_part('epoch', d.latest_negative_at) * 1000 as latest_negative_ms, d.venue_name, d.point_name, d.kind,
  coalesce(r.visited_on, d.visited_on) - date '1970-01-01' as visited_day, coalesce(r.visited_ms, d.visited_ms) as visited_ms, d.answer_flags as flags
from decided d
left join recorded r on r.person_id = d.person_id and r.request_key = d.request_key and r.point_id = d.point_id
order by d.ordinal`

const nameOf = ({ looksAround, hasParties }: StatementForm): string =>
  `record-visits${hasParties ? '-of-parties' : ''}${looksAround ? '-around-midnight' : ''}`
const statements = [
  {},
  { looksAround: true },
  { hasParties: true },
  { looksAround: true, hasParties: true },
].map((form: StatementForm) => ({ name: nameOf(form), text: recordStatement(form) }))

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

const bindParties = (inputs: VisitInput[]) => [
  inputs.map(({ party }) => party?.holderId ?? null),
  inputs.map(({ party }) => party?.contentHash ?? null),
  inputs.map(({ party }) => (party ? arrayLiteral(party.personIds) : null)),
  inputs.map(({ party }) => party?.memberCount ?? null),
  inputs.map(({ party }) => party?.hasHolder ?? null),
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
  const hasParties = inputs.some(({ party }) => party !== undefined)
  const statement = statements[(around ? 1 : 0) + (hasParties ? 2 : 0)]
  if (!statement) throw new Error('no statement for this batch')
  const values = [...bindVisits(inputs), now, ...(hasParties ? bindParties(inputs) : [])]
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

/** What was answered to a request the first time, whether it was the same door, and for whom it was if not for one alone. */
export type FirstVisitRow = VisitRow & { ordinal: number; same_door: boolean; content_hash: string | null }

const FIND_FIRST = `
with input as (
  select ordinal, person_id, code_id, request_key(request_id) as request_key, holder_id,
    date '1970-01-01' + ((epoch_ms + 28800000) / 86400000)::integer as day
  from unnest($1::bigint[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[]) with ordinality
    as i(person_id, code_id, request_id, epoch_ms, holder_id, ordinal)
), days as (
  select input.*, day + beside as visited_on from input cross join unnest(array[-1, 0, 1]) as beside
)
select i.ordinal::int - 1 as ordinal, 'open' as door, true as recorded, ${answeredColour('v.answer')} as colour, ${answeredDecision('v.answer')} as decision,
  ${answeredFlags('v.answer')} as flags, v.reason_bits, p.name_masked, p.identity_stale, ve.name as venue_name, pt.name as point_name, ve.kind,
  v.visited_on - date '1970-01-01' as visited_day, v.visited_ms, date_part('epoch', s.latest_negative_at) * 1000 as latest_negative_ms,
  exists (select from venue_codes c where c.code_id = i.code_id and c.point_id = v.point_id) as same_door, pa.content_hash
from days i
join visits v on v.visited_on = i.visited_on and v.person_id = i.person_id and v.request_key = i.request_key
join persons p on p.person_id = v.person_id
join venue_points pt on pt.point_id = v.point_id
join venues ve on ve.venue_id = pt.venue_id
left join status_current s on s.person_id = v.person_id
left join visit_parties pa on pa.person_id = i.holder_id and pa.request_key = v.request_key`

/** The first answers of those inputs that were answered before, on the day of the repeat or one beside it. */
export const findFirstVisits = async (
  db: Queryable,
  inputs: VisitInput[],
): Promise<Map<number, FirstVisitRow>> => {
  const { rows } = await db.query<FirstVisitRow>({
    name: 'find-first-visits',
    text: FIND_FIRST,
    values: [
      ...bindVisits(inputs).slice(0, 4),
      arrayLiteral(inputs.map(({ personId, party }) => party?.holderId ?? personId)),
    ],
  })
  return new Map(rows.map((row) => [row.ordinal, row]))
}

import { COLOUR_NUMBERS, DECISION_NUMBERS } from '@jiankangbao/domain/decision/coding'
import { HOLDS } from '@jiankangbao/domain/status/held'
import { CHECK_DETAILS } from '@jiankangbao/domain/vocabulary/doors'
import { arrayLiteral, instantArrayLiteral } from '../../../db/array-literal.ts'
import { isMissingPartition, type Queryable } from '../../../db/pool.ts'
import { isRegistered } from '../../journeys/entry/registered.service.ts'
import { insertDoorLookups } from '../../ledger/lookup/lookup.queries.ts'
import { livedFrom, useNumericCodes } from '../code/numeric-code-statements.ts'
import { decisionOf, isEntryRegistered, knownColour, packAnswer, reasonBits } from '../visit/judgement.ts'
import { insertVisits } from '../visit/visit-statements.ts'
import { isShownElsewhere } from './echo.queries.ts'
import { MEANS, type Means } from './means.ts'

/** Stored in `checks.outcome`. */
export const OUTCOMES = [
  'none',
  'green',
  'yellow',
  'red',
  'expired',
  'revoked',
  'forged',
  'unknown',
  'busy',
] as const
export type StoredOutcome = (typeof OUTCOMES)[number]
/** Stored in `checks.detail` by its place: what the domain adds goes to the end. */
export const DETAILS = ['', ...CHECK_DETAILS] as const
export type Detail = (typeof DETAILS)[number]

const numbersOf = <Words extends readonly string[]>(words: Words) =>
  Object.fromEntries(words.map((word, number) => [word, number])) as Record<Words[number], number>
const outcome = numbersOf(OUTCOMES)
const detail = numbersOf(DETAILS)
/** Outcomes up to here are colours; the others say why there is none. */
export const LAST_COLOUR = COLOUR_NUMBERS.red

/** In `checks.flags`, as in visits: admitted at a point that asks for entry registration. */
export const CHECK_ENTRY_REGISTERED = 16

/** One check, with whatever of its means could be established without the database. */
export interface CheckInput {
  requestId: string
  pointId: string
  /** `operator:<id>` or `device:<id>`. */
  caller: string
  operatorId: string | null
  deviceId: string | null
  organisation: string
  means: Means
  codeId: Buffer | null
  digits: number | null
  documentIndex: Buffer | null
  /** Outcome known beforehand (`expired`, `forged`), else null: the statement finds it. */
  refusedAs: StoredOutcome | null
  detail: Detail
  ageSeconds: number | null
  purpose: string
  checkedAt: Date
  late: boolean
}

export interface CheckRow {
  recorded: boolean
  outcome: number
  decision: number
  reason_bits: number
  detail: number
  age_seconds: number | null
  flags: number
  name_masked: string | null
  latest_negative_at: Date | null
  checked_at: Date
  means: number
  point_id: number
  /** Whose status it was; null where it was nobody's. */
  person_id: string | null
  document_number_encrypted: Buffer | null
}

const REGISTERED = isRegistered({
  personId: 'seen.person_id',
  isLate: 'seen.flags & 1 = 1',
  at: 'seen.at_time',
  now: '$18::timestamptz',
})

// `is true` keeps the planner from making a join of it. It takes `recorded` for one row, so the join would be a nested
// loop: 512 checks compared with 512 others, twice, cost 50 µs each. Like this it is one look into a hash table.
const IS_RECORDED = '((d.caller, d.request_id) in (select r.caller, r.request_id from recorded r)) is true'

// A check is first told as of now and told again with the time of the phone, so the two may lie on both sides of
// midnight, either way round. Anywhere else in the day this is one partition.
const DAYS_OF_REPEAT = `((i.at_time - interval '10 minutes') at time zone 'Asia/Shanghai')::date, ((i.at_time + interval '10 minutes') at time zone 'Asia/Shanghai')::date`

// Digits answer only for their minute: a check that is sent late, with the time at which they were read, must have been
// made while they were this person's and nobody else's.
const LIVED_FROM = livedFrom('n')

// Nobody but the few who are grey now is looked at: why an office holds them.
const HELD = HOLDS.map(
  (hold) =>
    `when person_id is not null and colour = ${COLOUR_NUMBERS.none} and flags & 1 = 0 and reasons @> '[{"category": "${hold}"}]' then ${detail[hold]}`,
).join('\n      ')

// One statement for a batch of checks: finds the person by whichever means, uses up numeric codes (of two checks of one
// code in one batch one has it, hence the ordinal), judges like a scan,
// records check, visit and look-up. Names are joined for the answer; nothing is decrypted here.
export const RECORD = `
with input as (
  select *, ($17::timestamptz[])[ordinal + 1] as at_time, row_number() over (partition by caller, request_id order by ordinal) as nth
  from unnest($1::int[], $2::uuid[], $3::int[], $4::text[], $5::bigint[], $6::uuid[], $7::smallint[],
    $8::bytea[], $9::int[], $10::bytea[], $11::smallint[], $12::smallint[], $13::int[], $14::text[], $15::smallint[], $16::text[])
    as i(ordinal, request_id, point_id, caller, operator_id, device_id, means, code_id, digits, document_index, refused_as,
      detail, age_seconds, purpose, flags, organisation)
), known as (
  select k.caller, k.request_id from input i
  join checks k on k.caller = i.caller and k.request_id = i.request_id
    and k.checked_on in (${DAYS_OF_REPEAT})
), used as (
  ${useNumericCodes({
    from: 'input i',
    where: `i.digits = n.digits and i.nth = 1 and i.at_time between ${LIVED_FROM} and n.expires_at
    and not exists (select 1 from known k where k.caller = i.caller and k.request_id = i.request_id)`,
    at: '$18',
    returning: 'i.ordinal',
  })}
), found as (
  select i.*, c.revoked_reason, coalesce(n.used_at, other.used_at) as numeric_used_at, n.expires_at as numeric_expires_at, ${LIVED_FROM} as numeric_lived_from,
    case when i.refused_as in (${outcome.expired}, ${outcome.forged}) then null else coalesce(c.person_id, u.person_id, d.person_id) end as person_id
  from input i
  left join person_codes c on c.code_id = i.code_id
  left join used u on u.ordinal = i.ordinal
  left join lateral (select $18::timestamptz as used_at from used where used.digits = i.digits and used.ordinal <> i.ordinal) other on true
  left join numeric_codes n on n.digits = i.digits
  left join identity_documents d on d.document_index = i.document_index
), seen as (
  select f.*, p.name_masked, p.document_number_encrypted,
    case when f.flags & 1 = 1 then ${knownColour('h.to_colour')} else ${knownColour('s.colour')} end as colour,
    s.latest_negative_at, s.evaluated_at, s.next_change_at, s.reasons, v.venue_id, v.latitude, v.longitude,
    po.on_green, po.on_yellow, po.on_red, po.on_none, po.test_max_age_hours, po.requires_entry_registration, po.max_evaluation_age_hours
  from found f
  join venue_points pt on pt.point_id = f.point_id
  join venues v on v.venue_id = pt.venue_id
  join admission_policies po on po.kind = v.kind
  left join persons p on p.person_id = f.person_id
  left join status_current s on s.person_id = f.person_id
  left join lateral (
    select sc.to_colour from status_changes sc
    where f.flags & 1 = 1 and sc.person_id = f.person_id and sc.changed_at <= f.at_time
    order by sc.change_id desc limit 1
  ) h on true
), judged as materialized (
  select seen.*,
    case when refused_as is not null then refused_as when revoked_reason is not null then ${outcome.revoked}
      when person_id is null and numeric_expires_at is not null then ${outcome.expired}
      when person_id is null then ${outcome.unknown} else colour end as outcome,
    case when detail <> 0 then detail when revoked_reason = 'reported_lost' then ${detail.reported_lost} when revoked_reason = 'replaced' then ${detail.replaced}
      when revoked_reason = 'person_removed' then ${detail.person_removed} when revoked_reason = 'link_ended' then ${detail.link_ended}
      when revoked_reason = 'objected' then ${detail.objected}
      ${HELD}
      when person_id is not null and refused_as is null and revoked_reason is null and ${isShownElsewhere('seen', '$18::timestamptz')} then ${detail.shown_elsewhere}
      when person_id is null and numeric_used_at is not null then ${detail.used_before}
      when person_id is null and numeric_lived_from > at_time then ${detail.not_yet_valid}
      when person_id is null and numeric_expires_at is not null then 0
      when person_id is null and refused_as is null then ${detail.never_issued} else 0 end as why,
    ${reasonBits({ now: '$18::timestamptz', registered: REGISTERED })} as bits
  from seen
), decided as (
  select judged.*, case when outcome > ${LAST_COLOUR} then 0 else bits end as reason_bits,
    case when outcome > ${LAST_COLOUR} then ${DECISION_NUMBERS.review} else ${decisionOf('bits')} end as decision,
    case when outcome <= ${LAST_COLOUR} and ${isEntryRegistered('bits')} then flags | ${CHECK_ENTRY_REGISTERED} else flags end as answer_flags
  from judged
), recorded as (
  insert into checks (request_id, checked_on, checked_at, point_id, caller, means, outcome, decision, reason_bits, flags, detail,
    age_seconds, person_id, operator_id, device_id, purpose)
  select request_id, (at_time at time zone 'Asia/Shanghai')::date, at_time, point_id, caller, means, outcome, decision, reason_bits,
    answer_flags, why, age_seconds, case when outcome <= ${LAST_COLOUR} then person_id end, operator_id, device_id, purpose
  from decided d
  where nth = 1 and not exists (select 1 from known k where k.caller = d.caller and k.request_id = d.request_id)
  on conflict do nothing
  returning caller, request_id
), present as (
  ${insertVisits(`select d.person_id, request_key(d.request_id), l.local::date, (extract(epoch from l.local::time) * 1000)::integer, d.point_id,
    d.reason_bits, ${packAnswer('d')}
  from decided d
  cross join lateral (select d.at_time at time zone 'Asia/Shanghai' as local) l
  where d.outcome <= ${LAST_COLOUR} and d.nth = 1 and ${IS_RECORDED}`)}
), shown as (
  ${insertDoorLookups(`select d.person_id, d.at_time, (array['personal_code','numeric_code','paper_code','document'])[d.means], d.purpose, d.operator_id, d.device_id, d.organisation, d.point_id
  from decided d
  where d.outcome <= ${LAST_COLOUR} and d.nth = 1 and ${IS_RECORDED}`)}
)
select r.request_id is not null and d.nth = 1 as recorded, d.outcome, d.decision, d.reason_bits, d.why as detail, d.age_seconds, d.answer_flags as flags,
  case when d.outcome <= ${LAST_COLOUR} then d.name_masked end as name_masked,
  case when d.outcome <= ${LAST_COLOUR} then d.latest_negative_at end as latest_negative_at, d.at_time as checked_at, d.means, d.point_id,
  case when d.outcome <= ${LAST_COLOUR} then d.person_id end as person_id,
  case when d.outcome <= ${LAST_COLOUR} and d.means in (3, 4) then d.document_number_encrypted end as document_number_encrypted
from decided d
left join recorded r on r.caller = d.caller and r.request_id = d.request_id
order by d.ordinal`

/** Records one batch of checks in one statement and one commit; one row per input, in order. */
export const recordChecks = async (db: Queryable, inputs: CheckInput[], now: Date): Promise<CheckRow[]> => {
  const values = [
    arrayLiteral(inputs.map((_, ordinal) => ordinal)),
    arrayLiteral(inputs.map((i) => i.requestId)),
    arrayLiteral(inputs.map((i) => i.pointId)),
    inputs.map((i) => i.caller),
    arrayLiteral(inputs.map((i) => i.operatorId)),
    arrayLiteral(inputs.map((i) => i.deviceId)),
    arrayLiteral(inputs.map((i) => MEANS[i.means])),
    inputs.map((i) => i.codeId),
    arrayLiteral(inputs.map((i) => i.digits)),
    inputs.map((i) => i.documentIndex),
    arrayLiteral(inputs.map((i) => (i.refusedAs === null ? null : OUTCOMES.indexOf(i.refusedAs)))),
    arrayLiteral(inputs.map((i) => DETAILS.indexOf(i.detail))),
    arrayLiteral(inputs.map((i) => i.ageSeconds)),
    inputs.map((i) => i.purpose),
    arrayLiteral(inputs.map((i) => (i.late ? 1 : 0))),
    inputs.map((i) => i.organisation),
    instantArrayLiteral(inputs.map((i) => i.checkedAt)),
    now,
  ]
  const run = () => db.query<CheckRow>({ name: 'record-checks', text: RECORD, values })
  try {
    return (await run()).rows
  } catch (error) {
    if (!isMissingPartition(error)) throw error
    const times = inputs.map((i) => i.checkedAt.getTime())
    await db.query(
      `select ensure_day_partitions(($1::timestamptz at time zone 'Asia/Shanghai')::date, ($2::timestamptz at time zone 'Asia/Shanghai')::date)`,
      [new Date(Math.min(...times)), new Date(Math.max(...times))],
    )
    return (await run()).rows
  }
}

/** The first answer of a repeated check. */
export const findFirstCheck = async (
  db: Queryable,
  caller: string,
  requestId: string,
  at: Date,
): Promise<CheckRow | undefined> => {
  const { rows } = await db.query<CheckRow>(
    `select true as recorded, k.outcome, k.decision, k.reason_bits, k.detail, k.age_seconds, k.flags, p.name_masked,
       s.latest_negative_at, k.checked_at, k.means, k.point_id, k.person_id,
       case when k.means in (3, 4) then p.document_number_encrypted end as document_number_encrypted
     from checks k
     left join persons p on p.person_id = k.person_id
     left join status_current s on s.person_id = k.person_id
     where k.caller = $1::text and k.request_id = $2::uuid
       and k.checked_on between (($3::timestamptz - interval '10 minutes') at time zone 'Asia/Shanghai')::date
         and (($3::timestamptz + interval '10 minutes') at time zone 'Asia/Shanghai')::date`,
    [caller, requestId, at],
  )
  return rows[0]
}

import { COLOUR_NUMBERS } from '@jiankangbao/domain/decision/coding'
import { AGAIN_AFTER_HOURS, SAMPLE_OUTCOMES, SINGLY_SAMPLED } from '@jiankangbao/domain/testing/sampling'
import { arrayLiteral, instantArrayLiteral } from '../../../db/array-literal.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { livedFrom } from '../../doors/code/numeric-code-statements.ts'
import { knownColour } from '../../doors/visit/judgement.ts'
import { insertDoorLookups } from '../../ledger/lookup/lookup.queries.ts'

export interface SampleInput {
  requestId: string
  operatorId: string
  organisation: string
  barcode: string
  /** As in `checks.means`. */
  means: number
  codeId: Buffer | null
  /** The eight digits that a phone shows beside its code. */
  digits: number | null
  documentIndex: Buffer | null
  /** Of somebody to be written down. */
  documentEncrypted: Buffer | null
  phoneEncrypted: Buffer | null
  refusedAs: (typeof SAMPLE_OUTCOMES)[number] | null
  sampledAt: Date
}

export interface SampleRow {
  outcome: number
  nth: number | null
  capacity: number | null
  name_masked: string | null
  sampled_at: Date
  /** Of the row under this request id, and of whoever was asked for. */
  person_id: string | null
  asked_person_id: string | null
}

/** Somebody else was faster by a moment: ask again, and the statement sees it. */
export const AGAIN = SAMPLE_OUTCOMES.length

const numberOf = (outcome: (typeof SAMPLE_OUTCOMES)[number]): number => SAMPLE_OUTCOMES.indexOf(outcome)
const SINGLY = SINGLY_SAMPLED.map((colour) => COLOUR_NUMBERS[colour]).join(', ')
const GAP = `interval '${AGAIN_AFTER_HOURS} hours'`
const GAP_SECONDS = AGAIN_AFTER_HOURS * 3600

// Digits are looked at and not used up, unlike at a door: the statement may have to ask again, and nobody is twice in a tube anyway.
// One statement for a batch: finds tube and person, says the one word, writes whoever is taken. No row of a tube is locked: two
// who ask in the same moment meet at the unique keys (place in the tube, person and hours), and the later one asks again.
export const RECORD = `
with input as (
  select * from unnest($1::int[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::smallint[], $7::bytea[], $8::bytea[], $9::bytea[], $10::bytea[], $11::smallint[], $12::timestamptz[], $14::int[])
    as i(ordinal, request_id, operator_id, organisation, barcode, means, code_id, document_index, document_encrypted, phone_encrypted, refused_as, sampled_at, digits)
), placed as (
  select i.*, t.tube_id, t.kind, t.capacity, t.site_id, t.opened_by = i.operator_id as own, t.sealed_at is null and t.moved_to is null as open,
    coalesce(c.person_id, d.person_id, n.person_id) as person_id, c.revoked_reason,
    first.nth as first_nth, first.person_id as first_person, first.sampled_at as first_at
  from input i
  left join tubes t on t.barcode = i.barcode
  left join person_codes c on c.code_id = i.code_id
  left join identity_documents d on d.document_index = i.document_index
  left join numeric_codes n on n.digits = i.digits and i.sampled_at between ${livedFrom('n')} and n.expires_at
  left join samples first on first.tube_id = coalesce(t.moved_to, t.tube_id) and first.request_id = i.request_id
), seen as (
  select p.*, pe.name_masked, ${knownColour('s.colour')} as colour,
    (select count(*)::int from samples x where x.tube_id = p.tube_id) as taken,
    exists (select from samples x where x.tube_id = p.tube_id
      and (x.person_id = p.person_id or p.person_id is null and x.document_index = p.document_index)) as in_tube,
    exists (select from samples x where x.person_id = p.person_id
      and x.sampled_window between (floor(extract(epoch from p.sampled_at) / ${GAP_SECONDS})::int - 1) * 2
        and (floor(extract(epoch from p.sampled_at) / ${GAP_SECONDS})::int + 1) * 2 + 1
      and x.sampled_at > p.sampled_at - ${GAP} and x.sampled_at < p.sampled_at + ${GAP}
      and (p.kind <> 'single' or x.sampled_window % 2 = 1)) as recently
  from placed p
  left join persons pe on pe.person_id = p.person_id
  left join status_current s on s.person_id = p.person_id
), judged as materialized (
  select seen.*, case
    when first_nth is not null then ${numberOf('taken')}
    when tube_id is null then ${numberOf('tube_unknown')}
    when not own then ${numberOf('tube_of_other')}
    when not open then ${numberOf('tube_closed')}
    when refused_as is not null then refused_as
    when revoked_reason is not null then ${numberOf('code_revoked')}
    when person_id is null and digits is not null then ${numberOf('code_expired')}
    when person_id is null and document_encrypted is null then ${numberOf('person_unknown')}
    when in_tube then ${numberOf('already_in_tube')}
    when taken >= capacity then ${numberOf('tube_full')}
    when recently then ${numberOf('sampled_recently')}
    when person_id is not null and colour in (${SINGLY}) and kind not in ('single', 'household') then ${numberOf('must_be_single')}
    else ${numberOf('taken')} end as outcome
  from seen
), ranked as (
  select j.*, j.taken + row_number() over (partition by tube_id order by ordinal) as place,
    row_number() over (partition by person_id, case when person_id is null then document_index end order by ordinal) as turn
  from judged j where outcome = ${numberOf('taken')} and first_nth is null
), written as (
  insert into samples (tube_id, nth, person_id, sampled_at, sampled_window, site_id, means, request_id, document_index, document_encrypted, phone_encrypted)
  select tube_id, place, person_id, sampled_at,
    floor(extract(epoch from sampled_at) / ${GAP_SECONDS})::int * 2 + case when kind = 'single' then 1 else 0 end,
    site_id, means, request_id, case when person_id is null then document_index end,
    case when person_id is null then document_encrypted end, case when person_id is null then phone_encrypted end
  from ranked where turn = 1 and place <= capacity
  on conflict do nothing
  returning tube_id, request_id, nth
), shown as (
  ${insertDoorLookups(`select j.person_id, $13::timestamptz, (array['personal_code','numeric_code','paper_code','document'])[j.means], '核酸采样', j.operator_id, null::uuid, j.organisation, null::int
  from judged j where j.person_id is not null and j.outcome not in (${numberOf('taken')}, ${numberOf('tube_unknown')}, ${numberOf('tube_of_other')}, ${numberOf('tube_closed')})`)}
)
select case when j.outcome = ${numberOf('taken')} and j.first_nth is null and w.nth is null then ${AGAIN} else j.outcome end as outcome,
  coalesce(j.first_nth, w.nth) as nth, j.capacity, case when j.outcome not in (${numberOf('tube_unknown')}, ${numberOf('tube_of_other')}, ${numberOf('tube_closed')}) then j.name_masked end as name_masked,
  coalesce(j.first_at, j.sampled_at) as sampled_at, case when j.first_nth is not null then j.first_person else j.person_id end as person_id,
  j.person_id as asked_person_id
from judged j
left join written w on w.tube_id = j.tube_id and w.request_id = j.request_id
order by j.ordinal`

/** Records one batch of samples in one statement and one commit; one row per input, in order. */
export const recordSamples = async (db: Queryable, inputs: SampleInput[], now: Date): Promise<SampleRow[]> =>
  (
    await db.query<SampleRow>({
      name: 'record-samples',
      text: RECORD,
      values: [
        arrayLiteral(inputs.map((_, ordinal) => ordinal)),
        arrayLiteral(inputs.map((i) => i.requestId)),
        arrayLiteral(inputs.map((i) => i.operatorId)),
        inputs.map((i) => i.organisation),
        arrayLiteral(inputs.map((i) => i.barcode)),
        arrayLiteral(inputs.map((i) => i.means)),
        inputs.map((i) => i.codeId),
        inputs.map((i) => i.documentIndex),
        inputs.map((i) => i.documentEncrypted),
        inputs.map((i) => i.phoneEncrypted),
        arrayLiteral(inputs.map((i) => (i.refusedAs === null ? null : numberOf(i.refusedAs)))),
        instantArrayLiteral(inputs.map((i) => i.sampledAt)),
        now,
        arrayLiteral(inputs.map((i) => i.digits)),
      ],
    })
  ).rows

/** Takes one sample out; those behind it move up. Undefined where it is not in the tube. */
export const removeSample = async (
  tx: Transaction,
  tubeId: string,
  sampleRequestId: string,
  by: { operatorId: string; reason: string; at: Date },
): Promise<{ person_id: string | null } | undefined> => {
  const { rows } = await tx.query<{ nth: number; person_id: string | null; sampled_at: Date }>(
    `delete from samples where tube_id = $1::bigint and request_id = $2::uuid returning nth, person_id, sampled_at`,
    [tubeId, sampleRequestId],
  )
  const removed = rows[0]
  if (!removed) return undefined
  await tx.query(
    `insert into sample_undos (tube_id, sample_request_id, person_id, sampled_at, reason, undone_by, undone_at)
     values ($1::bigint, $2::uuid, $3::bigint, $4::timestamptz, $5::text, $6::bigint, $7::timestamptz)`,
    [tubeId, sampleRequestId, removed.person_id, removed.sampled_at, by.reason, by.operatorId, by.at],
  )
  // One after the other, from the front: the key of a place is never there twice.
  const { rows: later } = await tx.query<{ nth: number }>(
    `select nth from samples where tube_id = $1::bigint and nth > $2::smallint order by nth`,
    [tubeId, removed.nth],
  )
  for (const { nth } of later)
    await tx.query(`update samples set nth = nth - 1 where tube_id = $1::bigint and nth = $2::smallint`, [
      tubeId,
      nth,
    ])
  return removed
}

export const wasUndone = async (db: Queryable, tubeId: string, sampleRequestId: string): Promise<boolean> =>
  (
    await db.query(`select from sample_undos where tube_id = $1::bigint and sample_request_id = $2::uuid`, [
      tubeId,
      sampleRequestId,
    ])
  ).rowCount === 1

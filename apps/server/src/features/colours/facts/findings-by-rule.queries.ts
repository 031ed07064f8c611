import type { Colour } from '@jiankangbao/domain/status/colour'
import type { Transaction } from '../../../db/pool.ts'

// Findings that nobody proposes: what a laboratory's pool, a declaration or the provincial code makes by rule.

export interface PoolFinding {
  personId: string
  poolId: string
  anchorAt: Date
  evidence: string
}

/** `pool_positive` for everyone in the pools, by rule; who has it already is left out. Returns who got it. */
export const insertPoolFindings = async (
  tx: Transaction,
  findings: PoolFinding[],
  at: Date,
): Promise<{ findingId: string; personId: string }[]> => {
  const { rows } = await tx.query<{ finding_id: string; person_id: string }>(
    `insert into findings (person_id, category, anchor_at, evidence, source, details, created_at)
     select person_id, 'pool_positive', anchor_at, evidence, 'laboratory', jsonb_build_object('poolId', pool_id), $5::timestamptz
     from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[]) as f(person_id, pool_id, anchor_at, evidence)
     on conflict (person_id, (details ->> 'poolId')) where category = 'pool_positive' and withdrawn_at is null do nothing
     returning finding_id, person_id`,
    [
      findings.map((finding) => finding.personId),
      findings.map((finding) => finding.poolId),
      findings.map((finding) => finding.anchorAt),
      findings.map((finding) => finding.evidence),
      at,
    ],
  )
  return rows.map((row) => ({ findingId: row.finding_id, personId: row.person_id }))
}

export const withdrawPoolFindings = async (
  tx: Transaction,
  poolIds: string[],
  personIds: string[],
  at: Date,
): Promise<{ findingId: string; personId: string }[]> => {
  const { rows } = await tx.query<{ finding_id: string; person_id: string }>(
    `update findings set withdrawn_at = $3::timestamptz
     where person_id = any($2::bigint[]) and category = 'pool_positive' and details ->> 'poolId' = any($1::text[])
       and withdrawn_at is null returning finding_id, person_id`,
    [poolIds, personIds, at],
  )
  return rows.map((row) => ({ findingId: row.finding_id, personId: row.person_id }))
}

export interface DeclaredFact {
  personId: string
  category: string
  anchorAt: Date
  declarationId: string
  version: number
  source: 'health_declaration' | 'exposure_declaration' | 'entry_registration'
}

/**
 * Writes the finding unless the declaration led to one of this category with this anchor or a later one: a correction may
 * make it worse, never milder. True where it was written.
 */
export const insertDeclaredFinding = async (
  tx: Transaction,
  fact: DeclaredFact,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into findings (person_id, category, anchor_at, evidence, source, details, created_at)
     select $1::bigint, $2::text, $3::timestamptz, $4::text, $5::text, jsonb_build_object('declarationId', $6::text, 'version', $7::int), $8::timestamptz
     where not exists (
       select from findings where person_id = $1::bigint and category = $2::text and anchor_at >= $3::timestamptz
         and details ->> 'declarationId' = $6::text and not details ? 'stayId')
     on conflict (person_id, category, (details ->> 'declarationId'), anchor_at) where details ? 'declarationId' and not details ? 'stayId' do nothing`,
    [
      fact.personId,
      fact.category,
      fact.anchorAt,
      `declaration ${fact.declarationId} version ${fact.version}`,
      fact.source,
      fact.declarationId,
      fact.version,
      now,
    ],
  )
  return rowCount === 1
}

export interface ObservedColour {
  personId: string
  colour: Colour
  observedAt: Date
}

const OBSERVED = `(select * from unnest($1::bigint[], $2::text[], $3::timestamptz[])) as c(person_id, colour, observed_at)`
const OBSERVED_AT = `to_char(c.observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * Makes the finding of each person follow the code of the province: another colour ends the one before where the next
 * begins, the same colour is observed anew. Returns whose colour is another one now.
 */
export const followProvincialCodes = async (
  tx: Transaction,
  observed: ObservedColour[],
): Promise<{ findingId: string; personId: string; colour: string }[]> => {
  const values = [
    observed.map(({ personId }) => personId),
    observed.map(({ colour }) => colour),
    observed.map(({ observedAt }) => observedAt),
  ]
  await tx.query(
    `update findings f set
       ended_at = case when f.details ->> 'colour' = c.colour then null else greatest(f.anchor_at, c.observed_at) end,
       details = case when f.details ->> 'colour' = c.colour
         then f.details || jsonb_build_object('observedAt', ${OBSERVED_AT}) else f.details end
     from ${OBSERVED}
     where c.person_id = f.person_id and f.category = 'provincial' and f.ended_at is null and f.withdrawn_at is null`,
    values,
  )
  const { rows } = await tx.query<{ finding_id: string; person_id: string; colour: string }>(
    `insert into findings (person_id, category, anchor_at, evidence, source, details)
     select c.person_id, 'provincial', c.observed_at, '省码', 'provincial', jsonb_build_object('colour', c.colour, 'observedAt', ${OBSERVED_AT})
     from ${OBSERVED}
     where not exists (
       select from findings f where f.person_id = c.person_id and f.category = 'provincial' and f.ended_at is null and f.withdrawn_at is null)
     returning finding_id, person_id, details ->> 'colour' as colour`,
    values,
  )
  return rows.map((row) => ({ findingId: row.finding_id, personId: row.person_id, colour: row.colour }))
}

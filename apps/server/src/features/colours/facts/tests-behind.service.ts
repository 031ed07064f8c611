import type { TestBehind } from '@jiankangbao/contracts/appeal/schemas'
import type { Queryable } from '../../../db/pool.ts'
import { getRulesetInForce } from '../rules/ruleset.service.ts'

/** More than a person gets in the days that count. */
const LIMIT = 10

interface Row {
  test_id: string
  laboratory_number: string | null
  source: string
  sampled_at: Date
  reported_at: Date
  kind: 'single' | 'pooled'
  result: 'negative' | 'positive'
  revision: number
  withdrawn_at: Date | null
  verdict: 'approved' | 'rejected' | null
}

/**
 * The results a reason rests on, newest sample first: positives, and what its laboratory has corrected or taken back since.
 * Empty for reasons that rest on no result. Of a pool, nothing of the others in it.
 */
export const listTestsBehind = async (
  db: Queryable,
  personId: string,
  category: string,
  now: Date,
): Promise<TestBehind[]> => {
  const { standingPositiveCategory } = await getRulesetInForce(db, now)
  const kind =
    category === standingPositiveCategory ? 'single' : category === 'pool_positive' ? 'pooled' : undefined
  if (!kind) return []
  const { rows } = await db.query<Row>(
    `select test_id, laboratory_number, source, sampled_at, reported_at, kind, result, revision, withdrawn_at, verdict
     from test_results where person_id = $1::bigint and kind = $2::text and (result = 'positive' or revision > 1)
     order by sampled_at desc, test_id desc limit $3::int`,
    [personId, kind, LIMIT],
  )
  return rows.map((row) => ({
    testId: row.test_id,
    ...(row.laboratory_number === null ? {} : { number: row.laboratory_number }),
    laboratory: row.source,
    sampledAt: row.sampled_at.toISOString(),
    reportedAt: row.reported_at.toISOString(),
    kind: row.kind,
    result: row.result,
    version: row.revision,
    ...(row.withdrawn_at ? { withdrawnAt: row.withdrawn_at.toISOString() } : {}),
    ...(row.verdict ? { verdict: row.verdict } : {}),
  }))
}

import type { Parts } from '../../parts.ts'
import { putAreas } from '../risk-area/risk-area.service.ts'
import { toAreas } from './areas.ts'
import { listRows } from './effect.queries.ts'
import { computeAreaMoves, computeMoves } from './impact.ts'
import type { ImportRecord, StoredImpact } from './import.queries.ts'
import * as staging from './staging.queries.ts'
import { renewWork, type Work } from './work.queries.ts'

/** Areas and venues are looked at one by one when applied. */
export const MOST_REGISTER_ROWS = 20_000

/**
 * What the staged rows would do, by the rules and people of now.
 * @returns undefined where the work was cancelled, or another process has it
 */
export const countEffect = async (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  work: Work,
  record: ImportRecord,
): Promise<StoredImpact | undefined> => {
  const { persons, unregistered } = await staging.countStaged(pool, work.importId)
  const now = clock()
  const moves =
    record.kind === 'risk_areas'
      ? await computeAreaMoves(pool, now, async (tx) =>
          putAreas(tx, toAreas(await listRows(tx, work.importId, 0, MOST_REGISTER_ROWS), now), now),
        )
      : await computeMoves(pool, work.importId, now, (done) =>
          renewWork(pool, work, { stage: 'comparing', done, total: persons }),
        )
  if (!moves) return undefined
  const known = record.kind === 'test_results' ? 0 : await staging.countKnown(pool, work.importId)
  const categories = await staging.countCategories(pool, work.importId)
  return { persons, unregistered, known, moves, categories }
}

import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { listUnknownPlaces } from '../../city/place/place.service.ts'
import { putAreas } from '../../inflow/risk-area/risk-area.service.ts'
import { toAreas } from '../effect/areas.ts'
import { countReplaced, listReplaced } from '../effect/corrections.queries.ts'
import { listRows } from '../effect/effect.queries.ts'
import { computeEndMoves, scopeOf } from '../effect/end-effect.ts'
import { listEnds } from '../effect/end-rows.queries.ts'
import { computeAreaMoves, computeMoves } from '../effect/impact.ts'
import type { ImportRecord, StoredImpact } from '../store/import.queries.ts'
import * as staging from '../store/staging.queries.ts'
import { renewWork, type Work } from '../store/work.queries.ts'

/** Areas and venues are looked at one by one when applied. */
export const MOST_REGISTER_ROWS = 20_000
const MOST_UNKNOWN = 50

/** Rows whose codes are no place known here: whoever approves the list sees that they would have no effect yet. */
const listUnplaced = async (
  db: Transaction,
  importId: string,
  now: Date,
): Promise<NonNullable<StoredImpact['unknownPlaces']>> => {
  const areas = toAreas(await listRows(db, importId, 0, MOST_REGISTER_ROWS), now)
  const unknown = await listUnknownPlaces(
    db,
    areas.map(({ divisionCode }) => divisionCode),
  )
  return areas
    .filter(({ divisionCode }) => unknown.has(divisionCode))
    .slice(0, MOST_UNKNOWN)
    .map(({ divisionCode, name }) => ({ divisionCode, name }))
}

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
  const onBatch = (done: number) => renewWork(pool, work, { stage: 'comparing', done, total: persons })
  const endsFindings = record.kind === 'finding_ends'
  const replaced = record.kind === 'test_results' ? await listReplaced(pool, work.importId) : []
  const computed = async (): Promise<StoredImpact['moves'] | undefined> => {
    if (record.kind === 'risk_areas')
      return computeAreaMoves(pool, now, async (tx) =>
        putAreas(tx, toAreas(await listRows(tx, work.importId, 0, MOST_REGISTER_ROWS), now), now),
      )
    if (!endsFindings) return computeMoves(pool, work.importId, now, onBatch, replaced)
    const scope = scopeOf(record.division_code, await staging.listDivisionCodes(pool))
    return computeEndMoves(pool, work.importId, scope, now, onBatch)
  }
  const moves = await computed()
  if (!moves) return undefined
  const unknownPlaces =
    record.kind === 'risk_areas'
      ? await inTransaction(pool, (tx) => listUnplaced(tx, work.importId, now))
      : []
  const known =
    record.kind === 'test_results' || endsFindings ? 0 : await staging.countKnown(pool, work.importId)
  const categories = await staging.countCategories(pool, work.importId)
  const listed = endsFindings ? await listEnds(pool, work.importId) : []
  const ends = endsFindings ? { ends: listed.map(({ category, kind }) => ({ category, kind })) } : {}
  const numbers = record.kind === 'test_results' ? await countReplaced(pool, work.importId) : 0
  return {
    persons,
    unregistered,
    known,
    moves,
    categories,
    ...(numbers > 0 ? { replaced: numbers } : {}),
    ...(unknownPlaces.length > 0 ? { unknownPlaces } : {}),
    ...ends,
  }
}

import type { ImportKind } from '@jiankangbao/contracts/schemas/import'
import type { Parts } from '../../../parts.ts'
import { previewReplacements } from '../../colours/status/status.service.ts'
import { countMoves } from '../effect/impact.ts'
import * as queries from '../effect/undo.queries.ts'
import { findImport, type StoredUndo } from '../store/import.queries.ts'
import { renewWork, type Work } from '../store/work.queries.ts'

const PERSONS = 1000
/** Figures that can not be counted must not be tried for ever. */
const MOST_ATTEMPTS = 5

/** What of a list of this kind can be undone; undefined where nothing can. */
export const undoableOf = (kind: ImportKind): 'findings' | 'results' | undefined => {
  if (kind === 'findings' || kind === 'home_monitoring') return 'findings'
  return kind === 'test_results' ? 'results' : undefined
}

const countEffect = async (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  work: Work,
  what: 'findings' | 'results',
): Promise<StoredUndo | undefined> => {
  const made = await queries.countMade(pool, work.importId, what)
  const moves = countMoves()
  const now = clock()
  let persons = 0
  for (let after = '0'; ; ) {
    const rows = await queries.listMade(pool, work.importId, what, after, PERSONS)
    const last = rows.at(-1)
    if (!last) return { ...made, persons, moves: moves.list() }
    const removed = new Map(
      rows.map((row) => [
        row.person_id,
        { findings: [], tests: [], findingIds: new Set(row.finding_ids), testIds: new Set(row.test_ids) },
      ]),
    )
    for (const { from, to } of await previewReplacements(pool, removed, now)) moves.add(from, to)
    after = last.person_id
    persons += rows.length
    if (!(await renewWork(pool, work, { stage: 'comparing', done: persons, total: made.standing })))
      return undefined
  }
}

/** Counts what undoing an applied list would do, by the rules and people of now. */
export const countUndo = async (parts: Pick<Parts, 'pool' | 'clock'>, work: Work): Promise<void> => {
  const { pool, clock } = parts
  const record = await findImport(pool, clock(), work.importId)
  const what = record && undoableOf(record.kind)
  const at = clock()
  const effect = what && work.attempts <= MOST_ATTEMPTS ? await countEffect(parts, work, what) : undefined
  await queries.endUndoCount(pool, work, effect && { effect, at })
}

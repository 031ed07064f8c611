import type { Parts } from '../../../parts.ts'
import { previewReplacements } from '../../colours/status/status.service.ts'
import { countMoves } from '../effect/moves.ts'
import type { Undoing } from '../effect/undoing.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'
import { findImport, type StoredUndo } from '../store/import.queries.ts'
import { endUndoCount } from '../store/undo.queries.ts'
import { renewWork, type Work } from '../store/work.queries.ts'

const PERSONS = 1000
/** Figures that can not be counted must not be tried for ever. */
const MOST_ATTEMPTS = 5

const countEffect = async (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  work: Work,
  undoing: Undoing,
): Promise<StoredUndo | undefined> => {
  const made = await undoing.countMade(pool, work.importId)
  const moves = countMoves()
  const now = clock()
  let persons = 0
  for (let after = '0'; ; ) {
    const rows = await undoing.listMade(pool, work.importId, after, PERSONS)
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
  const undoing = record && LIST_KINDS[record.kind].undo
  const at = clock()
  const effect =
    undoing && work.attempts <= MOST_ATTEMPTS ? await countEffect(parts, work, undoing) : undefined
  await endUndoCount(pool, work, effect && { effect, at })
}

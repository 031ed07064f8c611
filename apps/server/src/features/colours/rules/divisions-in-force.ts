import type { DivisionChanges } from '@jiankangbao/domain/place/division-changes'
import { setDivisionChanges } from '@jiankangbao/domain/place/divisions'
import type { Queryable } from '../../../db/pool.ts'
import { type Loop, startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'

const EVERY_MS = 30_000

const listChanges = async (db: Queryable, now: Date): Promise<DivisionChanges[]> =>
  (
    await db.query<{ changes: DivisionChanges }>(
      `select document -> 'divisions' as changes from rulesets
       where document ? 'divisions' and called_off_at is null and effective_from <= $1::timestamptz
       order by effective_from`,
      [now],
    )
  ).rows.map(({ changes }) => changes)

/**
 * Takes the divisions of this process to what the rulesets so far have made of them: also those of rulesets that are over,
 * because a code that was given once stays a place.
 */
export const refreshDivisions = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<boolean> =>
  setDivisionChanges(await listChanges(pool, clock()))

/** Every process follows the rulesets by itself. Until it has seen a new code, that code is held for a person. */
export const watchDivisions = (parts: Pick<Parts, 'pool' | 'clock' | 'log'>): Loop =>
  startLoop({
    restMs: EVERY_MS,
    round: async () => {
      if (await refreshDivisions(parts)) parts.log.info('divisions changed by a ruleset')
    },
    onError: (error) => parts.log.warn({ err: error }, 'the divisions of the rulesets can not be read'),
  })

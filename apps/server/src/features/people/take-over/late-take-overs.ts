import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { markLate } from './take-over.queries.ts'

/** Unanswered after the alarm, it is raised again after this. */
const AGAIN_MS = 30 * 60_000

/** Tells headquarters of objections that no office has decided in time. @returns how many are told of now */
export const tellLateTakeOvers = ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const at = clock()
    const { late, told } = await markLate(tx, at, new Date(at.getTime() - AGAIN_MS))
    if (told > 0)
      await raiseIncident(tx, {
        kind: 'take_over_late',
        subject: 'take_overs',
        divisionCode: config.city.divisionCode,
        details: { count: late },
        at,
      })
    return told
  })

const MOVES = `delete from take_overs where take_over_id in (
  select take_over_id from take_overs where taken_at < $1::timestamptz - interval '180 days' and state <> 'objected' limit $2::int)`

/** Moves are kept for half a year: whoever asks how an identity came to a phone can be told. */
export const purgeTakeOvers = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, MOVES, clock())
}

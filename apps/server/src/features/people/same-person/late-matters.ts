import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { markLate } from './matter.queries.ts'

/** Unanswered after the alarm, it is raised again after this. */
const AGAIN_MS = 30 * 60_000

/** Tells headquarters of possible same persons that no office has answered in time. @returns how many are told of now */
export const tellLateMatters = ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const at = clock()
    const { late, told } = await markLate(tx, at, new Date(at.getTime() - AGAIN_MS))
    if (told > 0)
      await raiseIncident(tx, {
        kind: 'identity_matter_late',
        subject: 'identity_matters',
        divisionCode: config.city.divisionCode,
        details: { count: late },
        at,
      })
    return told
  })

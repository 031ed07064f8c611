import type { Config } from '../../../config.ts'
import type { Transaction } from '../../../db/pool.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { countUse } from '../../../http/rate-limit.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import type { OperatorRow } from './operator.queries.ts'

const DAY = 24 * 3600
/** So many accounts ended or narrowed by one person in a day are a matter for somebody else. */
const MANY = 3

/**
 * Taking rights away needs no second person, so that a stolen account ends at once. Taking them from somebody who decides, or
 * from many, is seen: otherwise one administrator could be the only one left, and nobody would know.
 */
export const noteEnded = async (
  tx: Transaction,
  { city }: Pick<Config, 'city'>,
  { caller, before, at }: { caller: OperatorCaller; before: Pick<OperatorRow, 'roles' | 'active'>; at: Date },
): Promise<void> => {
  if (!before.active) return
  const count = await countUse(tx, `operators-ended:${caller.operatorId}`, DAY)
  const decides = before.roles.some((role) => role === 'sysadmin' || role === 'hq')
  if (!decides && count < MANY) return
  await raiseIncident(tx, {
    kind: 'operators_ended',
    subject: `operator:${caller.operatorId}`,
    divisionCode: city.divisionCode,
    operatorId: caller.operatorId,
    details: { count },
    at,
  })
}

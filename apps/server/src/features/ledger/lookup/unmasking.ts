import { inTransaction } from '../../../db/pool.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { type AuditInput, writeAudit } from '../audit/audit.service.ts'
import { insertLookups } from './lookup.queries.ts'

const HOUR_SECONDS = 3600

type Unmasking = Pick<AuditInput, 'action' | 'objectKind' | 'objectId' | 'details'> & {
  /** Whose own words or number it is: they read it like a look-up. */
  personIds: string[]
  purpose: string
}

/**
 * Before something that is masked elsewhere is shown whole to an operator: limited by the hour, told to the persons, in the log.
 * @throws AppError TOO_MANY_REQUESTS
 */
export const recordUnmasking = async (
  { pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>,
  caller: OperatorCaller,
  { personIds, purpose, ...entry }: Unmasking,
): Promise<void> => {
  const { operatorId, organisation } = caller
  const { personSearchesPerOperatorPerHour } = config.limits
  await takeFromLimit(pool, `unmask:${operatorId}`, personSearchesPerOperatorPerHour, HOUR_SECONDS)
  await inTransaction(pool, async (tx) => {
    await insertLookups(tx, { personIds, at: clock(), means: 'unmasking', purpose, operatorId, organisation })
    await writeAudit(tx, { actor: caller, purpose, ...entry })
  })
}

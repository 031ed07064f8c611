import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { toPolicyRows } from '../rules/policies.ts'
import * as queries from '../rules/published.queries.ts'
import { evaluateNext, markNext } from './status.service.ts'

const CAUSE = 'ruleset'

const begin = async (tx: Transaction, row: queries.ApplicationRow, now: Date): Promise<void> => {
  await queries.beginApplication(tx, row.ruleset_id, now)
  await queries.putPolicies(tx, toPolicyRows(row.document.admissionPolicies), true)
  await writeAudit(tx, {
    actor: { kind: 'system' },
    action: 'ruleset.came_into_force',
    objectKind: 'ruleset',
    objectId: row.ruleset_id,
  })
}

const end = async (tx: Transaction, row: queries.ApplicationRow, now: Date): Promise<void> => {
  await queries.endApplication(tx, row.ruleset_id, now)
  await writeAudit(tx, {
    actor: { kind: 'system' },
    action: 'ruleset.reached_everybody',
    objectKind: 'ruleset',
    objectId: row.ruleset_id,
  })
}

/**
 * Takes the ruleset that came into force to the next `limit` persons; to what venues ask, with the first of them. Colours and
 * how far it got are one transaction: killed at any moment it goes on exactly there, and no other process is at it meanwhile.
 * @param how `mark` leaves the evaluation of these persons to the queue: for a batch that fails
 * @returns persons reached, 0 once it is over; undefined where there is nothing to do
 */
export const applyRuleset = (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  limit: number,
  how: 'evaluate' | 'mark',
): Promise<number | undefined> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    const row = await queries.lockUnapplied(tx, now)
    if (!row) return undefined
    if (!row.apply_started_at) await begin(tx, row, now)
    const next =
      how === 'evaluate'
        ? await evaluateNext(tx, row.apply_cursor, limit, CAUSE, now)
        : await markNext(tx, row.apply_cursor, limit, CAUSE)
    const persons = 'marked' in next ? next.marked : next.evaluated
    if (next.last === '') await end(tx, row, now)
    else await queries.saveApplication(tx, row.ruleset_id, { cursor: next.last, persons })
    return persons
  })

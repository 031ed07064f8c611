import type { TakeOver } from '@jiankangbao/contracts/take-over/schemas'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import { lockAccounts } from '../person/identity.queries.ts'
import * as queries from './take-over.queries.ts'

// An identity that moved to another phone:  moved → objected (by the old phone, within a day) → kept | returned (by an office).

/** An office decides within this, nights too. */
const DECIDE_MS = 2 * 3600_000

/** What the two phones of a move are told, and the objection of the old one. */
export const createObjectionService = ({
  pool,
  clock,
  codeHolding,
}: Pick<Parts, 'pool' | 'clock' | 'codeHolding'>) => {
  const toTakeOver = (caller: CitizenCaller, row: queries.TakeOverRow): TakeOver => {
    const isOld = row.from_account_id === caller.accountId
    return {
      isOld,
      state: row.state,
      takenAt: row.taken_at.toISOString(),
      objectUntil: row.object_until.toISOString(),
      mayObject: isOld && row.state === 'moved' && row.object_until > clock(),
      ...(row.due_at ? { dueAt: row.due_at.toISOString() } : {}),
    }
  }

  return {
    getTakeOver: async (caller: CitizenCaller): Promise<{ takeOver?: TakeOver }> => {
      const row = await queries.findLatest(pool, caller.accountId)
      return row ? { takeOver: toTakeOver(caller, row) } : {}
    },

    /**
     * Stops the live code of the person on every phone until an office has decided; the same again is the same.
     * @throws AppError NOT_FOUND (nothing moved away from this account), STATE_CONFLICT (too_late, decided, or another phone's
     * objection about this person waits)
     */
    objectToTakeOver: async (caller: CitizenCaller): Promise<TakeOver> => {
      const latest = await queries.findLatest(pool, caller.accountId)
      if (latest?.from_account_id !== caller.accountId) throw new AppError('NOT_FOUND')
      return inTransaction(pool, async (tx) => {
        const now = clock()
        const row = await queries.lockTakeOver(tx, latest.take_over_id)
        if (!row) throw new AppError('NOT_FOUND')
        if (row.state === 'objected') return toTakeOver(caller, row)
        if (row.state !== 'moved') throw stateConflict('takeOver', 'decided')
        if (row.object_until <= now) throw stateConflict('takeOver', 'too_late')
        const dueAt = new Date(now.getTime() + DECIDE_MS)
        if (!(await queries.setObjected(tx, row.take_over_id, { at: now, dueAt })))
          throw stateConflict('takeOver', 'objected')
        await codeHolding.hold(tx, row.person_id, now)
        const { holder } = await lockAccounts(tx, caller.accountId, row.person_id)
        // Whoever holds it by now, should it have moved on.
        if (holder)
          await writeNotice(tx, { accountId: holder.account_id, kind: 'take_over_objected', at: now })
        await writeAudit(tx, {
          actor: caller,
          action: 'take_over.objected',
          objectKind: 'person',
          objectId: row.person_id,
          details: { takeOverId: row.take_over_id, toAccountId: row.to_account_id },
        })
        await wakeAccount(tx, caller.accountId)
        return toTakeOver(caller, { ...row, state: 'objected', objected_at: now, due_at: dueAt })
      })
    },
  }
}

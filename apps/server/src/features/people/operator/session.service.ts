import type { OperatorSession } from '@jiankangbao/contracts/operator/schemas'
import { maskAddress } from '@jiankangbao/domain/identity/masks'
import { inTransaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { hashSessionToken } from './credentials.ts'
import { deleteSessionsOf, findOperator } from './operator.queries.ts'
import * as queries from './session.queries.ts'
import { IDLE_MS } from './sign-in.service.ts'

const toEntry = (row: queries.OwnSessionRow): OperatorSession => ({
  sessionId: row.session_id,
  ...(row.device_name === '' ? {} : { deviceName: row.device_name }),
  addressMasked: maskAddress(row.address),
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  current: row.is_current,
})

/** Where operators are signed in, and how that ends: by themselves, or by an administrator. */
export const createOperatorSessionService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  /** Those that still open something, this one first. */
  listOwnSessions: async (
    caller: OperatorCaller,
    cookie: string,
  ): Promise<{ sessions: OperatorSession[] }> => {
    const now = clock()
    const idleSince = new Date(now.getTime() - IDLE_MS)
    const rows = await queries.listSessions(pool, caller.operatorId, hashSessionToken(cookie), now, idleSince)
    return { sessions: rows.map(toEntry) }
  },

  /** @throws AppError NOT_FOUND (somebody else's too) */
  endOwnSession: async (caller: OperatorCaller, sessionId: string): Promise<void> => {
    await inTransaction(pool, async (tx) => {
      if (!(await queries.endSession(tx, caller.operatorId, sessionId))) throw new AppError('NOT_FOUND')
      await writeAudit(tx, {
        actor: caller,
        action: 'operator.session_ended',
        objectKind: 'operator',
        objectId: caller.operatorId,
      })
    })
  },

  /** @returns how many ended */
  endOtherSessions: (caller: OperatorCaller, cookie: string): Promise<{ ended: number }> =>
    inTransaction(pool, async (tx) => {
      const ended = await deleteSessionsOf(tx, caller.operatorId, hashSessionToken(cookie))
      await writeAudit(tx, {
        actor: caller,
        action: 'operator.session_ended',
        objectKind: 'operator',
        objectId: caller.operatorId,
        details: { ended },
      })
      return { ended }
    }),

  /** Signs somebody out everywhere: a lost machine, a colleague who left. Their account stays as it is. @throws AppError NOT_FOUND */
  endOperatorSessions: (
    caller: OperatorCaller,
    operatorId: string,
    reason: string,
  ): Promise<{ ended: number }> =>
    inTransaction(pool, async (tx) => {
      if (!(await findOperator(tx, operatorId))) throw new AppError('NOT_FOUND')
      const ended = await deleteSessionsOf(tx, operatorId, null)
      await writeAudit(tx, {
        actor: caller,
        action: 'operator.signed_out_by_administrator',
        objectKind: 'operator',
        objectId: operatorId,
        purpose: reason,
        details: { ended },
      })
      return { ended }
    }),
})

export type OperatorSessionService = ReturnType<typeof createOperatorSessionService>

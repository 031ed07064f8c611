import { randomUUID } from 'node:crypto'
import type {
  OperatorChangeAnswer,
  OperatorChangeEntry,
  OperatorCreation,
  OperatorEntry,
  OperatorRole,
} from '@jiankangbao/contracts/operator/schemas'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { noteEnded } from './ended-operators.ts'
import * as queries from './operator.queries.ts'
import type { OperatorChangeService } from './operator-change.service.ts'
import { givesRights } from './widening.ts'

interface OperatorUpdate {
  displayName?: string | undefined
  organisation?: string | undefined
  roles?: OperatorRole[] | undefined
  divisionCode?: string | undefined
  active?: boolean | undefined
}

const toEntry = (row: queries.OperatorRow): OperatorEntry => ({
  operatorId: row.operator_id,
  username: row.username,
  displayName: row.display_name,
  organisation: row.organisation,
  roles: row.roles,
  divisionCode: row.division_code,
  divisionName: row.division_name,
  active: row.active,
  ...(row.last_sign_in_at ? { lastSignInAt: row.last_sign_in_at.toISOString() } : {}),
})

// The database holds the rules on roles and divisions; here they become words for a form.
const asFieldError = (error: unknown): unknown => {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === '23503' && constraint === 'operators_division_code_fkey')
    return fieldError('divisionCode', 'not_found')
  if (code === '23514' && constraint?.startsWith('operators_')) return fieldError('roles', 'roles_conflict')
  return error
}

/** Administration of operators: by system administrators, who read no persons. */
export const createOperatorService = (
  { pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>,
  changes: Pick<OperatorChangeService, 'propose' | 'expireOpen'>,
) => {
  const getOperator = async (operatorId: string): Promise<OperatorEntry> => {
    const row = await queries.findOperator(pool, operatorId)
    if (!row) throw new AppError('NOT_FOUND')
    return toEntry(row)
  }

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    operatorId: string,
    details: Record<string, unknown>,
  ) => writeAudit(tx, { actor: caller, action, objectKind: 'operator', objectId: operatorId, details })

  return {
    /** By id, with a text search over names. */
    listOperators: async (query: {
      cursor?: string | undefined
      limit?: number | undefined
      search?: string | undefined
    }) => {
      const limit = query.limit ?? 20
      const rows = await queries.listOperators(
        pool,
        query.search?.trim() || null,
        readIdCursor(query.cursor),
        limit + 1,
      )
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        operators: page.map(toEntry),
        ...(rows.length > limit && last ? { nextCursor: last.operator_id } : {}),
      }
    },

    /** Proposes somebody new; the first half of the code by which they begin is answered this once only. */
    createOperator: (
      caller: OperatorCaller,
      { requestId, username, reason, phone, ...operator }: OperatorCreation,
    ): Promise<OperatorChangeAnswer> =>
      changes.propose(caller, {
        kind: 'create',
        operatorId: null,
        username,
        payload: { ...operator, active: true },
        reason,
        requestId,
        phone,
      }),

    /**
     * Changes names, roles, division. What takes rights away, or gives none, is done at once and signs the operator out;
     * what gives rights is proposed and waits for another person. Nobody changes their own.
     */
    changeOperator: async (
      caller: OperatorCaller,
      operatorId: string,
      { reason, ...change }: OperatorUpdate & { reason?: string | undefined },
    ): Promise<{ operator: OperatorEntry; change?: OperatorChangeEntry }> => {
      const touchesRights =
        change.roles !== undefined || change.active !== undefined || change.divisionCode !== undefined
      if (operatorId === caller.operatorId && touchesRights)
        throw new AppError('FORBIDDEN', { fields: [{ field: 'roles', reason: 'own_account' }] })
      const before = await queries.findOperator(pool, operatorId)
      if (!before) throw new AppError('NOT_FOUND')
      const after = {
        displayName: change.displayName ?? before.display_name,
        organisation: change.organisation ?? before.organisation,
        roles: change.roles ?? before.roles,
        divisionCode: change.divisionCode ?? before.division_code,
        active: change.active ?? before.active,
      }
      if (givesRights({ ...before, divisionCode: before.division_code }, after)) {
        if (reason === undefined) throw fieldError('reason', 'required')
        const { change: proposed } = await changes.propose(caller, {
          kind: 'change',
          operatorId,
          username: before.username,
          payload: after,
          reason,
          requestId: randomUUID(),
        })
        return { operator: toEntry(before), change: proposed }
      }
      try {
        await inTransaction(pool, async (tx) => {
          // What was proposed before says nothing of what was taken since: approving it would give that back.
          if (touchesRights) await changes.expireOpen(tx, operatorId)
          const now = await queries.lockRights(tx, operatorId)
          // Somebody took rights away meanwhile: what gave none to the former would give some to this one.
          if (now && givesRights({ ...now, divisionCode: now.division_code }, after))
            throw stateConflict('roles', 'changed_meanwhile')
          await queries.updateOperator(tx, operatorId, {
            displayName: change.displayName ?? null,
            organisation: change.organisation ?? null,
            roles: change.roles ?? null,
            divisionCode: change.divisionCode ?? null,
            active: change.active ?? null,
          })
          if (touchesRights) {
            await queries.deleteSessionsOf(tx, operatorId, null)
            await noteEnded(tx, config, { caller, before, at: clock() })
          }
          await audit(
            tx,
            caller,
            change.active === false ? 'operator.deactivated' : 'operator.changed',
            operatorId,
            { ...change },
          )
        })
      } catch (error) {
        throw asFieldError(error)
      }
      return { operator: await getOperator(operatorId) }
    },

    /** Proposes that somebody begins anew, who lost password or phone; the first half of the code is answered once. */
    resetOperator: async (
      caller: OperatorCaller,
      operatorId: string,
      { requestId, reason, phone }: { requestId: string; reason: string; phone?: string | undefined },
    ): Promise<OperatorChangeAnswer> => {
      if (operatorId === caller.operatorId)
        throw new AppError('FORBIDDEN', { fields: [{ field: 'operatorId', reason: 'own_account' }] })
      const operator = await queries.findOperator(pool, operatorId)
      if (!operator) throw new AppError('NOT_FOUND')
      if (!operator.active) throw stateConflict('operatorId', 'inactive')
      return changes.propose(caller, {
        kind: 'reset',
        operatorId,
        username: operator.username,
        payload: {
          displayName: operator.display_name,
          organisation: operator.organisation,
          roles: operator.roles,
          divisionCode: operator.division_code,
          active: true,
        },
        reason,
        requestId,
        phone,
      })
    },

    listDivisions: async () => {
      const rows = await queries.listDivisions(pool)
      return {
        divisions: rows.map((row) => ({
          code: row.code,
          ...(row.parent_code ? { parentCode: row.parent_code } : {}),
          name: row.name,
          nameEn: row.name_en,
          level: row.level,
        })),
      }
    },
  }
}

export type OperatorService = ReturnType<typeof createOperatorService>

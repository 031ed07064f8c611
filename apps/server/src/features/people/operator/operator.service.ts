import { randomBytes } from 'node:crypto'
import type { OperatorCreation, OperatorEntry, OperatorRole } from '@jiankangbao/contracts/operator/schemas'
import { inTransaction, isUniqueViolation, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { hashPassword, makeSecrets } from './credentials.ts'
import * as queries from './operator.queries.ts'

interface OperatorChange {
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
  if (isUniqueViolation(error, 'operators_username_key'))
    return new AppError('USERNAME_TAKEN', { fields: [{ field: 'username', reason: 'taken' }] })
  if (code === '23503' && constraint === 'operators_division_code_fkey')
    return fieldError('divisionCode', 'not_found')
  if (code === '23514' && constraint?.startsWith('operators_')) return fieldError('roles', 'roles_conflict')
  return error
}

/** Puts an operator in and returns the id; also for the command line and the fictional city. Writes no audit entry. */
export const addOperator = (tx: Transaction, operator: queries.NewOperator): Promise<string> =>
  queries.insertOperator(tx, operator)

/** The password of somebody who has set none yet: of 256 random bits that are forgotten at once. */
export const hashOfNobodysPassword = (): Promise<string> =>
  hashPassword(randomBytes(32).toString('base64url'))

/** Administration of operators: by system administrators, who read no persons. */
export const createOperatorService = ({ pool, encryption }: Pick<Parts, 'pool' | 'encryption'>) => {
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

  const makeHashedSecrets = async (username: string) => {
    const secrets = makeSecrets(username)
    return {
      secrets,
      passwordHash: await hashPassword(secrets.initialPassword),
      totpSecretEncrypted: encryption.encrypt(secrets.totpSecret, 'operators.totp_secret'),
    }
  }

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

    /**
     * Makes an operator; the secrets are answered this once only.
     * @throws AppError USERNAME_TAKEN, REQUEST_ID_REUSED (a repeat can not show the secrets again: reset instead)
     */
    createOperator: async (caller: OperatorCaller, creation: OperatorCreation) => {
      const { secrets, passwordHash, totpSecretEncrypted } = await makeHashedSecrets(creation.username)
      try {
        const operatorId = await inTransaction(pool, async (tx) => {
          const created = await addOperator(tx, {
            ...creation,
            passwordHash,
            totpSecretEncrypted,
            mustChangePassword: true,
          })
          await audit(tx, caller, 'operator.created', created, {
            roles: creation.roles,
            divisionCode: creation.divisionCode,
          })
          return created
        })
        return { operator: await getOperator(operatorId), ...secrets }
      } catch (error) {
        if (isUniqueViolation(error, 'operators_request_id_key')) throw new AppError('REQUEST_ID_REUSED')
        throw asFieldError(error)
      }
    },

    /** Changes names, roles, division; whoever is deactivated or gets other roles is signed out. Nobody changes their own. */
    changeOperator: async (
      caller: OperatorCaller,
      operatorId: string,
      change: OperatorChange,
    ): Promise<OperatorEntry> => {
      const touchesRights =
        change.roles !== undefined || change.active !== undefined || change.divisionCode !== undefined
      if (operatorId === caller.operatorId && touchesRights)
        throw new AppError('FORBIDDEN', { fields: [{ field: 'roles', reason: 'own_account' }] })
      try {
        await inTransaction(pool, async (tx) => {
          const changed = await queries.updateOperator(tx, operatorId, {
            displayName: change.displayName ?? null,
            organisation: change.organisation ?? null,
            roles: change.roles ?? null,
            divisionCode: change.divisionCode ?? null,
            active: change.active ?? null,
          })
          if (!changed) throw new AppError('NOT_FOUND')
          if (touchesRights) await queries.deleteSessionsOf(tx, operatorId, null)
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
      return getOperator(operatorId)
    },

    /** New password and second factor for somebody who lost theirs; ends their sessions. */
    resetOperator: async (caller: OperatorCaller, operatorId: string) => {
      if (operatorId === caller.operatorId)
        throw new AppError('FORBIDDEN', { fields: [{ field: 'operatorId', reason: 'own_account' }] })
      const operator = await getOperator(operatorId)
      const { secrets, passwordHash, totpSecretEncrypted } = await makeHashedSecrets(operator.username)
      await inTransaction(pool, async (tx) => {
        await queries.setSecrets(tx, operatorId, passwordHash, totpSecretEncrypted)
        await queries.deleteSessionsOf(tx, operatorId, null)
        await audit(tx, caller, 'operator.reset', operatorId, {})
      })
      return { operator, ...secrets }
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

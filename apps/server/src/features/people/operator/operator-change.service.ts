import type { OperatorChangeAnswer, OperatorChangeEntry } from '@jiankangbao/contracts/operator/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { maskPhone } from '@jiankangbao/domain/identity/masks'
import type { DecisionAlarm, ProposalState, Verdict } from '@jiankangbao/domain/vocabulary/approval'
import { ROLES_HELD_ALONE } from '@jiankangbao/domain/vocabulary/people'
import { inTransaction, isUniqueViolation, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import {
  actsOn,
  requireOpen,
  requireWithdrawable,
  runsOutAt,
} from '../../approval/second-person/open-matter.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { createActivation, GOOD_FOR_MS } from './activation.service.ts'
import { makeActivationCode } from './activation-code.ts'
import { joinHalves, makeHalves } from './activation-halves.ts'
import { hasBegunSince } from './activation-message.queries.ts'
import * as message from './activation-message.ts'
import { makeNobodysSecrets } from './credentials.ts'
import { WAIT_MS } from './deciding.ts'
import * as operators from './operator.queries.ts'
import * as queries from './operator-change.queries.ts'

// A change of an operator:  open → approved | rejected | withdrawn | expired. One administrator proposes, another one or
// headquarters decides. Each of the two holds one half of the code by which the operator begins, or the code goes to the operator's
// phone, so that neither can begin in their name.

const beginsAnew = (kind: queries.OperatorChangeRow['kind']): boolean => kind !== 'change'

// Nobody decides about their own account either.
const mayDecide = (caller: OperatorCaller, row: queries.OperatorChangeRow): boolean =>
  row.operator_id !== caller.operatorId &&
  (hasRole(caller, 'sysadmin') || divisionCovers(caller.divisionCode, row.payload.divisionCode))

const mayBeSent = (row: queries.OperatorChangeRow, now: Date): boolean =>
  row.state === 'approved' &&
  row.phone_encrypted !== null &&
  row.decided_at !== null &&
  row.decided_at.getTime() + GOOD_FOR_MS > now.getTime()

const toEntry = (
  caller: OperatorCaller,
  row: queries.OperatorChangeRow,
  { clock, encryption }: Pick<Parts, 'clock' | 'encryption'>,
): OperatorChangeEntry => ({
  changeId: row.change_id,
  kind: row.kind,
  ...(row.operator_id ? { operatorId: row.operator_id } : {}),
  username: row.username,
  displayName: row.payload.displayName,
  organisation: row.payload.organisation,
  ...(row.roles && row.kind !== 'create'
    ? {
        before: {
          roles: row.roles,
          divisionCode: row.division_code ?? '',
          divisionName: row.own_division_name ?? '',
          active: row.active ?? false,
        },
      }
    : {}),
  after: {
    roles: row.payload.roles,
    divisionCode: row.payload.divisionCode,
    divisionName: row.division_name,
    active: row.payload.active,
  },
  state: row.state,
  reason: row.reason,
  alarms: row.alarms,
  proposedBy: row.proposer_name,
  proposedAt: row.proposed_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  ...(row.decider_name ? { decidedBy: row.decider_name } : {}),
  ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
  ...(row.decision_reason ? { decisionReason: row.decision_reason } : {}),
  ...(row.phone_index
    ? {
        message: {
          ...(row.phone_encrypted
            ? {
                phoneMasked: encryption.show(
                  row.phone_encrypted,
                  inRow('operator_changes.phone', row.change_id),
                  maskPhone,
                ),
              }
            : {}),
          ...(row.messaged_at ? { sentAt: row.messaged_at.toISOString() } : {}),
          maySend: mayBeSent(row, clock()) && mayDecide(caller, row),
        },
      }
    : {}),
  allowed: actsOn(caller, row, mayDecide(caller, row)),
})

const isSame = (
  row: queries.OperatorChangeRow,
  asked: Pick<queries.NewChange, 'kind' | 'username' | 'payload'>,
) =>
  row.kind === asked.kind &&
  row.username === asked.username &&
  JSON.stringify(Object.entries(row.payload).sort()) === JSON.stringify(Object.entries(asked.payload).sort())

export type AskedChange = Pick<
  queries.NewChange,
  'kind' | 'operatorId' | 'username' | 'payload' | 'reason' | 'requestId'
> & { phone?: string | undefined }

/** Proposals about operators, and their decisions. */
export const createOperatorChangeService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption' | 'ports' | 'log'>,
) => {
  const { pool, clock, config, encryption } = parts

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    row: Pick<queries.OperatorChangeRow, 'change_id' | 'kind' | 'operator_id' | 'payload'>,
    more: { purpose: string; alarms?: DecisionAlarm[] },
  ) =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'operator_change',
      objectId: row.change_id,
      purpose: more.purpose,
      details: {
        kind: row.kind,
        ...(row.operator_id ? { operatorId: row.operator_id } : {}),
        roles: row.payload.roles,
        divisionCode: row.payload.divisionCode,
        active: row.payload.active,
        ...(more.alarms?.length ? { alarms: more.alarms } : {}),
      },
    })

  const requirePossible = async (
    tx: Transaction,
    { payload, kind, username }: Pick<AskedChange, 'payload' | 'kind' | 'username'>,
  ): Promise<void> => {
    const { roles, divisionCode } = payload
    if (roles.length > 1 && ROLES_HELD_ALONE.some((role) => roles.includes(role)))
      throw fieldError('roles', 'roles_conflict')
    if (!(await operators.isDivision(tx, divisionCode))) throw fieldError('divisionCode', 'not_found')
    if (kind === 'create' && (await operators.isUsername(tx, username)))
      throw new AppError('USERNAME_TAKEN', { fields: [{ field: 'username', reason: 'taken' }] })
  }

  const getAnswer = async (
    caller: OperatorCaller,
    changeId: string,
    activation?: OperatorChangeAnswer['activation'],
  ): Promise<OperatorChangeAnswer> => {
    const row = await queries.findChange(pool, clock(), changeId)
    if (!row) throw new AppError('NOT_FOUND')
    return { change: toEntry(caller, row, parts), ...(activation ? { activation } : {}) }
  }

  const hold = async (tx: Transaction, changeId: string): Promise<queries.OperatorChangeRow> => {
    const row = await queries.lockChange(tx, clock(), changeId)
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  /** Writes what was approved. @returns the operator, and the second half of the code, or all of it for their phone */
  const apply = async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.OperatorChangeRow,
    nobodys: Awaited<ReturnType<typeof makeNobodysSecrets>>,
  ): Promise<{ operatorId: string; activation?: OperatorChangeAnswer['activation']; code?: string }> => {
    const now = clock()
    const { payload, username } = row
    await requirePossible(tx, row)
    if (row.kind === 'change') {
      const operatorId = row.operator_id ?? ''
      await operators.updateOperator(tx, operatorId, payload)
      await operators.setDecidesFrom(tx, operatorId, new Date(now.getTime() + WAIT_MS))
      await operators.deleteSessionsOf(tx, operatorId, null)
      return { operatorId }
    }
    const operatorId =
      row.operator_id ??
      (await operators.insertOperator(tx, {
        ...payload,
        username,
        ...nobodys,
        mustChangePassword: true,
        requestId: null,
      }))
    if (row.kind === 'reset') {
      await operators.setSecrets(
        tx,
        operatorId,
        nobodys.passwordHash,
        nobodys.totpSecretEncrypted(operatorId),
      )
      await operators.deleteSessionsOf(tx, operatorId, null)
    }
    const operator = { operatorId, username }
    const by = { madeBy: caller.operatorId, now }
    if (row.phone_index) {
      const { code } = await createActivation(tx, encryption, operator, by)
      return { operatorId, code }
    }
    if (!row.first_half_encrypted) throw new Error('an open change of this kind has its first half')
    const { code, second } = joinHalves(
      encryption.decrypt(row.first_half_encrypted, inRow('operator_changes.first_half', row.change_id)),
    )
    const { expiresAt } = await createActivation(tx, encryption, operator, { ...by, code })
    return {
      operatorId,
      activation: { half: second, position: 'second', expiresAt: expiresAt.toISOString() },
    }
  }

  return {
    /**
     * @throws AppError USERNAME_TAKEN, VALIDATION_FAILED, REQUEST_ID_REUSED, STATE_CONFLICT (another change of this operator is
     * open). A repeat is answered without the half: it is shown once.
     */
    propose: async (caller: OperatorCaller, asked: AskedChange): Promise<OperatorChangeAnswer> => {
      const now = clock()
      const phone = message.readActivationPhone(encryption, asked.phone)
      const half = beginsAnew(asked.kind) && !phone ? makeHalves().first : undefined
      const expiresAt = runsOutAt(config, now)
      try {
        const made = await inTransaction(pool, async (tx) => {
          const before = await queries.findChangeOfRequest(tx, now, asked.requestId)
          if (before) {
            if (before.proposed_by !== caller.operatorId || !isSame(before, asked))
              throw new AppError('REQUEST_ID_REUSED')
            return { changeId: before.change_id, isRepeat: true }
          }
          await requirePossible(tx, asked)
          await queries.expireOverdueChanges(tx, asked, now)
          await message.requireOwnPhone(tx, phone, asked.username)
          const changeId = await queries.insertChange(tx, {
            ...asked,
            proposedBy: caller.operatorId,
            proposedAt: now,
            expiresAt,
            firstHalfEncrypted: half
              ? (changeId) => encryption.encrypt(half, inRow('operator_changes.first_half', changeId))
              : undefined,
            phone,
          })
          if (!changeId) throw new AppError('BUSY', { retryAfterSeconds: 1 })
          await audit(
            tx,
            caller,
            'operator_change.proposed',
            { change_id: changeId, kind: asked.kind, operator_id: asked.operatorId, payload: asked.payload },
            { purpose: asked.reason },
          )
          return { changeId, isRepeat: false }
        })
        const activation = half && !made.isRepeat ? { half, position: 'first' as const } : undefined
        return await getAnswer(caller, made.changeId, activation)
      } catch (error) {
        if (isUniqueViolation(error, 'operator_changes_open_operator'))
          throw stateConflict('operatorId', 'change_open')
        if (isUniqueViolation(error, 'operator_changes_open_username'))
          throw new AppError('USERNAME_TAKEN', { fields: [{ field: 'username', reason: 'change_open' }] })
        throw error
      }
    },

    /** In the transaction that takes rights away: what waits about the operator was proposed of somebody with more. */
    expireOpen: (tx: Transaction, operatorId: string): Promise<void> =>
      queries.expireOpenChanges(tx, operatorId),

    listOperatorChanges: async (
      caller: OperatorCaller,
      query: { cursor?: string | undefined; limit?: number | undefined; state?: ProposalState | undefined },
    ) => {
      const limit = query.limit ?? 20
      const rows = await queries.listChanges(pool, clock(), {
        state: query.state ?? null,
        // Administrators see all of it, headquarters what they may decide.
        divisionPrefix: hasRole(caller, 'sysadmin') ? '' : divisionPrefix(caller.divisionCode),
        beforeId: readIdCursor(query.cursor),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        changes: page.map((row) => toEntry(caller, row, parts)),
        ...(rows.length > limit && last ? { nextCursor: last.change_id } : {}),
      }
    },

    /**
     * @throws AppError OWN_PROPOSAL, FORBIDDEN (outside the division; account_new, made_by_decider, shared_browser),
     * STATE_CONFLICT (decided already, or it ran out), USERNAME_TAKEN, VALIDATION_FAILED (`phone`: `required`, `differs`)
     */
    decideOperatorChange: async (
      caller: OperatorCaller,
      changeId: string,
      { verdict, reason, phone }: { verdict: Verdict; reason: string; phone?: string | undefined },
    ): Promise<OperatorChangeAnswer> => {
      const nobodys = await makeNobodysSecrets(encryption)
      const now = clock()
      const seen = await queries.findChange(pool, now, changeId)
      // Outside the transaction, which a wrong number would roll back together with the count of the tries.
      if (verdict === 'approve' && seen && seen.proposed_by !== caller.operatorId && mayDecide(caller, seen))
        await message.requireSeconded(parts, caller.operatorId, seen, phone)
      const { row, applied } = await inTransaction(pool, async (tx) => {
        const row = await hold(tx, changeId)
        requireOpen(row)
        if (row.proposed_by === caller.operatorId) throw new AppError('OWN_PROPOSAL')
        if (!mayDecide(caller, row)) throw new AppError('FORBIDDEN')
        const matter = {
          about: `operator_change:${changeId}`,
          writers: [row.proposed_by],
          weighty: true,
          now,
        }
        const alarms = await decideAsSecond(tx, config, caller, matter)
        const applied = verdict === 'approve' ? await apply(tx, caller, row, nobodys) : undefined
        const state = verdict === 'approve' ? 'approved' : 'rejected'
        const operatorId = applied?.operatorId ?? row.operator_id
        const end = { state, operatorId, decidedBy: caller.operatorId, at: now, reason, alarms } as const
        await queries.closeChange(tx, changeId, end)
        await audit(
          tx,
          caller,
          `operator_change.${state}`,
          { ...row, operator_id: operatorId },
          { purpose: reason, alarms },
        )
        return { row, applied }
      })
      if (applied?.code && row.phone_encrypted)
        await message.sendActivation(parts, {
          ...{ changeId, phoneEncrypted: row.phone_encrypted, code: applied.code },
        })
      return getAnswer(caller, changeId, applied?.activation)
    },

    /**
     * Another code to the same number, within the day of the first; the one before is worth nothing from then on.
     * @throws AppError FORBIDDEN, STATE_CONFLICT (nothing to send, the day is over, or they have begun), TOO_MANY_REQUESTS
     */
    sendActivationAgain: async (caller: OperatorCaller, changeId: string): Promise<OperatorChangeAnswer> => {
      const now = clock()
      const { code, phoneEncrypted } = await inTransaction(pool, async (tx) => {
        const row = await hold(tx, changeId)
        if (!mayDecide(caller, row)) throw new AppError('FORBIDDEN')
        const { operator_id: operatorId, phone_encrypted, decided_at: decidedAt, username } = row
        if (!mayBeSent(row, now) || !operatorId || !phone_encrypted || !decidedAt)
          throw stateConflict('state', row.state)
        if (await hasBegunSince(tx, operatorId, decidedAt)) throw stateConflict('state', 'activation_used')
        await message.takeText(tx, changeId)
        const until = new Date(decidedAt.getTime() + GOOD_FOR_MS)
        const by = { madeBy: caller.operatorId, now, code: makeActivationCode(), until }
        await createActivation(tx, encryption, { operatorId, username }, by)
        await audit(tx, caller, 'operator_change.message_sent', row, { purpose: row.reason })
        return { code: by.code, phoneEncrypted: phone_encrypted }
      })
      await message.sendActivation(parts, { changeId, phoneEncrypted, code })
      return getAnswer(caller, changeId)
    },

    /** @throws AppError FORBIDDEN (somebody else's), STATE_CONFLICT */
    withdrawOperatorChange: async (
      caller: OperatorCaller,
      changeId: string,
      reason: string,
    ): Promise<OperatorChangeAnswer> => {
      await inTransaction(pool, async (tx) => {
        const row = await hold(tx, changeId)
        requireWithdrawable(caller, row)
        const end = {
          state: 'withdrawn',
          operatorId: null,
          decidedBy: null,
          at: clock(),
          reason,
          alarms: [],
        } as const
        await queries.closeChange(tx, changeId, end)
        await audit(tx, caller, 'operator_change.withdrawn', row, { purpose: reason })
      })
      return getAnswer(caller, changeId)
    },
  }
}

export type OperatorChangeService = ReturnType<typeof createOperatorChangeService>

import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { DeviceCaller, OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { writeNotices } from '../../ledger/notice/notice.service.ts'
import { callerKey } from './caller-key.ts'
import { DETAILS } from './check.queries.ts'
import * as queries from './let-pass.queries.ts'

/** Whoever compares documents does it while the person stands there. */
const STANDS_MS = 30 * 60_000
const DAY_MS = 86_400_000

/** Somebody whose identity waits for an office: staff who compared both documents may let pass, and it is written down. */
export const createLetPassService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const record = async (
    tx: Transaction,
    caller: DeviceCaller | OperatorCaller,
    requestId: string,
    now: Date,
  ): Promise<Date> => {
    const key = callerKey(caller)
    const before = await queries.findLetPass(tx, key, requestId)
    if (before) return before
    const check = await queries.findHeldCheck(tx, key, requestId, now)
    if (!check) throw new AppError('NOT_FOUND')
    if (DETAILS[check.detail] !== 'identity_unconfirmed' || check.person_id === null)
      throw stateConflict('check', 'not_held')
    if (now.getTime() - check.checked_at.getTime() > STANDS_MS) throw stateConflict('check', 'too_late')
    if (check.is_other_ill) throw stateConflict('check', 'other_document')
    const made = await queries.insertLetPass(tx, {
      ...{ caller: key, requestId, personId: check.person_id, pointId: check.point_id, at: now },
      operatorId: caller.kind === 'operator' ? caller.operatorId : null,
      deviceId: caller.kind === 'device' ? caller.deviceId : null,
      organisation: caller.organisation,
    })
    // A second tap of the same moment; its row is there once the first one has committed.
    if (!made) return (await queries.findLetPass(tx, key, requestId)) ?? now
    await writeAudit(tx, {
      actor: caller,
      action: 'check.let_pass',
      objectKind: 'person',
      objectId: check.person_id,
      details: { pointId: String(check.point_id), requestId },
    })
    const keepers = await queries.listKeepers(tx, check.person_id)
    await writeNotices(
      tx,
      'let_pass',
      keepers.map(({ account_id: accountId, member_id: memberId }) => ({
        accountId,
        details: { place: check.place, ...(memberId ? { memberId } : {}) },
      })),
      now,
    )
    return now
  }

  return {
    /**
     * Again is the same.
     * @throws AppError NOT_FOUND (no check of this caller), STATE_CONFLICT (`check`: `not_held` by an open matter; `too_late`
     * after half an hour; `other_document`, whose holder is yellow or red)
     */
    letPass: async (caller: DeviceCaller | OperatorCaller, requestId: string) => ({
      passedAt: (
        await inTransaction(pool, (tx) => record(tx, caller, requestId.toLowerCase(), clock()))
      ).toISOString(),
    }),
  }
}

export type LetPassService = ReturnType<typeof createLetPassService>

/** As long as checks are kept. */
export const purgeLetPasses = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  await purgeInBatches(
    pool,
    queries.OLD_LET_PASSES,
    new Date(clock().getTime() - config.retentionDays.checks * DAY_MS),
  )
}

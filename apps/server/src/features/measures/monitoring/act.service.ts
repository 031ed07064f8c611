import type { FollowUp, FollowUpRow, FollowUpRows } from '@jiankangbao/contracts/follow-up/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import type { FollowUpSkip, Look } from '@jiankangbao/domain/vocabulary/follow-ups'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './act.queries.ts'
import { sealNote, toFollowUp } from './follow-up-view.ts'
import { findFollowUp } from './list.queries.ts'
import { scopeOf } from './scope.ts'

interface Change {
  requestId: string
  version: number
}

/** The rows of an act on many in the order of the request: what was done, and what was left and why. */
export const toRows = (
  followUpIds: readonly string[],
  skipOf: (followUpId: string) => FollowUpSkip | undefined,
): FollowUpRows => {
  const rows = followUpIds.map((followUpId): FollowUpRow => {
    const skipped = skipOf(followUpId)
    return skipped ? { followUpId, done: false, skipped } : { followUpId, done: true }
  })
  const done = rows.filter((row) => row.done).length
  return { done, skipped: rows.length - done, rows }
}

/** Whoever was given up as lost and is reached is looked after again. */
const isFound = (row: queries.HeldRow, look: Look | undefined): boolean =>
  row.state === 'lost' && row.is_last && (look === 'well' || look === 'ill')

const skipMark = (row: queries.HeldRow | undefined, look: Look | undefined): FollowUpSkip | undefined => {
  if (!row) return 'not_found'
  if (!row.is_own) return 'not_yours'
  return row.is_repeat || row.state === 'open' || isFound(row, look) ? undefined : 'ended'
}

/** What a community does about the people whom it looks after. Nothing that stands in a history is ever replaced. */
export const createFollowUpActs = (parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const { pool, clock, encryption, config } = parts

  const show = async (caller: OperatorCaller, followUpId: string): Promise<FollowUp> => {
    const row = await findFollowUp(pool, scopeOf(config, caller), followUpId)
    if (!row) throw new AppError('NOT_FOUND')
    return toFollowUp(encryption, row, clock(), scopeOf(config, caller))
  }

  /** One open follow-up of the own division, as the caller saw it; a repeat changes nothing. */
  const change = async (
    caller: OperatorCaller,
    followUpId: string,
    { requestId, version }: Change,
    work: (tx: Transaction, row: queries.HeldRow, now: Date) => Promise<void>,
  ): Promise<FollowUp> => {
    await inTransaction(pool, async (tx) => {
      const request = { operatorId: caller.operatorId, requestId }
      const held = await queries.lockFollowUps(tx, scopeOf(config, caller), [followUpId], request)
      const row = held.get(followUpId)
      if (!row?.is_own) throw new AppError('NOT_FOUND')
      if (row.is_repeat) return
      if (row.state !== 'open') throw stateConflict('state', row.state)
      if (row.version !== version) throw stateConflict('version', 'changed')
      await work(tx, row, clock())
    })
    return show(caller, followUpId)
  }

  const writeMarks = async (
    tx: Transaction,
    caller: OperatorCaller,
    rows: queries.HeldRow[],
    { requestId, look, note }: Call<'markFollowUps'>['body'],
  ): Promise<void> => {
    const now = clock()
    const ids = rows.map((row) => row.follow_up_id)
    await queries.insertEvents(tx, {
      followUpIds: ids,
      at: now,
      event: look ? 'looked' : 'noted',
      operatorId: caller.operatorId,
      requestId,
      noteEncrypted: sealNote(encryption, note),
      details: look ? { look } : {},
    })
    if (look) await queries.updateLooks(tx, ids, look, now)
    await writeAudit(tx, {
      actor: caller,
      action: look ? 'follow_up.looked' : 'follow_up.noted',
      objectKind: 'follow_up',
      ...(ids.length === 1 && ids[0] ? { objectId: ids[0] } : {}),
      details: {
        ...(look ? { look } : {}),
        noteLength: note?.length ?? 0,
        persons: rows.map((row) => row.person_id),
      },
    })
  }

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    row: queries.HeldRow,
    details: object,
  ): Promise<void> =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'follow_up',
      objectId: row.follow_up_id,
      details: { personId: row.person_id, ...details },
    })

  return {
    /** How looks at people went, or a note alone; also somebody given up as lost, if they are the last that is known. */
    markFollowUps: (caller: OperatorCaller, body: Call<'markFollowUps'>['body']): Promise<FollowUpRows> => {
      const { requestId, followUpIds, look, note } = body
      if (look === undefined && note === undefined) throw fieldError('look', 'required')
      return inTransaction(pool, async (tx) => {
        const request = { operatorId: caller.operatorId, requestId }
        const held = await queries.lockFollowUps(tx, scopeOf(config, caller), followUpIds, request)
        const answer = toRows(followUpIds, (followUpId) => skipMark(held.get(followUpId), look))
        const rows = answer.rows
          .flatMap(({ done, followUpId }) => (done ? (held.get(followUpId) ?? []) : []))
          .filter((row) => !row.is_repeat)
        if (rows.length > 0) await writeMarks(tx, caller, rows, body)
        return answer
      })
    },

    /** @throws AppError NOT_FOUND, STATE_CONFLICT (`changed`, or ended) */
    endFollowUp: (
      caller: OperatorCaller,
      followUpId: string,
      { as, note, ...request }: Call<'endFollowUp'>['body'],
    ): Promise<FollowUp> =>
      change(caller, followUpId, request, async (tx, row, now) => {
        await queries.insertEvents(tx, {
          followUpIds: [followUpId],
          at: now,
          event: 'ended',
          operatorId: caller.operatorId,
          requestId: request.requestId,
          noteEncrypted: sealNote(encryption, note),
          details: { state: as },
        })
        await queries.endFollowUp(tx, followUpId, as, now)
        await audit(tx, caller, 'follow_up.ended', row, { as, noteLength: note.length })
      }),

    /** Where somebody stays; who looks after them stays as it is. @throws AppError as above */
    setFollowUpStay: (
      caller: OperatorCaller,
      followUpId: string,
      { stay, place, ...request }: Call<'setFollowUpStay'>['body'],
    ): Promise<FollowUp> =>
      change(caller, followUpId, request, async (tx, row, now) => {
        await queries.insertEvents(tx, {
          followUpIds: [followUpId],
          at: now,
          event: 'stay_set',
          operatorId: caller.operatorId,
          requestId: request.requestId,
          noteEncrypted: sealNote(encryption, place),
          details: {},
        })
        const encrypted =
          place === undefined ? null : encryption.encrypt(place, inRow('follow_ups.stay', followUpId))
        await queries.updateStay(tx, followUpId, stay, encrypted)
        await audit(tx, caller, 'follow_up.stay_set', row, { stay })
      }),
  }
}

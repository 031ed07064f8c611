import type { FollowUpRows } from '@jiankangbao/contracts/follow-up/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import type { FollowUpEvent, FollowUpSkip } from '@jiankangbao/domain/vocabulary/follow-ups'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './act.queries.ts'
import { toRows } from './act.service.ts'
import { sealNote } from './follow-up-view.ts'
import { acceptOffers, dropOffers, offerFollowUps } from './handover.queries.ts'
import { scopeOf } from './scope.ts'

interface Act {
  requestId: string
  /** As the caller saw them: one that changed since is left as it is. */
  rows: readonly { followUpId: string; version: number }[]
  note?: string | undefined
}

type Verdict = Call<'answerFollowUpOffers'>['body']['verdict']
const EVENTS = { accept: 'accepted', refuse: 'refused', take_back: 'taken_back' } as const satisfies Record<
  Verdict,
  FollowUpEvent
>

/** Handing people over to another division: whoever gives them looks after them until the other one agrees. */
export const createHandoverService = ({
  pool,
  clock,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  interface How {
    event: FollowUpEvent
    skipOf: (row: queries.HeldRow) => FollowUpSkip | undefined
    /** The division that the history names. */
    divisionOf: (row: queries.HeldRow) => string | null
    write: (tx: Transaction, followUpIds: string[]) => Promise<void>
  }

  const record = async (
    tx: Transaction,
    caller: OperatorCaller,
    { requestId, note }: Act,
    { event, divisionOf }: How,
    rows: queries.HeldRow[],
  ): Promise<void> => {
    const noteEncrypted = sealNote(encryption, note)
    for (const division of new Set(rows.map(divisionOf))) {
      const followUpIds = rows.filter((row) => divisionOf(row) === division).map((row) => row.follow_up_id)
      const { operatorId } = caller
      const details = division ? { division } : {}
      await queries.insertEvents(tx, {
        followUpIds,
        at: clock(),
        event,
        operatorId,
        requestId,
        noteEncrypted,
        details,
      })
      await writeAudit(tx, {
        actor: caller,
        action: `follow_up.${event}`,
        objectKind: 'follow_up',
        ...(followUpIds.length === 1 && followUpIds[0] ? { objectId: followUpIds[0] } : {}),
        details: { division, followUps: followUpIds },
      })
    }
  }

  const skipFor = (
    row: queries.HeldRow | undefined,
    version: number | undefined,
    { skipOf }: How,
  ): FollowUpSkip | undefined => {
    if (!row) return 'not_found'
    if (row.is_repeat) return undefined
    if (row.state !== 'open') return 'ended'
    return skipOf(row) ?? (row.version === version ? undefined : 'changed')
  }

  const act = (caller: OperatorCaller, asked: Act, how: How): Promise<FollowUpRows> =>
    inTransaction(pool, async (tx) => {
      const ids = asked.rows.map(({ followUpId }) => followUpId)
      if (new Set(ids).size !== ids.length) throw fieldError('rows', 'duplicate')
      const request = { operatorId: caller.operatorId, requestId: asked.requestId }
      const held = await queries.lockFollowUps(tx, scopeOf(config, caller), ids, request)
      const versions = new Map(asked.rows.map(({ followUpId, version }) => [followUpId, version]))
      const answer = toRows(ids, (id) => skipFor(held.get(id), versions.get(id), how))
      const done = answer.rows
        .flatMap((row) => (row.done ? (held.get(row.followUpId) ?? []) : []))
        .filter((row) => !row.is_repeat)
      if (done.length === 0) return answer
      await record(tx, caller, asked, how, done)
      await how.write(
        tx,
        done.map((row) => row.follow_up_id),
      )
      return answer
    })

  return {
    /** @throws AppError VALIDATION_FAILED toDivisionCode: `unknown_place` where it is none below the city */
    offerFollowUps: async (
      caller: OperatorCaller,
      { toDivisionCode, ...body }: Call<'offerFollowUps'>['body'],
    ): Promise<FollowUpRows> => {
      const to = await findCityDivision(pool, toDivisionCode)
      if (!to || to.level === 'city') throw fieldError('toDivisionCode', 'unknown_place')
      return act(caller, body, {
        event: 'offered',
        skipOf: (row) => {
          if (!row.is_own) return 'not_yours'
          if (row.offered_to) return 'offered'
          return row.division_code === to.code ? 'same_division' : undefined
        },
        divisionOf: () => to.code,
        write: (tx, ids) => offerFollowUps(tx, ids, to.code, clock()),
      })
    },

    /** Taken, sent back, or taken back by whoever offered. */
    answerFollowUpOffers: (
      caller: OperatorCaller,
      { verdict, ...body }: Call<'answerFollowUpOffers'>['body'],
    ): Promise<FollowUpRows> =>
      act(caller, body, {
        event: EVENTS[verdict],
        skipOf: (row) => {
          if (!row.offered_to) return 'changed'
          const mayAnswer = verdict === 'take_back' ? row.is_own : row.is_offered_here
          return mayAnswer ? undefined : 'not_yours'
        },
        divisionOf: (row) => row.offered_to,
        write: (tx, ids) => (verdict === 'accept' ? acceptOffers(tx, ids) : dropOffers(tx, ids)),
      }),
  }
}

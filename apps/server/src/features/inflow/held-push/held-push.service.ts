import type { HeldPush, HeldRow } from '@jiankangbao/contracts/held-push/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import type { PushKind } from '@jiankangbao/domain/vocabulary/inflow'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { endFloors } from '../../colours/facts/floors.queries.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import * as queries from './held-push.queries.ts'
import { HELD_PUSH_DAYS } from './retention.ts'

/** Takes what was released, with all that follows from it and the marks of the persons. */
export type TakeReleased = (
  tx: Transaction,
  caller: OperatorCaller,
  partner: { partnerId: string; name: string },
  rows: queries.WaitingRow[],
  now: Date,
) => Promise<void>

const toRow = ({ number, content, persons }: NonNullable<queries.HeldPushRow['sample']>[number]): HeldRow => {
  const result = content.action === 'withdraw' ? ('withdraw' as const) : content.result
  const at = content.sampledAt ?? content.observedAt
  return {
    ...(number === null ? {} : { number }),
    ...(result ? { result } : {}),
    ...(content.kind ? { kind: content.kind } : {}),
    ...(content.colour === undefined ? {} : { colour: numberToColour(content.colour) }),
    ...(at ? { at } : {}),
    persons,
  }
}

const toPush = (row: queries.HeldPushRow): HeldPush => ({
  heldPushId: row.held_push_id,
  partner: row.partner_name,
  batchId: row.batch_id,
  kind: row.kind,
  heldFor: row.held_for,
  red: row.red,
  yellow: row.yellow,
  unregistered: row.unregistered,
  heldAt: row.held_at.toISOString(),
  state: row.state,
  rows: row.row_count,
  sample: (row.sample ?? []).map(toRow),
  ...(row.closed_at ? { closedAt: row.closed_at.toISOString() } : {}),
  ...(row.decided_by_name ? { decidedBy: row.decided_by_name } : {}),
  ...(row.decision_reason ? { reason: row.decision_reason } : {}),
})

/** Pushes that wait for headquarters. The partner is the first pair of eyes, who releases the second. */
export const createHeldPushService = (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  takers: Record<PushKind, TakeReleased>,
) => ({
  listHeldPushes: async (_caller: OperatorCaller, query: Call<'listHeldPushes'>['query']) => {
    const limit = query.limit ?? 20
    const rows = await queries.listPushes(pool, query.state ?? null, {
      beforeId: readIdCursor(query.cursor),
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      pushes: page.map(toPush),
      ...(rows.length > limit && last ? { nextCursor: last.held_push_id } : {}),
    }
  },

  /** @throws AppError NOT_FOUND, STATE_CONFLICT where it waits no longer */
  decideHeldPush: (
    caller: OperatorCaller,
    heldPushId: string,
    { verdict, reason }: Call<'decideHeldPush'>['body'],
  ): Promise<HeldPush> =>
    inTransaction(pool, async (tx) => {
      const now = clock()
      const seen = await queries.findPush(tx, heldPushId)
      if (!seen) throw new AppError('NOT_FOUND')
      const partner = { partnerId: seen.partner_id, name: seen.partner_name }
      // Numbers first, as a push of the laboratory holds them: the other way round each would wait for the other.
      const numbers = (await queries.listWaitingRows(tx, heldPushId)).flatMap(({ number }) => number ?? [])
      await queries.lockNumbers(tx, partner.partnerId, numbers)
      const push = await queries.lockPush(tx, heldPushId)
      if (push?.state !== 'held') throw new AppError('STATE_CONFLICT')
      const rows = await queries.listWaitingRows(tx, heldPushId)
      const state = verdict === 'release' ? 'released' : 'refused'
      await queries.decidePush(tx, heldPushId, { state, operatorId: caller.operatorId, reason, at: now })
      const freed = await endFloors(tx, heldPushId)
      await writeAudit(tx, {
        actor: caller,
        action: `partner_push.${state}`,
        objectKind: 'held_push',
        objectId: heldPushId,
        purpose: reason,
        details: { partner: partner.name, rows: rows.length, red: push.red, yellow: push.yellow },
      })
      if (verdict === 'release') await takers[push.kind](tx, caller, partner, rows, now)
      if (freed.length > 0) await markDirty(tx, freed, 'test')
      const decided = await queries.findPush(tx, heldPushId)
      return toPush(decided ?? push)
    }),
})

export type HeldPushService = ReturnType<typeof createHeldPushService>

/** Unanswered after the alarm, it is raised again after this. */
const AGAIN_MS = 30 * 60_000

/** Tells headquarters again of pushes that nobody has answered. */
export const tellHeldPushes = ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> =>
  inTransaction(pool, async (tx) => {
    const at = clock()
    const late = await queries.markUnanswered(tx, at, new Date(at.getTime() - AGAIN_MS))
    for (const { partnerId, partner, persons } of late)
      await raiseIncident(tx, {
        kind: 'partner_flood',
        subject: `partner:${partnerId}`,
        divisionCode: config.city.divisionCode,
        details: { partner, count: persons },
        at,
      })
  })

/** Forgets pushes decided long ago, with their rows. */
export const purgeHeldPushes = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, queries.DELETE_CLOSED(HELD_PUSH_DAYS), clock())
}

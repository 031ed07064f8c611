import { randomUUID } from 'node:crypto'
import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { type ExchangeFigures, isExchangeFresh } from '@jiankangbao/domain/ticket/exchange'
import { type HotlinePolicy, isDeskFull } from '@jiankangbao/domain/ticket/hotline'
import { shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { readHotlinePolicy } from '../hotline-policy/policy.queries.ts'
import { findTicket } from '../ticket/ticket.queries.ts'
import { isVisible } from '../ticket/ticket-view.ts'
import * as queries from './call.queries.ts'
import { findReading } from './exchange.queries.ts'

const HOUR_MS = 3_600_000

type ShownCall = NonNullable<HotlineDesk['call']>

const toCall = (row: queries.CallRow): ShownCall => ({
  callId: row.call_id,
  beganAt: row.began_at.toISOString(),
  ...(row.rang_seconds === null ? {} : { rangSeconds: row.rang_seconds }),
})

/** What the exchange told last, and whether it counts as now. */
interface Exchange extends ExchangeFigures {
  measuredAt: Date
  isFresh: boolean
}

export const readExchange = async (db: Queryable, now: Date): Promise<Exchange | undefined> => {
  const reading = await findReading(db)
  return reading && { ...reading, isFresh: isExchangeFresh(reading.measuredAt.getTime(), now.getTime()) }
}

/** Calls in time as the exchange counts them, where it does so of today and by the norm that counts; as typed otherwise. */
const inTimeOf = (
  exchange: Exchange | undefined,
  typed: { timed: number; in_time: number },
  { since, answerSeconds }: { since: Date; answerSeconds: number },
) => {
  if (!exchange || exchange.measuredAt < since || exchange.answerSeconds !== answerSeconds)
    return { timed: typed.timed, inTime: typed.in_time, timedBy: 'typed' as const }
  return { timed: exchange.offered, inTime: exchange.answeredInTime, timedBy: 'exchange' as const }
}

const readDay = async (
  db: Queryable,
  now: Date,
  policy: HotlinePolicy,
  exchange: Exchange | undefined,
): Promise<HotlineDesk['day']> => {
  const since = new Date(startOfShanghaiDay(shanghaiDayOf(now.getTime())))
  const { answerSeconds } = policy
  const { calls, timed, in_time, made, answered, late } = await queries.countDay(db, {
    since,
    now,
    answerSeconds,
  })
  return {
    calls,
    ...inTimeOf(exchange, { timed, in_time }, { since, answerSeconds }),
    wrapUps: await queries.countWrapUps(db, since),
    hours: await queries.countHours(db, since),
    tickets: { made, answered, late },
  }
}

/** How full the desk is by the norms that count now; what the exchange tells wins over what was typed. */
export const readLoad = async (
  db: Queryable,
  now: Date,
  policy: HotlinePolicy,
  exchange: Exchange | undefined,
) => {
  const load = await queries.findLoad(db, now)
  const { tickets, waiting: typed, waiting_at: typedAt } = load
  const fresh = exchange?.isFresh ? exchange : undefined
  const present = fresh?.agents ?? load.present
  const waiting = fresh?.waiting ?? typed ?? undefined
  const toldAt = fresh?.measuredAt ?? typedAt
  const source = fresh ? ('exchange' as const) : ('typed' as const)
  return {
    present,
    openTickets: tickets,
    full: isDeskFull(policy, { present, tickets, waiting }),
    ...(waiting === undefined || !toldAt
      ? {}
      : { waiting: { calls: waiting, toldAt: toldAt.toISOString(), source } }),
  }
}

const toShownExchange = (exchange: Exchange | undefined): NonNullable<HotlineDesk['exchange']> => {
  if (!exchange) return { isFresh: false }
  const { measuredAt, ...figures } = exchange
  return { ...figures, measuredAt: measuredAt.toISOString() }
}

/** The desk of the hotline: its calls, who is there, how full it is, and the numbers of the day. */
export const createHotlineDeskService = ({ pool, clock, ports }: Pick<Parts, 'pool' | 'clock' | 'ports'>) => {
  const begin = async (
    tx: Transaction,
    caller: OperatorCaller,
    { requestId, rangSeconds }: Call<'beginHotlineCall'>['body'],
  ): Promise<void> => {
    const call = { callId: randomUUID(), operatorId: caller.operatorId, requestId, at: clock() }
    await queries.insertCall(tx, { ...call, rangSeconds: rangSeconds ?? null })
    await queries.noteSeen(tx, { operatorId: caller.operatorId, at: call.at, waiting: null })
  }

  const requireKnown = async (
    tx: Transaction,
    caller: OperatorCaller,
    wrapUp: string,
    ticketId: string | undefined,
  ): Promise<void> => {
    const { policy } = await readHotlinePolicy(tx)
    if (!policy.wrapUps.some(({ key }) => key === wrapUp)) throw fieldError('wrapUp', 'unknown')
    if (ticketId === undefined) return
    const ticket = await findTicket(tx, ticketId)
    if (!ticket || !isVisible(caller, ticket)) throw fieldError('ticketId', 'not_found')
  }

  return {
    getHotlineDesk: async (caller: OperatorCaller): Promise<HotlineDesk> => {
      const now = clock()
      const { policy, version } = await readHotlinePolicy(pool)
      const call = await queries.findOpenCall(pool, caller.operatorId)
      const exchange = await readExchange(pool, now)
      return {
        policy: policy as HotlineDesk['policy'],
        policyVersion: version,
        ...(call ? { call: toCall(call) } : {}),
        ...(await readLoad(pool, now, policy, exchange)),
        ...(ports.exchange ? { exchange: toShownExchange(exchange) } : {}),
        lastHour: await queries.countWrapUps(pool, new Date(now.getTime() - HOUR_MS)),
        day: await readDay(pool, now, policy, exchange),
      }
    },

    comeToHotline: (
      { operatorId }: OperatorCaller,
      { waiting }: Call<'comeToHotline'>['body'],
    ): Promise<null> =>
      inTransaction(pool, async (tx) => {
        await queries.noteSeen(tx, { operatorId, at: clock(), waiting: waiting ?? null })
        return null
      }),

    /** A repeat gives the first. @throws AppError STATE_CONFLICT (a call of the caller is not wrapped up) */
    beginHotlineCall: async (
      caller: OperatorCaller,
      body: Call<'beginHotlineCall'>['body'],
    ): Promise<ShownCall> => {
      await inTransaction(pool, (tx) => begin(tx, caller, body))
      const made = await queries.findCallOfRequest(pool, caller.operatorId, body.requestId)
      if (!made) throw stateConflict('call', 'call_open')
      return toCall(made)
    },

    /** The same word twice is no error. @throws AppError NOT_FOUND, VALIDATION_FAILED (no such code, no such ticket), STATE_CONFLICT */
    endHotlineCall: (
      caller: OperatorCaller,
      callId: string,
      { wrapUp, ticketId }: Call<'endHotlineCall'>['body'],
    ): Promise<null> =>
      inTransaction(pool, async (tx) => {
        const row = await queries.holdCall(tx, callId)
        if (row?.operator_id !== caller.operatorId) throw new AppError('NOT_FOUND')
        if (row.ended_at && row.wrap_up === wrapUp) return null
        if (row.ended_at) throw stateConflict('call', 'call_over')
        await requireKnown(tx, caller, wrapUp, ticketId)
        await queries.endCall(tx, callId, { wrapUp, ticketId: ticketId ?? null, at: clock() })
        await writeAudit(tx, {
          actor: caller,
          action: 'hotline.call_ended',
          objectKind: 'hotline_call',
          objectId: callId,
          details: { wrapUp, ...(ticketId ? { ticketId } : {}) },
        })
        return null
      }),
  }
}

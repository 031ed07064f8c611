import type { RoundTelling } from '@jiankangbao/contracts/round/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { findRound, holdRound, type RoundRow } from '../round/round.queries.ts'
import * as queries from './telling.queries.ts'

const MINUTE_MS = 60_000

const toTelling = (row: queries.TellingRow, now: Date): RoundTelling => {
  const left = Math.max(0, (row.total ?? 0) - row.told)
  const from = Math.max(now.getTime(), row.due_at.getTime())
  const waves = Math.ceil(Math.max(0, left - row.wave_left) / row.per_wave)
  return {
    state: row.state,
    perWave: row.per_wave,
    everyMinutes: row.every_minutes,
    texts: row.texts,
    ...(row.total === null ? {} : { total: row.total }),
    told: row.told,
    textsSent: row.texts_sent,
    textsFailed: row.texts_failed,
    waves: row.waves,
    begunAt: row.begun_at.toISOString(),
    begunBy: row.begun_by_name,
    ...(row.state === 'running' && row.total !== null
      ? { doneAt: new Date(from + Math.max(0, waves - 1) * row.every_minutes * MINUTE_MS).toISOString() }
      : {}),
    ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
    ...(row.stopped_by_name === null ? {} : { stoppedBy: row.stopped_by_name }),
    ...(row.stop_reason === null ? {} : { stopReason: row.stop_reason }),
  }
}

/** Telling a round to the phones of its people. Two have begun the round; whoever leads it tells of it, or stops. */
export const createTellingService = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => {
  const getRound = async (db: Queryable, caller: OperatorCaller, roundId: string): Promise<RoundRow> => {
    const round = await findRound(db, divisionPrefix(caller.divisionCode), { roundId })
    if (!round) throw new AppError('NOT_FOUND')
    return round
  }
  const getLed = async (db: Queryable, caller: OperatorCaller, roundId: string): Promise<RoundRow> => {
    const round = await getRound(db, caller, roundId)
    if (!divisionCovers(caller.divisionCode, round.division_code)) throw new AppError('OUT_OF_DIVISION')
    return round
  }
  const show = async (roundId: string): Promise<{ telling?: RoundTelling; textsPossible: boolean }> => {
    const row = await queries.findTelling(pool, roundId)
    return {
      ...(row ? { telling: toTelling(row, clock()) } : {}),
      textsPossible: config.announcementTexts.perMinute > 0,
    }
  }

  return {
    /** @throws AppError NOT_FOUND */
    getRoundTelling: async (caller: OperatorCaller, roundId: string) => {
      await getRound(pool, caller, roundId)
      return show(roundId)
    },

    /**
     * Begins, or goes on where it was stopped. One that runs is left as it is.
     * @throws AppError NOT_FOUND, OUT_OF_DIVISION, VALIDATION_FAILED texts: `texts_off`, STATE_CONFLICT (not begun, or told already)
     */
    tellTestRound: async (caller: OperatorCaller, roundId: string, body: Call<'tellTestRound'>['body']) => {
      await inTransaction(pool, async (tx) => {
        await holdRound(tx, roundId)
        const round = await getLed(tx, caller, roundId)
        if (round.state !== 'begun' || round.until_at <= clock()) throw stateConflict('roundId', 'round_over')
        if (body.texts && config.announcementTexts.perMinute === 0) throw fieldError('texts', 'texts_off')
        const { operatorId } = caller
        if (!(await queries.putTelling(tx, { roundId, ...body, by: operatorId, at: clock() }))) {
          const { state } = (await queries.findTelling(tx, roundId)) ?? {}
          if (state !== 'running') throw stateConflict('roundId', 'round_told')
          return
        }
        await writeAudit(tx, {
          actor: caller,
          action: 'test_round.telling',
          objectKind: 'test_round',
          objectId: roundId,
          details: { ...body },
        })
      })
      return show(roundId)
    },

    /** Again is the same. @throws AppError NOT_FOUND, OUT_OF_DIVISION, STATE_CONFLICT where it has ended */
    stopTellingTestRound: async (caller: OperatorCaller, roundId: string, reason: string) => {
      await inTransaction(pool, async (tx) => {
        await getLed(tx, caller, roundId)
        if (!(await queries.stopTelling(tx, roundId, { by: caller.operatorId, reason, at: clock() }))) {
          const row = await queries.findTelling(tx, roundId)
          if (!row) throw new AppError('NOT_FOUND')
          if (row.state !== 'stopped') throw stateConflict('roundId', 'round_told')
          return
        }
        await writeAudit(tx, {
          actor: caller,
          action: 'test_round.telling_stopped',
          objectKind: 'test_round',
          objectId: roundId,
          details: { reason },
        })
      })
      return show(roundId)
    },
  }
}

export type TellingService = ReturnType<typeof createTellingService>

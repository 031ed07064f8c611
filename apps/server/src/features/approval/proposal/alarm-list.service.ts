import type { Alarm, AlarmFigures } from '@jiankangbao/contracts/alarm/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { requireSecondPerson } from '../second-person/second-person.ts'
import * as queries from './alarm-list.queries.ts'
import { toAlarms } from './kept-alarm.ts'
import { lockProposal } from './proposal.queries.ts'
import { isCityHeadquarters } from './proposal-view.ts'

type Filters = Call<'getAlarmFigures'>['query']

/** A quarter of a year. */
const MOST_DAYS = 92
const MOST_OPERATORS = 100

const toInstant = (field: string, text: string | undefined): Date | null => {
  if (text === undefined) return null
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime())) throw fieldError(field, 'format')
  return instant
}

const toFilter = (caller: OperatorCaller, query: Filters): queries.AlarmFilter => ({
  divisionPrefixes: [caller.divisionCode, query.divisionCode ?? caller.divisionCode].map(divisionPrefix),
  kind: query.kind ?? null,
  operatorId: query.operatorId ?? null,
  from: toInstant('from', query.from),
  until: toInstant('until', query.until),
  acknowledged: query.acknowledged === undefined ? null : query.acknowledged === 'true',
})

const toAlarm = (
  { config, encryption }: Pick<Parts, 'config' | 'encryption'>,
  caller: OperatorCaller,
  row: queries.AlarmRow,
): Alarm => ({
  proposalId: row.proposal_id,
  proposalKind: row.kind,
  state: row.state,
  alarms: toAlarms(encryption, row.alarms),
  ...(row.category ? { category: row.category } : {}),
  persons: row.persons,
  raisedAt: row.proposed_at.toISOString(),
  proposedBy: { ...(row.proposed_by ? { operatorId: row.proposed_by } : {}), name: row.proposer_name },
  division: { code: row.division_code, name: row.division_name },
  ...(row.acknowledger_name ? { acknowledgedBy: row.acknowledger_name } : {}),
  ...(row.alarm_acknowledged_at ? { acknowledgedAt: row.alarm_acknowledged_at.toISOString() } : {}),
  ...(row.alarm_note ? { note: row.alarm_note } : {}),
  mayAcknowledge:
    row.alarm_acknowledged_at === null &&
    row.proposed_by !== caller.operatorId &&
    isCityHeadquarters(caller, config.city.divisionCode),
})

/** Alarms in front of headquarters and auditors. They stay, whatever becomes of the proposal, until somebody took note. */
export const createAlarmService = (parts: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'>) => {
  const { pool, clock, config } = parts
  const cityDivision = config.city.divisionCode
  return {
    listAlarms: async (caller: OperatorCaller, query: Call<'listAlarms'>['query']) => {
      const limit = query.limit ?? 20
      const page = { beforeId: readIdCursor(query.cursor), limit: limit + 1 }
      const rows = await queries.listAlarms(pool, toFilter(caller, query), clock(), page)
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        alarms: shown.map((row) => toAlarm(parts, caller, row)),
        ...(rows.length > limit && last ? { nextCursor: last.proposal_id } : {}),
      }
    },

    getAlarmFigures: async (caller: OperatorCaller, query: Filters): Promise<AlarmFigures> => {
      const filter = toFilter(caller, query)
      return {
        open: await queries.countOpenAlarms(pool, divisionPrefix(caller.divisionCode)),
        days: (await queries.countByDay(pool, filter, MOST_DAYS)).reverse(),
        operators: await queries.countByOperator(pool, filter, MOST_OPERATORS),
      }
    },

    /**
     * Headquarters of the city took note; acknowledging twice is no error, the first one counts.
     * @throws AppError NOT_FOUND (also of a proposal without alarms), FORBIDDEN (headquarters of a district, made_by_decider,
     * shared_browser), OWN_PROPOSAL
     */
    acknowledgeAlarm: async (caller: OperatorCaller, proposalId: string, note: string): Promise<Alarm> => {
      const now = clock()
      await inTransaction(pool, async (tx) => {
        const row = await lockProposal(tx, now, proposalId)
        if (!row || row.alarms.length === 0 || !divisionCovers(caller.divisionCode, row.division_code))
          throw new AppError('NOT_FOUND')
        if (!isCityHeadquarters(caller, cityDivision))
          throw new AppError('FORBIDDEN', { fields: [{ field: 'division', reason: 'needs_city' }] })
        await requireSecondPerson(tx, config, caller, { writers: [row.proposed_by], weighty: false, now })
        const by = { operatorId: caller.operatorId, at: now, note }
        if (!(await queries.acknowledge(tx, proposalId, by))) return
        await writeAudit(tx, {
          actor: caller,
          action: 'proposal.alarm_acknowledged',
          objectKind: 'proposal',
          objectId: proposalId,
          purpose: note,
          details: { alarms: row.alarms.map(({ kind }) => kind) },
        })
      })
      const filter = toFilter(caller, {})
      const page = { beforeId: String(BigInt(proposalId) + 1n), limit: 1 }
      const [row] = await queries.listAlarms(pool, filter, now, page)
      if (!row) throw new AppError('NOT_FOUND')
      return toAlarm(parts, caller, row)
    },
  }
}

export type AlarmService = ReturnType<typeof createAlarmService>

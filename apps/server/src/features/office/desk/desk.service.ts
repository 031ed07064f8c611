import type { Desk } from '@jiankangbao/contracts/desk/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { callerKey } from '../../doors/check/caller-key.ts'
import * as queries from './desk.queries.ts'

/** So long one operator sees the same figures, however many windows are open. */
const FRESH_MS = 10_000
/** Beyond this many operators the figures kept are forgotten. */
const MOST_KEPT = 2_000

const oldest = ({ oldest_at }: queries.Aged) => (oldest_at ? { oldestAt: oldest_at.toISOString() } : {})

export const createDeskService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const approvals = async (caller: OperatorCaller, now: Date): Promise<Pick<Desk, 'approvals'>> => {
    if (!hasRole(caller, 'hq', 'office')) return {}
    const row = await queries.countApprovals(pool, now, {
      prefix: divisionPrefix(caller.divisionCode),
      operatorId: caller.operatorId,
      isHq: hasRole(caller, 'hq'),
    })
    return { approvals: { ages: row.ages, ...oldest(row), mine: row.mine, alarmed: row.alarmed } }
  }

  const appeals = async (caller: OperatorCaller, now: Date): Promise<Pick<Desk, 'appeals'>> => {
    if (!hasRole(caller, 'hq', 'office', 'epidemiologist', 'hotline')) return {}
    const row = await queries.countAppeals(pool, now, divisionPrefix(caller.divisionCode))
    const { ages, submitted, in_progress: inProgress, proposed } = row
    return { appeals: { ages, ...oldest(row), submitted, inProgress, proposed } }
  }

  const tickets = async (caller: OperatorCaller, now: Date): Promise<Pick<Desk, 'tickets'>> => {
    if (!hasRole(caller, 'hq', 'office', 'hotline')) return {}
    const row = await queries.countTickets(
      pool,
      now,
      divisionPrefix(caller.divisionCode),
      hasRole(caller, 'hotline', 'hq'),
    )
    const { overdue, paused, unassigned } = row
    const left = [
      { fromHours: 0, count: row.under4 },
      { fromHours: 4, count: row.under24 },
      { fromHours: 24, count: row.more },
    ]
    return { tickets: { overdue, left, paused, unassigned } }
  }

  const cases = async (caller: OperatorCaller, now: Date): Promise<Pick<Desk, 'cases'>> => {
    if (!hasRole(caller, 'hq', 'epidemiologist')) return {}
    const { open, waiting, objections, overdue, next_due_at } = await queries.countCases(pool, now, {
      prefix: divisionPrefix(caller.divisionCode),
      operatorId: caller.operatorId,
    })
    return {
      cases: {
        ...{ open, waiting, objections, objectionsOverdue: overdue },
        ...(next_due_at ? { nextDueAt: next_due_at.toISOString() } : {}),
      },
    }
  }

  const tubes = async (caller: OperatorCaller, now: Date): Promise<Pick<Desk, 'tubes'>> => {
    if (!hasRole(caller, 'lab')) return {}
    const row = await queries.countTubes(pool, now, caller.organisation)
    const { ages, boxes: boxesOnTheWay, held, today } = row
    return { tubes: { ages, ...oldest(row), boxesOnTheWay, held, today } }
  }

  const venues = async (caller: OperatorCaller, now: Date): Promise<Pick<Desk, 'venues'>> => {
    if (!hasRole(caller, 'venue_manager')) return {}
    const [count, hours] = await Promise.all([
      queries.countManaged(pool, caller.operatorId),
      queries.listVenueHours(pool, now, caller.operatorId),
    ])
    return { venues: { venues: count, hours } }
  }

  const checks = async (caller: OperatorCaller, now: Date): Promise<Pick<Desk, 'checks'>> => {
    if (!hasRole(caller, 'checker', 'venue_manager')) return {}
    const rows = await queries.listCheckHours(pool, now, callerKey(caller))
    const sum = (of: 'count' | 'refused' | 'admitted') => rows.reduce((total, row) => total + row[of], 0)
    const last = rows.at(-1)?.last_at
    return {
      checks: {
        hours: rows.map(({ hour, count, refused }) => ({ hour, count, refused })),
        ...{ admitted: sum('admitted'), refused: sum('refused') },
        reviewed: sum('count') - sum('admitted') - sum('refused'),
        ...(last ? { lastAt: last.toISOString() } : {}),
      },
    }
  }

  const count = async (caller: OperatorCaller): Promise<Desk> => {
    const now = clock()
    const parts = await Promise.all(
      [approvals, appeals, tickets, cases, tubes, venues, checks].map((part) => part(caller, now)),
    )
    return Object.assign({ at: now.toISOString() }, ...parts)
  }

  const kept = new Map<string, { at: number; desk: Promise<Desk> }>()
  return {
    /** What waits for the caller, by their roles and within their division; nothing of what is not their work. */
    getDesk: (caller: OperatorCaller): Promise<Desk> => {
      const now = performance.now()
      const key = [caller.operatorId, caller.divisionCode, caller.organisation, ...caller.roles].join(' ')
      const last = kept.get(key)
      if (last && now - last.at < FRESH_MS) return last.desk
      if (kept.size >= MOST_KEPT) kept.clear()
      const desk = count(caller)
      kept.set(key, { at: now, desk })
      desk.catch(() => kept.delete(key))
      return desk
    },
  }
}

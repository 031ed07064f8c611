import type { ProvincialBacklog } from '@jiankangbao/contracts/upstream/schemas'
import type { Parts } from '../../../parts.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import * as queries from './upstream.queries.ts'

const WITHIN_HOURS = [6, 12, 24, 48]
/** Counting a whole city is worth a second of the database, not every one. */
const KEEP_MS = 60_000

type BacklogParts = Pick<Parts, 'pool' | 'reading' | 'clock' | 'config'>

/** Persons whom the jobs can ask about before the code of the first of them counts as unknown. */
const coverageOf = ({ config }: Pick<Parts, 'config'>, maxAgeHours: number): number =>
  config.upstream.provincialPullsPerMinute * 60 * maxAgeHours

const readBacklog = async (parts: BacklogParts): Promise<ProvincialBacklog> => {
  const now = parts.clock()
  const { provincialMaxAgeHours } = await getRulesetInForce(parts.pool, now)
  const row = await parts.reading.run((db) =>
    queries.countBacklog(db, now, provincialMaxAgeHours, WITHIN_HOURS),
  )
  return {
    known: row?.known ?? 0,
    overdue: row?.overdue ?? 0,
    ...(row?.oldest_due_at ? { oldestDueAt: row.oldest_due_at.toISOString() } : {}),
    expired: row?.expired ?? 0,
    expiring: WITHIN_HOURS.map((withinHours, place) => ({ withinHours, count: row?.expiring[place] ?? 0 })),
    covered: coverageOf(parts, provincialMaxAgeHours),
  }
}

/** The backlog of provincial codes, counted at most once a minute in this process. */
export const createBacklog = (parts: BacklogParts): (() => Promise<ProvincialBacklog>) => {
  let kept: { until: number; backlog: Promise<ProvincialBacklog> } | undefined
  return () => {
    if (!kept || performance.now() >= kept.until) {
      const backlog = readBacklog(parts)
      kept = { until: performance.now() + KEEP_MS, backlog }
      backlog.catch(() => {
        kept = undefined
      })
    }
    return kept.backlog
  }
}

/** Says so in the log where the budget can not reach everybody before their code expires, unless the province pushes. */
export const warnOfSmallBudget = async (parts: BacklogParts & Pick<Parts, 'log'>): Promise<void> => {
  const { provincialMaxAgeHours } = await getRulesetInForce(parts.pool, parts.clock())
  const covered = coverageOf(parts, provincialMaxAgeHours)
  const codes = await queries.estimateCodes(parts.pool)
  if (codes > covered)
    parts.log.warn(
      { codes, covered, provincialMaxAgeHours },
      'PROVINCIAL_PULLS_PER_MINUTE does not reach everybody before their code expires, unless the province pushes',
    )
}

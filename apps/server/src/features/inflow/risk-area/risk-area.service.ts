import type { RiskAreaFeed, RiskAreaList } from '@jiankangbao/contracts/risk-area/schemas'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { FeedArea } from '../../../outside/risk-areas.ts'
import type { Parts } from '../../../parts.ts'
import { matchStays } from '../../journeys/declaration/consequences.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as feeds from './feed.queries.ts'
import { followList } from './feed.service.ts'
import { writeAreas } from './rated-areas.ts'
import * as queries from './risk-area.queries.ts'

const MINUTE_MS = 60_000
const SOURCE = 'feed'
/** A list that could not be compared for this many intervals is called stale. */
const STALE_INTERVALS = 3
const MOST_FEEDS = 100

/**
 * Adds or changes areas that came in a file; they stand until a date or another file ends them.
 * @returns who got a finding by having declared to have stayed there
 */
export const putAreas = async (
  tx: Transaction,
  areas: FeedArea[],
  now: Date,
): Promise<{ personIds: string[] }> => {
  await writeAreas(tx, 'file', areas, now)
  return matchStays(tx, now)
}

/** The areas rated now, each under the place that is meant. */
export const listRatedNow = (db: Queryable, now: Date): Promise<queries.RatedArea[]> =>
  queries.listRatedNow(db, now)

export const createRiskAreaService = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => ({
  /** The areas rated now, worst first, with the age of the list. */
  listRiskAreas: async (): Promise<RiskAreaList> => {
    const now = clock()
    const rows = await queries.listAreas(pool, now)
    const feed = await feeds.findNewestFeed(pool, SOURCE)
    const staleAfterMs = STALE_INTERVALS * Math.max(1, config.upstream.riskAreaMinutes) * MINUTE_MS
    return {
      areas: rows.map((row) => ({
        divisionCode: row.division_code,
        name: row.name,
        level: row.level,
        extent: row.extent,
        validFrom: row.valid_from.toISOString(),
        ...(row.valid_to ? { validTo: row.valid_to.toISOString() } : {}),
        source: row.source,
      })),
      ...(feed ? { asOf: feed.as_of.toISOString(), checkedAt: feed.checked_at.toISOString() } : {}),
      stale: !feed || now.getTime() - feed.checked_at.getTime() > staleAfterMs,
    }
  },

  /** The versions of the feed's list, newest first, with what became of those held back. */
  listRiskAreaFeeds: async (): Promise<{ feeds: RiskAreaFeed[] }> => ({
    feeds: (await feeds.listFeeds(pool, SOURCE, MOST_FEEDS)).map(toFeed),
  }),

  /**
   * Applies or drops a list that was held back.
   * @throws AppError STATE_CONFLICT where it is held no longer
   */
  decideRiskAreaFeed: (caller: OperatorCaller, version: string, verdict: 'apply' | 'drop') =>
    inTransaction(pool, async (tx): Promise<{ feeds: RiskAreaFeed[] }> => {
      const now = clock()
      const state = verdict === 'apply' ? 'applied' : 'dropped'
      if (!(await feeds.decideFeed(tx, version, state, caller.operatorId, now)))
        throw new AppError('STATE_CONFLICT')
      await writeAudit(tx, {
        actor: caller,
        action: `risk_areas.${state}`,
        objectKind: 'risk_area_feed',
        objectId: version,
      })
      const list = await feeds.findList(tx, version)
      if (verdict === 'apply' && list) await followList(tx, caller, { ...list, version }, now)
      return { feeds: (await feeds.listFeeds(tx, SOURCE, MOST_FEEDS)).map(toFeed) }
    }),
})

const toFeed = (row: feeds.FeedEntryRow): RiskAreaFeed => ({
  version: row.version,
  state: row.state,
  fetchedAt: row.fetched_at.toISOString(),
  checkedAt: row.checked_at.toISOString(),
  asOf: row.as_of.toISOString(),
  areas: row.area_count,
  ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
  ...(row.decided_by ? { decidedBy: row.decided_by } : {}),
})

export type RiskAreaService = ReturnType<typeof createRiskAreaService>

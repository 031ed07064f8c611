import type { RiskAreaList } from '@jiankangbao/contracts/schemas/upstream'
import { inTransaction, type Transaction } from '../../db/pool.ts'
import type { Parts } from '../../parts.ts'
import { ProviderUnavailable } from '../../ports/ports.ts'
import type { FeedArea, RiskAreaAnswer } from '../../ports/risk-areas.ts'
import { writeAudit } from '../audit/audit.service.ts'
import { setDataAsOf } from '../upstream/upstream.service.ts'
import * as queries from './risk-area.queries.ts'

const MINUTE_MS = 60_000
const SOURCE = 'feed'
/** A list that could not be compared for this many intervals is called stale. */
const STALE_INTERVALS = 3

type FeedParts = Pick<Parts, 'pool' | 'clock' | 'config' | 'ports' | 'log'>

const ask = async (
  { ports, log }: FeedParts,
  etag: string | undefined,
): Promise<RiskAreaAnswer | undefined> => {
  try {
    return await ports.riskAreas.fetch(etag)
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error
    log.warn({ provider: error.provider }, 'list of risk areas not fetched')
    return undefined
  }
}

/**
 * Compares the list of risk areas with the feed when its time has come: a new version is kept as it came and the areas
 * follow it, ended where they are no longer in it. A feed that is away or older than what is known changes nothing.
 */
export const refreshRiskAreas = async (parts: FeedParts): Promise<void> => {
  const { pool, clock, config, log } = parts
  const now = clock()
  const newest = await queries.findNewestFeed(pool, SOURCE)
  const intervalMs = config.upstream.riskAreaMinutes * MINUTE_MS
  if (intervalMs === 0 || (newest && now.getTime() - newest.checked_at.getTime() < intervalMs)) return
  const answer = await ask(parts, newest?.etag ?? undefined)
  if (!answer) return
  await inTransaction(pool, async (tx) => {
    if (!(await queries.tryLockFeed(tx))) return
    const latest = await queries.findNewestFeed(tx, SOURCE)
    // Another process was faster.
    if (latest?.version !== newest?.version) return
    if (!answer.changed) {
      if (latest) await queries.markChecked(tx, latest.version, now)
      return
    }
    if (latest && answer.asOf < latest.as_of) {
      log.warn('the feed of risk areas gave an older list than the one that is known')
      return
    }
    const { areas, asOf } = answer
    const version = await queries.insertFeed(tx, {
      source: SOURCE,
      etag: answer.etag ?? null,
      at: now,
      asOf,
      areas,
    })
    const changed = await queries.upsertAreas(tx, SOURCE, areas, now)
    const ended = await queries.endMissing(
      tx,
      SOURCE,
      areas.map((area) => area.sourceId),
      now,
    )
    await setDataAsOf(tx, 'risk_areas', asOf, now)
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: 'risk_areas.fetched',
      objectKind: 'risk_area_feed',
      objectId: version,
      details: { areas: areas.length, changed: changed.slice(0, 200), ended: ended.slice(0, 200) },
    })
  })
}

/** Adds or changes areas that came in a file; they stand until a date or another file ends them. */
export const putAreas = async (tx: Transaction, areas: FeedArea[], now: Date): Promise<void> => {
  await queries.upsertAreas(tx, 'file', areas, now)
}

export const createRiskAreaService = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => ({
  /** The areas rated now, worst first, with the age of the list. */
  listRiskAreas: async (): Promise<RiskAreaList> => {
    const now = clock()
    const rows = await queries.listAreas(pool, now)
    const feed = await queries.findNewestFeed(pool, SOURCE)
    const staleAfterMs = STALE_INTERVALS * Math.max(1, config.upstream.riskAreaMinutes) * MINUTE_MS
    return {
      areas: rows.map((row) => ({
        divisionCode: row.division_code,
        name: row.name,
        level: row.level,
        validFrom: row.valid_from.toISOString(),
        ...(row.valid_to ? { validTo: row.valid_to.toISOString() } : {}),
        source: row.source,
      })),
      ...(feed ? { asOf: feed.as_of.toISOString(), checkedAt: feed.checked_at.toISOString() } : {}),
      stale: !feed || now.getTime() - feed.checked_at.getTime() > staleAfterMs,
    }
  },
})

export type RiskAreaService = ReturnType<typeof createRiskAreaService>

import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { FeedArea, RiskAreaAnswer } from '../../../outside/risk-areas.ts'
import type { Parts } from '../../../parts.ts'
import { matchStays } from '../../journeys/declaration/consequences.service.ts'
import { type AuditInput, writeAudit } from '../../ledger/audit/audit.service.ts'
import { setDataAsOf } from '../upstream/upstream.queries.ts'
import * as queries from './feed.queries.ts'
import { countUnplacedCodes } from './held-areas.service.ts'
import { writeAreas } from './rated-areas.ts'
import { endMissing } from './risk-area.queries.ts'

// A list that would lift many areas at once is held back: an empty answer by mistake must not open every district.
//   held ─ headquarters applies it, or the same list an hour later → applied
//        ─ another list, the one before again, or headquarters     → dropped

const MINUTE_MS = 60_000
const SOURCE = 'feed'
const HOLD_MS = 60 * MINUTE_MS
/** More than so many, and more than half of what is rated. */
const MANY_LIFTED = 5

type FeedParts = Pick<Parts, 'pool' | 'clock' | 'config' | 'ports' | 'log'>
type List = Extract<RiskAreaAnswer, { changed: true }>
type Actor = AuditInput['actor']

const SYSTEM: Actor = { kind: 'system' }

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

/** Makes the areas follow a list, ended where they are no longer in it, and finds who declared to have stayed in one. */
export const followList = async (
  tx: Transaction,
  actor: Actor,
  { version, areas, asOf }: { version: string; areas: FeedArea[]; asOf: Date },
  now: Date,
): Promise<void> => {
  const changed = await writeAreas(tx, SOURCE, areas, now)
  const sourceIds = areas.map((area) => area.sourceId)
  const ended = await endMissing(tx, SOURCE, sourceIds, now)
  await setDataAsOf(tx, 'risk_areas', asOf, now)
  await matchStays(tx, now)
  await writeAudit(tx, {
    actor,
    action: 'risk_areas.fetched',
    objectKind: 'risk_area_feed',
    objectId: version,
    details: { areas: areas.length, changed: changed.slice(0, 200), ended: ended.slice(0, 200) },
  })
}

const auditHeld = (tx: Transaction, action: string, version: string, details: Record<string, unknown> = {}) =>
  writeAudit(tx, { actor: SYSTEM, action, objectKind: 'risk_area_feed', objectId: version, details })

const drop = async (tx: Transaction, held: queries.HeldFeed | undefined, now: Date): Promise<void> => {
  if (!held) return
  await queries.decideFeed(tx, held.version, 'dropped', null, now)
  await auditHeld(tx, 'risk_areas.dropped', held.version)
}

const isSuspicious = (rated: number, lifted: number, list: List): boolean =>
  (rated > 0 && list.areas.length === 0) || (lifted > MANY_LIFTED && lifted > rated / 2)

const hold = async (
  { log }: FeedParts,
  tx: Transaction,
  list: List,
  counts: { rated: number; lifted: number },
  now: Date,
): Promise<void> => {
  const version = await queries.insertFeed(tx, { source: SOURCE, state: 'held', at: now, ...list })
  await auditHeld(tx, 'risk_areas.held', version, { areas: list.areas.length, ...counts })
  log.error(
    { version, areas: list.areas.length, ...counts },
    'a list of risk areas that lifts many is held back',
  )
}

/** The rest of the list has its effect; what is no place waits on the page of risk areas. */
const warnOfUnplaced = async ({ log }: FeedParts, tx: Transaction, now: Date): Promise<void> => {
  const codes = await countUnplacedCodes(tx, now)
  if (codes > 0) log.error({ codes }, 'rated areas whose codes are no place known here wait for headquarters')
}

/** Applies a list, holds it back, or goes on holding it. */
const weigh = async (parts: FeedParts, tx: Transaction, list: List, now: Date): Promise<void> => {
  const counts = await queries.countLifted(
    tx,
    SOURCE,
    list.areas.map((area) => area.sourceId),
    now,
  )
  const held = await queries.findHeld(tx, SOURCE, list.areas)
  const suspicious = isSuspicious(counts.rated, counts.lifted, list)
  if (suspicious && (await queries.touchRefused(tx, SOURCE, list.areas, now))) return
  if (suspicious && held?.same && now.getTime() - held.fetched_at.getTime() < HOLD_MS) {
    await queries.markChecked(tx, held.version, now)
    return
  }
  if (suspicious && held?.same) {
    await queries.decideFeed(tx, held.version, 'applied', null, now)
    await queries.markChecked(tx, held.version, now)
    await followList(tx, SYSTEM, { ...list, version: held.version }, now)
    return
  }
  await drop(tx, held, now)
  if (suspicious) await hold(parts, tx, list, counts, now)
  else {
    const version = await queries.insertFeed(tx, { source: SOURCE, state: 'applied', at: now, ...list })
    await followList(tx, SYSTEM, { ...list, version }, now)
  }
}

/**
 * Compares the list of risk areas with the feed when its time has come: a new version is kept as it came and the areas
 * follow it, unless it would lift many at once. A feed that is away or older than what is known changes nothing.
 */
export const refreshRiskAreas = async (parts: FeedParts): Promise<void> => {
  const { pool, clock, config, log } = parts
  const now = clock()
  const newest = await queries.findNewestFeed(pool, SOURCE)
  const intervalMs = config.upstream.riskAreaMinutes * MINUTE_MS
  const checkedAt = await queries.findLastCheck(pool, SOURCE)
  if (intervalMs === 0 || (checkedAt && now.getTime() - checkedAt.getTime() < intervalMs)) return
  const answer = await ask(parts, newest?.etag ?? undefined)
  if (!answer) return
  await inTransaction(pool, async (tx) => {
    if (!(await queries.tryLockFeed(tx))) return
    const latest = await queries.findNewestFeed(tx, SOURCE)
    const lastCheck = await queries.findLastCheck(tx, SOURCE)
    // Another process was faster.
    if (latest?.version !== newest?.version || lastCheck?.getTime() !== checkedAt?.getTime()) return
    if (!answer.changed) {
      if (latest) await queries.markChecked(tx, latest.version, now)
      await drop(tx, await queries.findHeld(tx, SOURCE, []), now)
      return
    }
    if (latest && answer.asOf < latest.as_of) {
      log.warn('the feed of risk areas gave an older list than the one that is known')
      return
    }
    await weigh(parts, tx, answer, now)
    await warnOfUnplaced(parts, tx, now)
  })
}

import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { FeedArea } from '../../../outside/risk-areas.ts'

export interface FeedRow {
  version: string
  etag: string | null
  checked_at: Date
  as_of: Date
}

/** The list that the areas follow. */
export const findNewestFeed = async (db: Queryable, source: string): Promise<FeedRow | undefined> =>
  (
    await db.query<FeedRow>(
      `select version, etag, checked_at, as_of from risk_area_feeds
       where source = $1::text and state = 'applied' order by coalesce(decided_at, fetched_at) desc, version desc limit 1`,
      [source],
    )
  ).rows[0]

/** When the feed was last compared with anything, whatever came of it. */
export const findLastCheck = async (db: Queryable, source: string): Promise<Date | undefined> =>
  (
    await db.query<{ checked_at: Date | null }>(
      `select max(checked_at) as checked_at from risk_area_feeds where source = $1::text`,
      [source],
    )
  ).rows[0]?.checked_at ?? undefined

/** One process at a time compares the list; the others go on. */
export const tryLockFeed = async (tx: Transaction): Promise<boolean> =>
  (
    await tx.query<{ taken: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext('jiankangbao risk area feed')) as taken`,
    )
  ).rows[0]?.taken === true

export const markChecked = async (tx: Transaction, version: string, at: Date): Promise<void> => {
  await tx.query(`update risk_area_feeds set checked_at = $2::timestamptz where version = $1::bigint`, [
    version,
    at,
  ])
}

export type FeedState = 'applied' | 'held' | 'dropped'

export const insertFeed = async (
  tx: Transaction,
  feed: {
    source: string
    state: FeedState
    etag: string | undefined
    at: Date
    asOf: Date
    areas: FeedArea[]
  },
): Promise<string> => {
  const { rows } = await tx.query<{ version: string }>(
    `insert into risk_area_feeds (source, state, etag, fetched_at, checked_at, as_of, area_count, document)
     values ($1::text, $2::text, $3::text, $4::timestamptz, $4::timestamptz, $5::timestamptz, $6::int, $7::jsonb) returning version`,
    [
      feed.source,
      feed.state,
      feed.etag ?? null,
      feed.at,
      feed.asOf,
      feed.areas.length,
      JSON.stringify(feed.areas),
    ],
  )
  return rows[0]?.version ?? ''
}

/** How many areas of the source are rated now, and how many of them are not in this list. */
export const countLifted = async (
  db: Queryable,
  source: string,
  sourceIds: string[],
  now: Date,
): Promise<{ rated: number; lifted: number }> =>
  (
    await db.query<{ rated: number; lifted: number }>(
      `select count(*)::int as rated, count(*) filter (where not source_id = any($2::text[]))::int as lifted
       from risk_areas where source = $1::text and (valid_to is null or valid_to > $3::timestamptz)`,
      [source, sourceIds, now],
    )
  ).rows[0] ?? { rated: 0, lifted: 0 }

export interface HeldFeed {
  version: string
  fetched_at: Date
  /** The same areas as those given. */
  same: boolean
}

/** The list that is held back, if there is one. */
export const findHeld = async (
  db: Queryable,
  source: string,
  areas: FeedArea[],
): Promise<HeldFeed | undefined> =>
  (
    await db.query<HeldFeed>(
      `select version, fetched_at, document = $2::jsonb as same from risk_area_feeds where source = $1::text and state = 'held'`,
      [source, JSON.stringify(areas)],
    )
  ).rows[0]

/** Whether this very list was refused by headquarters since the last one was applied; then it was looked at now. */
export const touchRefused = async (
  tx: Transaction,
  source: string,
  areas: FeedArea[],
  at: Date,
): Promise<boolean> =>
  ((
    await tx.query(
      `update risk_area_feeds f set checked_at = $3::timestamptz
       where source = $1::text and state = 'dropped' and decided_by is not null and document = $2::jsonb and not exists (
         select from risk_area_feeds later where later.source = f.source and later.state = 'applied' and later.version > f.version)`,
      [source, JSON.stringify(areas), at],
    )
  ).rowCount ?? 0) > 0

/** Ends the holding back of a list. False where it is no longer held. */
export const decideFeed = async (
  tx: Transaction,
  version: string,
  state: 'applied' | 'dropped',
  operatorId: string | null,
  at: Date,
): Promise<boolean> =>
  (
    await tx.query(
      `update risk_area_feeds set state = $2::text, decided_by = $3::bigint, decided_at = $4::timestamptz
       where version = $1::bigint and state = 'held'`,
      [version, state, operatorId, at],
    )
  ).rowCount === 1

export interface FeedEntryRow {
  version: string
  state: FeedState
  fetched_at: Date
  checked_at: Date
  as_of: Date
  area_count: number
  decided_at: Date | null
  decided_by: string | null
}

/** Versions, newest first. */
export const listFeeds = async (db: Queryable, source: string, limit: number): Promise<FeedEntryRow[]> =>
  (
    await db.query<FeedEntryRow>(
      `select version, f.state, fetched_at, checked_at, as_of, area_count, decided_at, o.display_name as decided_by
       from risk_area_feeds f left join operators o on o.operator_id = f.decided_by
       where source = $1::text order by version desc limit $2::int`,
      [source, limit],
    )
  ).rows

type StoredArea = Omit<FeedArea, 'validFrom' | 'validTo'> & { validFrom: string; validTo?: string }

/** A list as it came. */
export const findList = async (
  db: Queryable,
  version: string,
): Promise<{ asOf: Date; areas: FeedArea[] } | undefined> => {
  const { rows } = await db.query<{ as_of: Date; document: StoredArea[] }>(
    `select as_of, document from risk_area_feeds where version = $1::bigint`,
    [version],
  )
  const [row] = rows
  return (
    row && {
      asOf: row.as_of,
      areas: row.document.map((area) => ({
        ...area,
        validFrom: new Date(area.validFrom),
        validTo: area.validTo === undefined ? undefined : new Date(area.validTo),
      })),
    }
  )
}

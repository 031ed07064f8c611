import type { Queryable, Transaction } from '../../db/pool.ts'
import type { FeedArea } from '../../ports/risk-areas.ts'

export interface FeedRow {
  version: string
  etag: string | null
  checked_at: Date
  as_of: Date
}

export const findNewestFeed = async (db: Queryable, source: string): Promise<FeedRow | undefined> =>
  (
    await db.query<FeedRow>(
      `select version, etag, checked_at, as_of from risk_area_feeds where source = $1::text order by version desc limit 1`,
      [source],
    )
  ).rows[0]

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

export const insertFeed = async (
  tx: Transaction,
  feed: { source: string; etag: string | null; at: Date; asOf: Date; areas: FeedArea[] },
): Promise<string> => {
  const { rows } = await tx.query<{ version: string }>(
    `insert into risk_area_feeds (source, etag, fetched_at, checked_at, as_of, area_count, document)
     values ($1::text, $2::text, $3::timestamptz, $3::timestamptz, $4::timestamptz, $5::int, $6::jsonb) returning version`,
    [feed.source, feed.etag, feed.at, feed.asOf, feed.areas.length, JSON.stringify(feed.areas)],
  )
  return rows[0]?.version ?? ''
}

/** Writes the areas of a list; what did not change stays as it is. Returns the ids of areas that are new or other. */
export const upsertAreas = async (
  tx: Transaction,
  source: string,
  areas: FeedArea[],
  at: Date,
): Promise<string[]> => {
  const values = [
    source,
    areas.map((area) => area.sourceId),
    areas.map((area) => area.divisionCode),
    areas.map((area) => area.name),
    areas.map((area) => area.level),
    areas.map((area) => area.validFrom),
    areas.map((area) => area.validTo ?? null),
  ]
  const input = `unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
    as f(source_id, division_code, name, level, valid_from, valid_to)`
  const changed = await tx.query<{ area_id: string }>(
    `update risk_areas a set division_code = f.division_code, name = f.name, level = f.level, valid_from = f.valid_from, valid_to = f.valid_to
     from ${input}
     where a.source = $1::text and a.source_id = f.source_id
       and (a.division_code, a.name, a.level, a.valid_from) is distinct from (f.division_code, f.name, f.level, f.valid_from)
        or (a.source = $1::text and a.source_id = f.source_id and a.valid_to is distinct from f.valid_to)
     returning a.area_id`,
    values,
  )
  const made = await tx.query<{ area_id: string }>(
    `insert into risk_areas (division_code, name, level, valid_from, valid_to, source, source_id, created_at)
     select f.division_code, f.name, f.level, f.valid_from, f.valid_to, $1::text, f.source_id, $8::timestamptz from ${input}
     where not exists (select from risk_areas a where a.source = $1::text and a.source_id = f.source_id)
     returning area_id`,
    [...values, at],
  )
  return [...changed.rows, ...made.rows].map((row) => row.area_id)
}

/** An area that is no longer in the list is no longer rated. */
export const endMissing = async (
  tx: Transaction,
  source: string,
  sourceIds: string[],
  at: Date,
): Promise<string[]> => {
  const { rows } = await tx.query<{ area_id: string }>(
    `update risk_areas set valid_to = greatest(valid_from, $3::timestamptz)
     where source = $1::text and not source_id = any($2::text[]) and (valid_to is null or valid_to > $3::timestamptz)
     returning area_id`,
    [source, sourceIds, at],
  )
  return rows.map((row) => row.area_id)
}

export interface AreaRow {
  division_code: string
  name: string
  level: 'high' | 'medium' | 'low'
  valid_from: Date
  valid_to: Date | null
  source: string
}

export const listAreas = async (db: Queryable, now: Date): Promise<AreaRow[]> =>
  (
    await db.query<AreaRow>(
      `select division_code, name, level, valid_from, valid_to, source from risk_areas
       where valid_from <= $1::timestamptz and (valid_to is null or valid_to > $1::timestamptz)
       order by array_position(array['high', 'medium', 'low'], level), division_code, name limit 5000`,
      [now],
    )
  ).rows

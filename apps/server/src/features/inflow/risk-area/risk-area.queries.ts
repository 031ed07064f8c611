import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { FeedArea } from '../../../outside/risk-areas.ts'

/**
 * Writes the areas of a list; what did not change stays as it is. An area that does not say its extent is whole only
 * where it has the very name of a division of the city. Returns the ids of areas that are new or other.
 */
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
    areas.map((area) => area.extent ?? null),
  ]
  const input = `(select source_id, division_code, name, level, valid_from, valid_to, coalesce(extent, case when exists (
        select from divisions d where d.code = division_code and d.name = t.name) then 'whole' else 'part' end) as extent
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[])
        as t(source_id, division_code, name, level, valid_from, valid_to, extent)) as f`
  const changed = await tx.query<{ area_id: string }>(
    `update risk_areas a set division_code = f.division_code, name = f.name, level = f.level, extent = f.extent,
       valid_from = f.valid_from, valid_to = f.valid_to,
       placed_code = case when a.division_code = f.division_code then a.placed_code end,
       placed_by = case when a.division_code = f.division_code then a.placed_by end,
       placed_at = case when a.division_code = f.division_code then a.placed_at end,
       place_note = case when a.division_code = f.division_code then a.place_note end
     from ${input}
     where a.source = $1::text and a.source_id = f.source_id
       and (a.division_code, a.name, a.level, a.extent, a.valid_from, a.valid_to)
         is distinct from (f.division_code, f.name, f.level, f.extent, f.valid_from, f.valid_to)
     returning a.area_id`,
    values,
  )
  const made = await tx.query<{ area_id: string }>(
    `insert into risk_areas (division_code, name, level, extent, valid_from, valid_to, source, source_id, created_at)
     select f.division_code, f.name, f.level, f.extent, f.valid_from, f.valid_to, $1::text, f.source_id, $9::timestamptz from ${input}
     where not exists (select from risk_areas a where a.source = $1::text and a.source_id = f.source_id)
     returning area_id`,
    [...values, at],
  )
  return [...changed.rows, ...made.rows].map((row) => row.area_id)
}

/** The codes by which areas of a source are known, by their id there. */
export const findCodes = async (
  tx: Transaction,
  source: string,
  sourceIds: string[],
): Promise<Map<string, string>> => {
  const { rows } = await tx.query<{ source_id: string; division_code: string }>(
    `select source_id, division_code from risk_areas where source = $1::text and source_id = any($2::text[])`,
    [source, sourceIds],
  )
  return new Map(rows.map((row) => [row.source_id, row.division_code]))
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
  extent: 'whole' | 'part'
  valid_from: Date
  valid_to: Date | null
  source: string
}

export const listAreas = async (db: Queryable, now: Date): Promise<AreaRow[]> =>
  (
    await db.query<AreaRow>(
      `select division_code, name, level, extent, valid_from, valid_to, source from risk_areas
       where valid_from <= $1::timestamptz and (valid_to is null or valid_to > $1::timestamptz)
       order by array_position(array['high', 'medium', 'low'], level), division_code, name limit 5000`,
      [now],
    )
  ).rows

export type RatedArea = Pick<AreaRow, 'division_code' | 'name' | 'level' | 'extent'>

/** Under the place that a person said is meant, where one did; then it is a part of that place. */
export const listRatedNow = async (db: Queryable, now: Date): Promise<RatedArea[]> =>
  (
    await db.query<RatedArea>(
      `select coalesce(placed_code, division_code) as division_code, name, level,
         case when placed_code is null then extent else 'part' end as extent
       from risk_areas
       where valid_from <= $1::timestamptz and (valid_to is null or valid_to > $1::timestamptz)
         and (placed_at is null or placed_code is not null)
       limit 20000`,
      [now],
    )
  ).rows

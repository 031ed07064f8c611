import type { DirectoryPlace } from '@jiankangbao/contracts/directory/schemas'
import type { DirectoryKind } from '@jiankangbao/domain/vocabulary/services'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface PlaceRow {
  place_id: string
  kind: DirectoryKind
  division_code: string
  division_name: string
  name_zh: string
  name_en: string
  address: string
  hours_zh: string
  hours_en: string
  telephone: string | null
  latitude: number | null
  longitude: number | null
  state: DirectoryPlace['state']
  revision: number
  changed_at: Date
}

const PLACE = `select p.place_id, p.kind, p.division_code, d.name as division_name, p.name_zh, p.name_en, p.address, p.hours_zh,
    p.hours_en, p.telephone, p.latitude, p.longitude, p.state, p.revision, p.changed_at
  from directory_places p join divisions d on d.code = p.division_code`

interface Filter {
  prefix: string
  kind: DirectoryKind | null
  search: string | null
  afterId: string | null
  withGone: boolean
  limit: number
}

export const listPlaces = async (db: Queryable, filter: Filter): Promise<PlaceRow[]> =>
  (
    await db.query<PlaceRow>(
      `${PLACE} where p.division_code like $1::text || '%' and ($2::text is null or p.kind = $2::text)
         and ($3::text is null or strpos(lower(p.name_zh || ' ' || p.name_en || ' ' || p.address || ' ' || d.name), $3::text) > 0)
         and ($4::bigint is null or p.place_id > $4::bigint) and ($5::boolean or p.state <> 'gone')
       order by p.place_id limit $6::int`,
      [filter.prefix, filter.kind, filter.search, filter.afterId, filter.withGone, filter.limit],
    )
  ).rows

export const findPlace = async (
  db: Queryable,
  by: { placeId: string } | { madeBy: string; requestId: string },
): Promise<PlaceRow | undefined> => {
  const { rows } =
    'placeId' in by
      ? await db.query<PlaceRow>(`${PLACE} where p.place_id = $1::bigint`, [by.placeId])
      : await db.query<PlaceRow>(`${PLACE} where p.made_by = $1::bigint and p.request_id = $2::uuid`, [
          by.madeBy,
          by.requestId,
        ])
  return rows[0]
}

export type PlaceFields = Omit<
  PlaceRow,
  'place_id' | 'division_code' | 'division_name' | 'state' | 'revision' | 'changed_at'
>

const valuesOf = (fields: PlaceFields): unknown[] => [
  fields.kind,
  fields.name_zh,
  fields.name_en,
  fields.address,
  fields.hours_zh,
  fields.hours_en,
  fields.telephone,
  fields.latitude,
  fields.longitude,
]

/** Undefined where the request was made before. */
export const insertPlace = async (
  tx: Transaction,
  fields: PlaceFields,
  made: { divisionCode: string; by: string; at: Date; requestId: string },
): Promise<string | undefined> =>
  (
    await tx.query<{ place_id: string }>(
      `insert into directory_places (kind, name_zh, name_en, address, hours_zh, hours_en, telephone, latitude, longitude, division_code,
         made_by, changed_at, request_id)
       values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::float8, $9::float8, $10::text, $11::bigint,
         $12::timestamptz, $13::uuid)
       on conflict (made_by, request_id) do nothing returning place_id`,
      [...valuesOf(fields), made.divisionCode, made.by, made.at, made.requestId],
    )
  ).rows[0]?.place_id

/** @returns false where somebody changed it meanwhile */
export const updatePlace = async (
  tx: Transaction,
  placeId: string,
  fields: PlaceFields,
  change: { state: DirectoryPlace['state']; revision: number; at: Date },
): Promise<boolean> =>
  (
    await tx.query(
      `update directory_places set kind = $1::text, name_zh = $2::text, name_en = $3::text, address = $4::text, hours_zh = $5::text,
         hours_en = $6::text, telephone = $7::text, latitude = $8::float8, longitude = $9::float8, state = $10::text,
         changed_at = $11::timestamptz, revision = revision + 1
       where place_id = $12::bigint and revision = $13::int`,
      [...valuesOf(fields), change.state, change.at, placeId, change.revision],
    )
  ).rowCount === 1

import type { OpeningSpan, SiteAudience, SiteState } from '@jiankangbao/domain/testing/site'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface SiteRow {
  site_id: number
  name: string
  division_code: string
  division_name: string
  address: string
  hours: OpeningSpan[]
  audience: SiteAudience
  price_cents: number
  telephone: string | null
  latitude: number | null
  longitude: number | null
  walk_in: boolean
  slot_minutes: number | null
  slot_capacity: number | null
  state: SiteState
  waiting: number | null
  waiting_at: Date | null
  revision: number
}

export interface SiteFields {
  name: string
  address: string
  hours: OpeningSpan[]
  audience: SiteAudience
  priceCents: number
  telephone: string | null
  latitude: number | null
  longitude: number | null
  walkIn: boolean
  slotMinutes: number | null
  slotCapacity: number | null
}

const SITE = `select t.*, d.name as division_name from test_sites t join divisions d on d.code = t.division_code`

/** People sealed into tubes at each site since. Speed is of the sealed: what is in the hand now may be undone. */
const SEALED = `select t.site_id, sum(t.sealed_count)::int as people from tubes t
  where t.opened_at > $1::timestamptz - interval '2 hours' and t.sealed_at > $1::timestamptz group by t.site_id`

export interface ActiveRow extends SiteRow {
  /** Sealed into tubes since. */
  people: number
  /** What it does otherwise today. */
  day: { closed: boolean; hours: { opens: string; closes: string }[] | null } | null
}

/** All active sites, with the people sealed into tubes since and what they do otherwise on a day. */
export const listActive = async (db: Queryable, since: Date, today: string): Promise<ActiveRow[]> =>
  (
    await db.query<ActiveRow>(
      `select site.*, coalesce(sealed.people, 0) as people,
         (select json_build_object('closed', x.closed, 'hours', x.hours) from test_site_days x where x.site_id = site.site_id and x.on_date = $2::date) as day
       from (${SITE} where t.state = 'active') site
       left join (${SEALED}) sealed using (site_id) order by site.division_code, site.name, site.site_id limit 5000`,
      [since, today],
    )
  ).rows

export const findSiteById = async (db: Queryable, siteId: string): Promise<SiteRow | undefined> =>
  (await db.query<SiteRow>(`${SITE} where t.site_id = $1::int`, [siteId])).rows[0]

export interface KeptRow extends SiteRow {
  open_shifts: number
  sampled_today: number
}

const KEPT = `select site.*,
    (select count(*)::int from sampling_shifts s where s.site_id = site.site_id and s.ended_at is null) as open_shifts,
    (select coalesce(sum(x.sealed_count), 0)::int from tubes x where x.site_id = site.site_id and x.moved_to is null and x.opened_at >= $2::timestamptz) as sampled_today
  from (${SITE}) site where site.division_code like $1::text || '%'`

export const listKept = async (db: Queryable, prefix: string, midnight: Date): Promise<KeptRow[]> =>
  (
    await db.query<KeptRow>(
      `${KEPT} order by site.state = 'closed', site.division_code, site.name, site.site_id limit 1000`,
      [prefix, midnight],
    )
  ).rows

export const findKept = async (
  db: Queryable,
  prefix: string,
  midnight: Date,
  by: { siteId: string } | { requestId: string; madeBy: string },
): Promise<KeptRow | undefined> => {
  const { rows } =
    'siteId' in by
      ? await db.query<KeptRow>(`${KEPT} and site.site_id = $3::int`, [prefix, midnight, by.siteId])
      : await db.query<KeptRow>(`${KEPT} and site.request_id = $3::uuid and site.made_by = $4::bigint`, [
          prefix,
          midnight,
          by.requestId,
          by.madeBy,
        ])
  return rows[0]
}

const valuesOf = (fields: SiteFields): unknown[] => [
  fields.name,
  fields.address,
  JSON.stringify(fields.hours),
  fields.audience,
  fields.priceCents,
  fields.telephone,
  fields.latitude,
  fields.longitude,
  fields.walkIn,
  fields.slotMinutes,
  fields.slotCapacity,
]

/** Undefined where the request was made before. */
export const insertSite = async (
  tx: Transaction,
  fields: SiteFields,
  made: { divisionCode: string; by: string; at: Date; requestId: string },
): Promise<number | undefined> =>
  (
    await tx.query<{ site_id: number }>(
      `insert into test_sites (name, address, hours, audience, price_cents, telephone, latitude, longitude, walk_in, slot_minutes, slot_capacity,
         division_code, made_by, made_at, request_id)
       values ($1::text, $2::text, $3::jsonb, $4::text, $5::int, $6::text, $7::float8, $8::float8, $9::boolean, $10::smallint, $11::smallint,
         $12::text, $13::bigint, $14::timestamptz, $15::uuid)
       on conflict do nothing returning site_id`,
      [...valuesOf(fields), made.divisionCode, made.by, made.at, made.requestId],
    )
  ).rows[0]?.site_id

/** False where somebody changed it meanwhile. */
export const updateSite = async (
  tx: Transaction,
  siteId: string,
  fields: SiteFields,
  change: { state: SiteState; revision: number },
): Promise<boolean> =>
  (
    await tx.query(
      `update test_sites set name = $1::text, address = $2::text, hours = $3::jsonb, audience = $4::text, price_cents = $5::int,
         telephone = $6::text, latitude = $7::float8, longitude = $8::float8, walk_in = $9::boolean, slot_minutes = $10::smallint,
         slot_capacity = $11::smallint, state = $12::text, revision = revision + 1
       where site_id = $13::int and revision = $14::int and state <> 'closed'`,
      [...valuesOf(fields), change.state, siteId, change.revision],
    )
  ).rowCount === 1

/** False where no site of the division has this number. */
export const setWaiting = async (
  tx: Transaction,
  prefix: string,
  siteId: string,
  waiting: number,
  at: Date,
): Promise<boolean> =>
  (
    await tx.query(
      `update test_sites set waiting = $3::smallint, waiting_at = $4::timestamptz
       where site_id = $2::int and state = 'active' and division_code like $1::text || '%'`,
      [prefix, siteId, waiting, at],
    )
  ).rowCount === 1

import type { Queryable, Transaction } from '../../../db/pool.ts'

/**
 * The zone of that name in the division, made where there is none. One that is called like an area rated now in the same
 * city is that area.
 */
export const putZone = async (
  tx: Transaction,
  zone: { divisionCode: string; name: string },
  now: Date,
): Promise<string> => {
  const { rows } = await tx.query<{ zone_id: string }>(
    `insert into zones (division_code, name, area_id, created_at)
     values ($1::text, $2::text, (
       select a.area_id from risk_areas a
       where a.name = $2::text and left(a.division_code, 4) = left($1::text, 4)
         and a.valid_from <= $3::timestamptz and (a.valid_to is null or a.valid_to > $3::timestamptz)
       order by a.area_id desc limit 1), $3::timestamptz)
     on conflict (division_code, name) do update set area_id = coalesce(excluded.area_id, zones.area_id)
     returning zone_id`,
    [zone.divisionCode, zone.name, now],
  )
  return rows[0]?.zone_id ?? ''
}

export interface ZoneRow {
  zone_id: string
  name: string
  division_code: string
  division_name: string
  area_ended_at: Date | null
  persons: number
  /** People who have not registered, with findings that wait for them. */
  unregistered: number
  since: Date | null
  categories: string[] | null
  /** Open now. */
  proposal_id: string | null
}

const ZONE = `select z.zone_id, z.name, z.division_code, d.name as division_name, a.valid_to as area_ended_at,
    s.persons, s.unregistered, s.since, s.categories, r.proposal_id
  from zones z
  join divisions d on d.code = z.division_code
  left join risk_areas a on a.area_id = z.area_id and a.valid_to <= $1::timestamptz
  cross join lateral (
    select count(distinct i.person_id)::int as persons, count(distinct i.document_index)::int as unregistered,
      min(i.anchor_at) as since, array_agg(distinct i.category) as categories
    from (
      select f.person_id, null::bytea as document_index, f.anchor_at, f.category
      from findings f where f.zone_id = z.zone_id and f.ended_at is null and f.withdrawn_at is null
      union all
      select null, u.document_index, u.anchor_at, u.category from unclaimed_findings u where u.zone_id = z.zone_id and u.ended_at is null) i) s
  left join lateral (
    select p.proposal_id from proposals p
    where p.zone_id = z.zone_id and p.state = 'open' and p.expires_at > $1::timestamptz
    order by p.proposal_id desc limit 1) r on true`

export interface ZoneName {
  zoneId: string
  name: string
  divisionCode: string
  /** Everybody who was in it is out of it. */
  lifted: boolean
}

// Everybody who was in it, registered or not, is out.
const IS_LIFTED = `coalesce((
    select bool_and(i.ended_at is not null) from (
      select f.ended_at from findings f where f.zone_id = z.zone_id and f.withdrawn_at is null
      union all select u.ended_at from unclaimed_findings u where u.zone_id = z.zone_id) i), false)`

/** All zones of a division and of those below it. */
export const listZonesWithin = async (db: Queryable, divisionPrefix: string): Promise<ZoneName[]> =>
  (
    await db.query<ZoneName>(
      `select z.zone_id::text as "zoneId", z.name, z.division_code as "divisionCode", ${IS_LIFTED} as lifted
       from zones z where starts_with(z.division_code, $1::text)`,
      [divisionPrefix],
    )
  ).rows

/** Holds zones until commit. @returns those of them that are lifted */
export const holdZones = async (tx: Transaction, zoneIds: string[]): Promise<string[]> => {
  await tx.query(`select from zones where zone_id = any($1::bigint[]) order by zone_id for share`, [zoneIds])
  const { rows } = await tx.query<{ zone_id: string }>(
    `select z.zone_id from zones z where z.zone_id = any($1::bigint[]) and ${IS_LIFTED}`,
    [zoneIds],
  )
  return rows.map((row) => row.zone_id)
}

/** Those with somebody in them, latest first. */
export const listStandingZones = async (
  db: Queryable,
  now: Date,
  filter: { divisionPrefix: string; beforeId: string | null; limit: number },
): Promise<ZoneRow[]> =>
  (
    await db.query<ZoneRow>(
      `${ZONE} where z.division_code like $2::text || '%' and ($3::bigint is null or z.zone_id < $3::bigint) and s.since is not null
       order by z.zone_id desc limit $4::int`,
      [now, filter.divisionPrefix, filter.beforeId, filter.limit],
    )
  ).rows

export const findZone = async (db: Queryable, now: Date, zoneId: string): Promise<ZoneRow | undefined> =>
  (await db.query<ZoneRow>(`${ZONE} where z.zone_id = $2::bigint`, [now, zoneId])).rows[0]

/** The same, held until commit. */
export const lockZone = async (tx: Transaction, now: Date, zoneId: string): Promise<ZoneRow | undefined> => {
  await tx.query('select from zones where zone_id = $1::bigint for update', [zoneId])
  return findZone(tx, now, zoneId)
}

/** Persons with something standing in the zone after the given one, by number. */
export const listPersonsIn = async (
  db: Queryable,
  zoneId: string,
  afterId: string,
  limit: number,
): Promise<{ personId: string; findingIds: string[] }[]> =>
  (
    await db.query<{ person_id: string; finding_ids: string[] }>(
      `select person_id, array_agg(finding_id::text) as finding_ids from findings
       where zone_id = $1::bigint and person_id > $2::bigint and ended_at is null and withdrawn_at is null
       group by person_id order by person_id limit $3::int`,
      [zoneId, afterId, limit],
    )
  ).rows.map((row) => ({ personId: row.person_id, findingIds: row.finding_ids }))

export const countWaitingIn = async (db: Queryable, zoneId: string): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select count(distinct document_index)::int as count from unclaimed_findings where zone_id = $1::bigint and ended_at is null`,
      [zoneId],
    )
  ).rows[0]?.count ?? 0

export interface EndedAreaRow {
  zone_id: string
  name: string
  division_code: string
  ended_at: Date
}

/**
 * Zones whose area is no longer rated, under this or another number, and whose people are still in it; neither drafted
 * already nor refused since.
 */
export const takeEndedAreas = async (tx: Transaction, now: Date, limit: number): Promise<EndedAreaRow[]> =>
  (
    await tx.query<EndedAreaRow>(
      `select z.zone_id, z.name, z.division_code, a.valid_to as ended_at
       from zones z join risk_areas a on a.area_id = z.area_id and a.valid_to <= $1::timestamptz
       where (exists (select from findings f where f.zone_id = z.zone_id and f.ended_at is null and f.withdrawn_at is null)
           or exists (select from unclaimed_findings u where u.zone_id = z.zone_id and u.ended_at is null))
         and not exists (
           select from risk_areas b where b.name = a.name and left(b.division_code, 4) = left(a.division_code, 4)
             and b.valid_from <= $1::timestamptz and (b.valid_to is null or b.valid_to > $1::timestamptz))
         and not exists (
           select from proposals p where p.zone_id = z.zone_id
             and (p.state = 'open' and p.expires_at > $1::timestamptz or p.state = 'rejected' and p.proposed_at >= a.valid_to))
       order by z.zone_id limit $2::int for update of z skip locked`,
      [now, limit],
    )
  ).rows

import type { Queryable } from '../../../db/pool.ts'
import type { VenueRow } from './venue.queries.ts'

export interface DuplicateRow extends VenueRow {
  same_licence: boolean
  same_address: boolean
  same_name: boolean
}

/**
 * Venues with the same licence number, the same address in the same district, or the same name, however they are spaced and
 * written; those with more in common first. What waits as a change counts as if it were made. A venue that ended is told only by its licence.
 */
export const listDuplicates = async (
  db: Queryable,
  venue: VenueRow,
  pendingLicence: Buffer | null,
  limit: number,
): Promise<DuplicateRow[]> => {
  const { rows } = await db.query<DuplicateRow>(
    `with asked as (
       select venue_id, coalesce($2::bytea, credit_code_index) as licence,
         plain_text_key(coalesce(pending_change ->> 'name', name)) as name_key,
         plain_text_key(coalesce(pending_change ->> 'address', address)) as address_key,
         left(coalesce(pending_change ->> 'divisionCode', division_code), 6) as district
       from venues where venue_id = $1::int
     ), found as (
       select v.venue_id, coalesce(v.credit_code_index = a.licence, false) as same_licence,
         v.address_key = a.address_key and a.address_key <> '' and left(v.division_code, 6) = a.district as same_address,
         v.name_key = a.name_key and a.name_key <> '' as same_name
       from asked a join venues v on v.venue_id <> a.venue_id
         and (v.credit_code_index = a.licence or v.address_key = a.address_key or v.name_key = a.name_key)
     )
     select v.*, d.name as division_name, null as owner_name_masked, same_licence, same_address, same_name
     from found join venues v using (venue_id) join divisions d on d.code = v.division_code
     where same_licence or (same_address or same_name) and v.state <> 'closed'
     order by same_licence::int + same_address::int + same_name::int desc, same_licence desc, v.venue_id desc limit $3::int`,
    [venue.venue_id, pendingLicence, limit],
  )
  return rows
}

export const listManagers = async (db: Queryable, venueId: string) => {
  const { rows } = await db.query<{ display_name: string; organisation: string; added_at: Date }>(
    `select o.display_name, o.organisation, m.added_at from venue_managers m join operators o using (operator_id)
     where m.venue_id = $1::int order by m.added_at limit 100`,
    [venueId],
  )
  return rows
}

/** Enrolled phones at its doors that still work. */
export const listDevices = async (db: Queryable, venueId: string, now: Date) => {
  const { rows } = await db.query<{ name: string; point_name: string; registered_at: Date }>(
    `select d.name, pt.name as point_name, d.registered_at from devices d join venue_points pt using (point_id)
     where pt.venue_id = $1::int and pt.state = 'active' and d.revoked_at is null and d.expires_at > $2::timestamptz
     order by d.registered_at desc limit 100`,
    [venueId, now],
  )
  return rows
}

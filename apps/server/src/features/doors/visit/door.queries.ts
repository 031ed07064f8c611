import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { Queryable } from '../../../db/pool.ts'
import type { DoorState } from './visit.queries.ts'

export interface DoorRow {
  name: string
  point: string
  kind: VenueKind
  door: DoorState
  latitude: number | null
  longitude: number | null
}

/** The door behind a code, whether or not it is open. */
export const findDoor = async (db: Queryable, codeId: string): Promise<DoorRow | undefined> => {
  const { rows } = await db.query<DoorRow>({
    name: 'find-door',
    text: `select v.name, pt.name as point, v.kind, v.latitude, v.longitude,
       case when c.retired_at is not null then 'rotated' when pt.state <> 'active' then 'point_closed'
         when v.state <> 'active' then 'venue_closed' else 'open' end as door
     from venue_codes c join venue_points pt using (point_id) join venues v using (venue_id)
     where c.code_id = $1::text`,
    values: [codeId],
  })
  return rows[0]
}

/** The account's person and the persons of those of its members that are asked for. */
export const findPartyPersons = async (
  db: Queryable,
  accountId: string,
  memberIds: string[],
): Promise<{ personId: string | null; nameMasked: string; members: Map<string, string> }> => {
  const { rows } = await db.query<{
    member_id: string | null
    person_id: string | null
    name_masked: string | null
  }>(
    `select null::uuid as member_id, a.person_id, p.name_masked from accounts a left join persons p using (person_id) where a.account_id = $1::bigint
     union all
     select member_id, person_id, null from members where account_id = $1::bigint and member_id = any($2::uuid[]) and removed_at is null`,
    [accountId, memberIds],
  )
  const members = new Map<string, string>()
  for (const row of rows) if (row.member_id && row.person_id) members.set(row.member_id, row.person_id)
  const own = rows.find((row) => row.member_id === null)
  return { personId: own?.person_id ?? null, nameMasked: own?.name_masked ?? '', members }
}

export const findPersonByDocument = async (
  db: Queryable,
  documentIndex: Buffer,
): Promise<{ personId: string; nameEncrypted: Buffer; accountId: string | null } | undefined> => {
  const { rows } = await db.query<{ person_id: string; name_encrypted: Buffer; account_id: string | null }>(
    `select d.person_id, p.name_encrypted, a.account_id from identity_documents d join persons p using (person_id)
     left join accounts a using (person_id) where d.document_index = $1::bytea`,
    [documentIndex],
  )
  const row = rows[0]
  return row && { personId: row.person_id, nameEncrypted: row.name_encrypted, accountId: row.account_id }
}

import type { Queryable } from '../../../db/pool.ts'
import { PERSON_COLUMNS, type PersonRow } from './identity.queries.ts'

export interface OwnAccountRow {
  phone_encrypted: Buffer
  consent_version: string | null
  consented_at: Date | null
}

/** An account with its person, if it has registered. */
export const findOwnAccount = async (
  db: Queryable,
  accountId: string,
): Promise<(OwnAccountRow & { person: PersonRow | undefined }) | undefined> => {
  const { rows } = await db.query<OwnAccountRow & PersonRow>({
    name: 'find-own-account',
    text: `select a.phone_encrypted, a.consent_version, a.consented_at, ${PERSON_COLUMNS}
      from accounts a left join persons p on p.person_id = a.person_id where a.account_id = $1::bigint`,
    values: [accountId],
  })
  const row = rows[0]
  return row && { ...row, person: row.person_id ? row : undefined }
}

/** Whether the registration of this person by this account with this face check took the identity over. */
export const wasTakenOver = async (
  db: Queryable,
  accountId: string,
  personId: string,
  faceCheckId: string,
): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select from audit_entries where object_kind = 'person' and object_id = $2::text
       and action = 'person.taken_over' and actor_id = $1::text and details ->> 'faceCheckId' = $3::text limit 1`,
    [accountId, personId, faceCheckId],
  )
  return rowCount === 1
}

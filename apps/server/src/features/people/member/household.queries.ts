import type { Queryable } from '../../../db/pool.ts'

export interface HouseholdRow {
  member_id: string | null
  person_id: string
  name_masked: string
  /** The person's own word counts: themself, or somebody under the guardianship of the account holder. */
  own_word: boolean
}

/** The account's person and its members. */
export const listHousehold = async (db: Queryable, accountId: string): Promise<HouseholdRow[]> => {
  const { rows } = await db.query<HouseholdRow>(
    `select null::uuid as member_id, p.person_id, p.name_masked, true as own_word
     from accounts a join persons p using (person_id) where a.account_id = $1::bigint
     union all
     select m.member_id, p.person_id, p.name_masked, m.consent_means = 'guardian'
     from members m join persons p using (person_id) where m.account_id = $1::bigint and m.removed_at is null`,
    [accountId],
  )
  return rows
}

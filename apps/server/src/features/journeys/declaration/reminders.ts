import { COLOUR_NUMBERS } from '@jiankangbao/domain/decision/coding'
import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { insertNoticesOf } from '../../ledger/notice/notice.queries.ts'
import { wakeAccount } from '../../ledger/notice/notice.service.ts'
import { getDeclarationRules } from './consequences.service.ts'

/** One notice a day to every account that holds a person of whom the rules ask a daily declaration, until it is made. */
const REMIND = `
with asked as (
  select s.person_id, p.name_masked from status_current s join persons p using (person_id)
  where s.colour <> ${COLOUR_NUMBERS.green} and exists (select from jsonb_array_elements(s.reasons) r where r ->> 'category' = any($1::text[]))
    -- The dead, and those who moved away, are reminded of nothing.
    and not exists (select from person_absences x where x.person_id = s.person_id)
    and not exists (
      select from declaration_versions d where d.person_id = s.person_id and d.kind = 'health' and d.declared_at >= $2::timestamptz)
), holders as (
  select a.account_id, asked.name_masked from asked join accounts a using (person_id)
  union
  select m.account_id, asked.name_masked from asked join members m using (person_id) where m.removed_at is null
)
${insertNoticesOf(`select h.account_id, 'declaration_due', jsonb_build_object('name', h.name_masked), $3::timestamptz
from holders h
where not exists (
  select from notices n where n.account_id = h.account_id and n.kind = 'declaration_due' and n.created_at >= $2::timestamptz
    and n.details ->> 'name' = h.name_masked)`)}`

/** Reminds of today's health declaration where it is missing; again the same day does nothing. */
export const remindOfDeclarations = async ({
  pool,
  clock,
}: Pick<Parts, 'pool' | 'clock'>): Promise<number> => {
  const now = clock()
  const midnight = new Date(now.getTime() - ((now.getTime() + 8 * 3600_000) % 86_400_000))
  return inTransaction(pool, async (tx) => {
    const { dailyDeclaration } = await getDeclarationRules(tx, now)
    const { rows } = await tx.query<{ account_id: string }>(REMIND, [dailyDeclaration, midnight, now])
    for (const accountId of new Set(rows.map((row) => row.account_id))) await wakeAccount(tx, accountId)
    return rows.length
  })
}

import { todayOf } from '@jiankangbao/domain/monitoring/follow-up'
import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { insertNoticesOf } from '../../ledger/notice/notice.queries.ts'
import { wakeAccount } from '../../ledger/notice/notice.service.ts'

// Once of each deadline, whatever asks: a rule, a round, or the colour (`test_due` of follow-ups says the same words).
const REMIND = `
with asked as (
  select q.person_id, p.name_masked, to_char(q.due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as by
  from required_tests q join persons p using (person_id)
  where q.state = 'open' and q.due_at >= $1::timestamptz and q.due_at < $2::timestamptz
    and not exists (select from person_absences x where x.person_id = q.person_id)
), holders as (
  select a.account_id, asked.name_masked, asked.by from asked join accounts a using (person_id)
  union
  select m.account_id, asked.name_masked, asked.by from asked join members m using (person_id) where m.removed_at is null
)
${insertNoticesOf(`select h.account_id, 'test_due', jsonb_build_object('name', h.name_masked, 'by', h.by), $3::timestamptz
from holders h
where not exists (
  select from notices n where n.account_id = h.account_id and n.kind = 'test_due' and n.details ->> 'name' = h.name_masked
    and n.details ->> 'by' = h.by)`)}`

/** Reminds whoever has to be tested until the end of tomorrow by a rule or after a round. @returns how many notices */
export const remindOfRequired = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    const { begins, ends } = todayOf(now.getTime())
    const { rows } = await tx.query<{ account_id: string }>(REMIND, [
      new Date(Math.max(begins, now.getTime())),
      new Date(ends + DAY_MS),
      now,
    ])
    for (const accountId of new Set(rows.map((row) => row.account_id))) await wakeAccount(tx, accountId)
    return rows.length
  })

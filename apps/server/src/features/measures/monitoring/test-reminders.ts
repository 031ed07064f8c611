import { todayOf } from '@jiankangbao/domain/monitoring/follow-up'
import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { insertNoticesOf } from '../../ledger/notice/notice.queries.ts'
import { wakeAccount } from '../../ledger/notice/notice.service.ts'

/** A table of open matters that ask somebody to be tested, and its column with the deadline. */
interface Asking {
  table: string
  dueAt: string
}

// One deadline of one person is told once, whatever asks: the colour, a rule or a round.
const remindOf = ({ table, dueAt }: Asking): string => `
with asked as (
  select q.person_id, p.name_masked, to_char(q.${dueAt} at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as by
  from ${table} q join persons p using (person_id)
  where q.state = 'open' and q.${dueAt} >= $1::timestamptz and q.${dueAt} < $2::timestamptz
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

/**
 * Reminds the person, and whoever looks after them, of every test whose deadline lies between `from` and the end of tomorrow.
 * @param from milliseconds, of the beginning of today and of now
 * @returns how many notices
 */
export const remindOfDeadlines = (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  asking: Asking,
  from: (begins: number, now: number) => number,
): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    const { begins, ends } = todayOf(now.getTime())
    const { rows } = await tx.query<{ account_id: string }>(remindOf(asking), [
      new Date(from(begins, now.getTime())),
      new Date(ends + DAY_MS),
      now,
    ])
    for (const accountId of new Set(rows.map((row) => row.account_id))) await wakeAccount(tx, accountId)
    return rows.length
  })

import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'

// Visits and checks lie in partitions of a day.

/** Day partitions from two days back to eight ahead. */
export const makePartitions = async ({ pool }: Pick<Parts, 'pool'>): Promise<void> => {
  await pool.query(
    `select ensure_day_partitions((now() at time zone 'Asia/Shanghai')::date - 2, (now() at time zone 'Asia/Shanghai')::date + 8)`,
  )
}

/** Drops days beyond the retention and certifies it in the audit log. Visits and checks share their days. */
export const dropOldPartitions = async ({ pool, config }: Pick<Parts, 'pool' | 'config'>): Promise<void> => {
  const days = Math.max(config.retentionDays.visits, config.retentionDays.checks)
  const before = `(now() at time zone 'Asia/Shanghai')::date - $1::int`
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ dropped: string[] }>(
      `select drop_day_partitions(${before}) as dropped`,
      [days],
    )
    const dropped = rows[0]?.dropped ?? []
    if (dropped.length > 0)
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'retention.purged',
        objectKind: 'partition',
        details: { dropped, days },
      })
  })
  const { rows } = await pool.query<{ name: string }>(
    `select partition::text as name from day_partitions() where until_day <= ${before} and not takes_rest order by 1`,
    [days],
  )
  if (rows.length > 0)
    throw new Error(
      `partitions that are to go can not be dropped: ${rows.map(({ name }) => name).join(', ')}`,
    )
}

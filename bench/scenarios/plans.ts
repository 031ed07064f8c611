import { randomUUID } from 'node:crypto'
import { bindVisits, recordStatement } from '../../apps/server/src/features/doors/visit/visit.queries.ts'
import { planVenues } from '../city/venues.ts'
import type { Stage } from '../stage.ts'

const readStatements = async (stage: Stage): Promise<string> => {
  const { rows } = await stage.admin.query<{
    calls: string
    total: number
    mean: number
    rows: string
    text: string
  }>(
    `select calls, total_exec_time as total, mean_exec_time as mean, rows, left(regexp_replace(query, '\\s+', ' ', 'g'), 90) as text
     from pg_stat_statements order by total_exec_time desc limit 12`,
  )
  return rows
    .map(
      ({ calls, total, mean, rows: count, text }) =>
        `${total.toFixed(0).padStart(9)} ms ${calls.padStart(8)} calls ${mean.toFixed(2).padStart(8)} ms each ${count.padStart(9)} rows  ${text}`,
    )
    .join('\n')
}

/** The plan of the batch statement with 512 scans, buffers and all, and where the database's time went until now. */
export const readPlans = async (stage: Stage): Promise<string> => {
  const codes = planVenues({ venues: stage.options.venues, seed: 1 }).flatMap(({ codeIds }) => codeIds)
  const now = new Date()
  const inputs = Array.from({ length: 512 }, () => ({
    personId: String(1 + Math.floor(Math.random() * stage.options.persons)),
    codeId: codes[Math.floor(Math.random() * codes.length)] ?? '',
    requestId: randomUUID(),
    visitedAt: now,
    flags: 0,
  }))
  const statements = await readStatements(stage)
  const client = await stage.admin.connect()
  try {
    // As in the server's hot pool: one plan for any batch.
    await client.query('set plan_cache_mode = force_generic_plan')
    await client.query(
      `prepare record(bigint[], text[], uuid[], bigint[], smallint[], timestamptz) as ${recordStatement()}`,
    )
    const values = [...bindVisits(inputs), now.toISOString()].map((value) => `'${value}'`).join(', ')
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers, costs off) execute record(${values})`,
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    return `-- pg_stat_statements since the start\n${statements}\n\n-- the batch statement with 512 scans\n${plan}\n`
  } finally {
    client.release(true)
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const EVERY_MS = 200
/** After the last result. */
const LONGEST_MS = 120_000

/** How long people wait for their colour after a result: looks at the oldest who waits, five times a second. */
export const watchEvaluations = (admin: pg.Pool) => {
  const ages: number[] = []
  let most = 0
  let isOver = false
  const look = async () => {
    const { rows } = await admin.query<{ people: number; age: number | null }>(
      `select count(*)::int as people, (extract(epoch from clock_timestamp() - min(marked_at)) * 1000)::float8 as age from dirty_persons`,
    )
    const [row] = rows
    if (!row) return 0
    most = Math.max(most, row.people)
    if (row.people > 0) ages.push(row.age ?? 0)
    return row.people
  }
  const describeFirst = async (): Promise<string> =>
    JSON.stringify((await admin.query('select * from dirty_persons order by marked_at limit 1')).rows)
  const running = (async () => {
    // A run that failed ends the pool under it.
    while (!isOver && !admin.ending) {
      await look()
      await sleep(EVERY_MS)
    }
  })()
  return {
    /** Waits until nobody waits any more. */
    stop: async () => {
      isOver = true
      await running
      const until = performance.now() + LONGEST_MS
      while ((await look()) > 0) {
        if (performance.now() > until) throw new Error(`Colours are not computed: ${await describeFirst()}`)
        await sleep(EVERY_MS)
      }
      const sorted = ages.sort((a, b) => a - b)
      const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
      return { p50Ms: at(0.5), p95Ms: at(0.95), mostMs: at(1), mostPeople: most }
    },
  }
}

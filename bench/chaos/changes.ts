import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/**
 * Changes colours through the door that everything else uses: a finding is written or withdrawn and the person marked
 * in one transaction; the server's own jobs do the rest. Goes on whatever breaks. @returns stops it, and says how many
 */
export const startChanges = (admin: pg.Pool, persons: number): (() => Promise<number>) => {
  let running = true
  let changed = 0
  const change = async () => {
    const personId = 1 + Math.floor(Math.random() * persons)
    const client = await admin.connect()
    try {
      await client.query('begin')
      const { rowCount } = await client.query(
        `update findings set withdrawn_at = now() where person_id = $1 and source = 'chaos' and withdrawn_at is null`,
        [personId],
      )
      if (!rowCount)
        await client.query(
          `insert into findings (person_id, category, anchor_at, evidence, source) values ($1, 'symptom', now(), 'chaos', 'chaos')`,
          [personId],
        )
      await client.query(
        `insert into dirty_persons (person_id, cause) values ($1, 'chaos') on conflict (person_id) do update set marked_at = clock_timestamp()`,
        [personId],
      )
      await client.query(`select pg_notify('dirty', '')`)
      await client.query('commit')
      changed += 1
      client.release()
    } catch (error) {
      client.release(true)
      throw error
    }
  }
  const run = async () => {
    while (running) {
      await change().catch(() => sleep(200))
      await sleep(20)
    }
  }
  const ended = run()
  return async () => {
    running = false
    await ended
    return changed
  }
}

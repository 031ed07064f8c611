import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'

const write = (client: PoolClient, value: string) =>
  client.query(`select set_config('jkb.session', $1, false)`, [value])

const read = async (client: PoolClient): Promise<string | null> => {
  const { rows } = await client.query<{ value: string | null }>(
    `select current_setting('jkb.session', true) as value`,
  )
  return rows[0]?.value ?? null
}

/**
 * Whether two connections keep what each was told, as named statements, `listen` and advisory locks need it. A pooler
 * that hands out its connections by the transaction gives both the same one (the last used), or each another one at the
 * next statement (in turn); asking the first one twice finds two in turn as well.
 */
export const keepsSessions = async (one: PoolClient, other: PoolClient): Promise<boolean> => {
  const mine = randomUUID()
  await write(one, mine)
  await write(other, randomUUID())
  return (await read(one)) === mine && (await read(one)) === mine
}

import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Pool } from '../db/pool.ts'
import { createTokens } from '../http/tokens.ts'
import type { KeyProvider } from '../keys/key-provider.ts'

/** What checking tokens needs, not signing them. */
const UNUSED = { restoreEpoch: '', acceptsUnmarked: false, acceptsUnmarkedDevices: false, gap: undefined }

/** `jkb tokens issue`: access tokens, good for ten minutes like any other, for load tests. */
export const issueTokens = async (pool: Pool, keys: KeyProvider, args: string[]): Promise<string> => {
  const { values } = parseArgs({ args, options: { citizens: { type: 'string', default: '1' } } })
  const { rows } = await pool.query<{ account_id: string; person_id: string }>(
    `select account_id, person_id from accounts where person_id is not null order by account_id limit $1::int`,
    [Number(values.citizens)],
  )
  const state = await pool.query<{ epoch: string }>(
    'select right(epoch::text, 12) as epoch from database_state',
  )
  const epoch = state.rows[0]?.epoch ?? ''
  const tokens = createTokens(keys, () => ({ ...UNUSED, epoch }))
  return rows
    .map((row) =>
      tokens.signAccess({ accountId: row.account_id, personId: row.person_id, sessionId: randomUUID() }),
    )
    .join('\n')
}

import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from '../db/pool.ts'
import { currentTokenKeyId, type KeyProvider, listHeld } from './key-provider.ts'
import { nameOfKey } from './key-states.ts'
import { forgetHolder, tellHolder } from './known-keys.queries.ts'
import { readKeyStates } from './known-keys.service.ts'

const EVERY_MS = 5_000

interface Watched {
  pool: Pool
  keys: KeyProvider
  log: FastifyBaseLogger
}

/** One look: what the database says of the keys is heeded, then it is told what this process has. */
const look = async ({ pool, keys }: Watched, processId: string): Promise<void> => {
  keys.heed(await readKeyStates(pool))
  await tellHolder(pool, {
    processId,
    serverId: keys.databaseMemory().serverId,
    held: listHeld(keys),
    writesWith: [
      nameOfKey('data', keys.currentDataKey().dataKeyId),
      nameOfKey('token_secret', currentTokenKeyId(keys)),
    ],
  })
}

/** Holds this process to what the database says of the keys. */
export interface KeyWatch {
  lookNow(): Promise<void>
  stop(): Promise<void>
}

/** Every process looks every few seconds: a key is taken up only after all of them were seen with it. */
export const watchKeys = (parts: Watched): KeyWatch => {
  const processId = randomUUID()
  let looking = Promise.resolve()
  const lookNow = () => {
    looking = looking.then(() =>
      look(parts, processId).catch((error: unknown) => {
        // Away, or before `jkb db migrate`: readiness says so.
        parts.log.debug({ err: error }, 'the keys can not be compared with the database now')
      }),
    )
    return looking
  }
  const timer = setInterval(() => void lookNow(), EVERY_MS)
  timer.unref()
  return {
    lookNow,
    stop: async () => {
      clearInterval(timer)
      await looking
      await forgetHolder(parts.pool, processId).catch(() => {})
    },
  }
}

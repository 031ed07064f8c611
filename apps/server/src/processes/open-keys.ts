import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import { createPool, type Pool } from '../db/pool.ts'
import { KeyProblem } from '../keys/key-problem.ts'
import { type KeyProvider, openFileKeyProvider } from '../keys/key-provider.ts'
import { hasKeySet } from '../keys/key-set.ts'
import { openKeys } from '../keys/known-keys.service.ts'

/** Between two tries to reach a database that was away at the start. */
const AGAIN_MS = 1_000

const withPool = async <T>({ databaseUrl }: Config, work: (pool: Pool) => Promise<T>): Promise<T> => {
  const pool = createPool(databaseUrl, 1, 'jkb-keys')
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

/** Asks until the database answers; a server with another city's keys ends at once then. */
const compareLater = (config: Config, log: FastifyBaseLogger): void => {
  const timer = setTimeout(async () => {
    try {
      await withPool(config, (pool) => openKeys(pool, config.dataDirectory))
      log.info('the keys are those of the database')
    } catch (error) {
      if (!(error instanceof KeyProblem)) return compareLater(config, log)
      log.fatal(error.message)
      process.exit(1)
    }
  }, AGAIN_MS)
  timer.unref()
}

/**
 * The keys of this server. Where the database is away or not yet migrated, the server starts with the keys that are here
 * and compares them as soon as it can; without keys it does not start, because none may be made unasked.
 * @throws KeyProblem with what to do
 */
export const openKeysAtStart = async (config: Config, log: FastifyBaseLogger): Promise<KeyProvider> => {
  try {
    return await withPool(config, (pool) => openKeys(pool, config.dataDirectory))
  } catch (error) {
    if (error instanceof KeyProblem) throw error
    const { message } = error as Error
    if (!hasKeySet(config.dataDirectory))
      throw new KeyProblem(
        `${config.dataDirectory} 中没有密钥，又无法向数据库查询（${message}）：只有确认数据库还没有密钥时才会生成。请检查 DATABASE_URL，并先执行 jkb db migrate。`,
        `There are no keys in ${config.dataDirectory} and the database can not be asked (${message}): keys are made only for a database that has none. Check DATABASE_URL and run jkb db migrate first.`,
      )
    log.warn({ err: error }, 'the database can not be asked for its keys yet: they are compared later')
    compareLater(config, log)
    return openFileKeyProvider(config.dataDirectory)
  }
}

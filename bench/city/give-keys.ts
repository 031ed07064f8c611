import { mkdirSync } from 'node:fs'
import { createPool, inTransaction } from '../../apps/server/src/db/pool.ts'
import { fingerprintsOf } from '../../apps/server/src/keys/key-fingerprints.ts'
import { makeKeyFiles, openFileKeyProvider } from '../../apps/server/src/keys/key-provider.ts'
import { insertKnownKeys } from '../../apps/server/src/keys/known-keys.queries.ts'

/**
 * Makes keys in `dataDirectory` and tells the database that they are its own. The made city holds values that no key can
 * read, so a server would refuse keys that it finds there by itself.
 */
export const giveKeys = async (superuserUrl: string, dataDirectory: string): Promise<void> => {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  makeKeyFiles(dataDirectory)
  const pool = createPool(superuserUrl, 1, 'bench-keys')
  try {
    await inTransaction(pool, async (tx) => {
      await tx.query('truncate key_fingerprints')
      await insertKnownKeys(tx, fingerprintsOf(openFileKeyProvider(dataDirectory)))
    })
  } finally {
    await pool.end()
  }
}

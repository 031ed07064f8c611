import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What this data directory last saw of its database: one that knows less is older. */
export interface SeenDatabase {
  databaseId: string
  restoreNumber: string
  lineage: string | null
  mark: string
  /** ISO 8601, the database's clock. */
  markedAt: string
}

/** Kept outside the database, beside the keys: a restored backup can not take it along. */
export interface DatabaseMemory {
  /** Of this data directory, for ever. */
  serverId: string
  read(): SeenDatabase | undefined
  write(seen: SeenDatabase): Promise<void>
}

/** Of this process only, for tests. */
export const createDatabaseMemory = (): DatabaseMemory => {
  let kept: SeenDatabase | undefined
  return {
    serverId: randomUUID(),
    read: () => kept,
    write: async (seen) => {
      kept = seen
    },
  }
}

const FILE = 'database-seen.json'

interface Kept {
  serverId: string
  seen?: SeenDatabase
}

const readKept = (path: string): Kept | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(
      `${path} 无法读取：请恢复该文件；确认数据库没有被旧备份替换后也可以删除它。${path} can not be read: restore it, or delete it once you are sure that the database is no older backup.`,
      { cause: error },
    )
  }
}

/** In `database-seen.json` of the data directory; the processes of the machine share it. */
export const openFileDatabaseMemory = (dataDirectory: string): DatabaseMemory => {
  const path = join(dataDirectory, FILE)
  let kept = readKept(path)
  const serverId = kept?.serverId ?? randomUUID()
  let writing = Promise.resolve()
  return {
    serverId,
    // What this process saw last, so that a file put back does not take the memory away.
    read: () => kept?.seen,
    write: (seen) => {
      kept = { serverId, seen }
      const text = JSON.stringify(kept)
      writing = writing
        .catch(() => {})
        .then(async () => {
          const beside = `${path}.${process.pid}.next`
          await writeFile(beside, text, { mode: 0o600, flush: true })
          await rename(beside, path)
        })
      return writing
    },
  }
}

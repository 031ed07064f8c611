import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The last head of the audit log that this machine sealed, as text, outside the database: whoever owns the database can
 * cut the end of the chain off and have it sealed anew, but the machine that seals then misses what it remembers.
 */
export interface AuditMemory {
  read(): string | undefined
  /** Undefined forgets. */
  write(head: string | undefined): void
}

/** Of this process only, for tests. */
export const createAuditMemory = (): AuditMemory => {
  let kept: string | undefined
  return {
    read: () => kept,
    write: (head) => {
      kept = head
    },
  }
}

const FILE = 'audit-head.json'

/** In `audit-head.json` of the data directory; several processes of the machine share it. */
export const openFileAuditMemory = (dataDirectory: string): AuditMemory => {
  const path = join(dataDirectory, FILE)
  return {
    read: () => {
      try {
        return readFileSync(path, 'utf8')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    write: (head) => {
      if (head === undefined) return rmSync(path, { force: true })
      // Written beside and renamed: a crash leaves the old one whole.
      const beside = `${path}.${process.pid}.next`
      writeFileSync(beside, head, { mode: 0o600, flush: true })
      renameSync(beside, path)
    },
  }
}

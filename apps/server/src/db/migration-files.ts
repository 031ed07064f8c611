import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One file of db/migrations. */
export interface Migration {
  /** The leading digits, `0001` is 1. */
  version: number
  /** What follows the digits, without `.sql`. */
  name: string
  fileName: string
  sql: string
  /** SHA-256 of the text with `\n` line ends, hexadecimal: a Windows checkout is no edit. */
  checksum: string
}

/** Why migrating was refused, in words for the person who deploys. Nothing has been changed by the refused part. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** Reads the migrations in order. @throws MigrationError on a wrong name, a repeated number or a stray file */
export const readMigrations = async (directory: string): Promise<Migration[]> => {
  const fileNames = (await readdir(directory)).filter((fileName) => !fileName.startsWith('.')).sort()
  const migrations = await Promise.all(fileNames.map((fileName) => readMigration(directory, fileName)))
  for (const [position, migration] of migrations.entries()) {
    if (migrations[position - 1]?.version === migration.version) {
      throw new MigrationError(
        `two migrations have the number of ${migration.fileName}; renumber the one not yet released`,
      )
    }
  }
  return migrations
}

const readMigration = async (directory: string, fileName: string): Promise<Migration> => {
  const parts = /^(\d{4})_([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.sql$/.exec(fileName)
  if (!parts?.[1] || !parts[2]) {
    throw new MigrationError(`${fileName}: migrations are named NNNN_verb_object.sql`)
  }
  const sql = (await readFile(join(directory, fileName), 'utf8')).replaceAll('\r\n', '\n')
  // The runner holds the transaction: a file that ends it could be half applied and count as not applied.
  if (/^\s*(begin|commit|rollback|end|start\s+transaction)\s*;/im.test(withoutBodies(sql))) {
    throw new MigrationError(`${fileName}: a migration must not begin or end transactions`)
  }
  const checksum = createHash('sha256').update(sql).digest('hex')
  return { version: Number(parts[1]), name: parts[2], fileName, sql, checksum }
}

// Function bodies (dollar quoted) may well contain a line `end;`.
const withoutBodies = (sql: string) => sql.replace(/(\$[a-z_]*\$)[\s\S]*?\1/gi, "''")

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { splitStatements } from './migration-work.ts'

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
  manner: MigrationManner
  /** Programs of before it must not go on beside it; all others serve until they are exchanged. */
  stopsOlder: boolean
}

/**
 * How a file is applied. `whole`: in one transaction. `steps`: its one statement again and again, each time in a transaction of its
 * own, until it finds no row any more. `outside`: each statement by itself and in no transaction, as `concurrently` wants it.
 */
export type MigrationManner = 'whole' | 'steps' | 'outside'

/** Why migrating was refused, in words for the person who deploys. Nothing has been changed by the refused part. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** Beside the migrations: one line for each that has landed, as `sha256sum` writes it. */
export const checksumsFileName = 'checksums.txt'

/**
 * Reads the migrations in order. Those that have landed are compared with the list of checksums, so that an edited one
 * is refused also by a database that never saw it before.
 * @throws MigrationError on a wrong name, a repeated number, a stray file, or a landed file that was edited or is gone
 */
export const readMigrations = async (directory: string): Promise<Migration[]> => {
  const entries = (await readdir(directory)).filter((fileName) => !fileName.startsWith('.')).sort()
  const fileNames = entries.filter((fileName) => fileName !== checksumsFileName)
  const migrations = await Promise.all(fileNames.map((fileName) => readMigration(directory, fileName)))
  if (entries.includes(checksumsFileName)) {
    checkLanded(migrations, await readFile(join(directory, checksumsFileName), 'utf8'))
  }
  for (const [position, migration] of migrations.entries()) {
    if (migrations[position - 1]?.version === migration.version) {
      throw new MigrationError(
        `two migrations have the number of ${migration.fileName}; renumber the one not yet released`,
      )
    }
  }
  return migrations
}

// A file that is not listed is still being written.
const checkLanded = (migrations: Migration[], list: string) => {
  const files = new Map(migrations.map((migration) => [migration.fileName, migration]))
  for (const line of list.split(/\r?\n/).filter(Boolean)) {
    const [, checksum, fileName = ''] = /^([0-9a-f]{64})\s+(\S+)$/.exec(line) ?? []
    if (!checksum) throw new MigrationError(`${checksumsFileName}: "${line}" is no checksum and file name`)
    const file = files.get(fileName)
    if (!file)
      throw new MigrationError(`${fileName} has landed (${checksumsFileName}) and is gone: restore it`)
    if (file.checksum !== checksum) {
      throw new MigrationError(
        `${fileName} is not the file that landed (${checksumsFileName}): restore it and put the change into a new migration`,
      )
    }
  }
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
  return {
    version: Number(parts[1]),
    name: parts[2],
    fileName,
    sql,
    checksum,
    manner: mannerOf(fileName, sql),
    stopsOlder: /^-- older programs stop\b/m.test(sql),
  }
}

/** @throws MigrationError where a file asks for a manner that its statements do not bear */
const mannerOf = (fileName: string, sql: string): MigrationManner => {
  const [, asked] = /^-- (in steps|outside a transaction)\b/m.exec(sql) ?? []
  const statements = splitStatements(sql)
  if (asked === 'in steps') {
    if (statements.length !== 1 || !/^(with|update|delete|insert)\b/i.test(statements[0] ?? ''))
      throw new MigrationError(
        `${fileName}: what goes in steps is one statement that changes some rows and finds none at last`,
      )
    return 'steps'
  }
  if (asked === undefined) return 'whole'
  // Whatever ends half way is run again from the beginning.
  const wrong = statements.find(
    (each) =>
      !/^(create (unique )?index concurrently if not exists|drop index concurrently if exists)\b/i.test(each),
  )
  if (wrong)
    throw new MigrationError(
      `${fileName}: outside a transaction there may be "create index concurrently if not exists" and "drop index concurrently if exists" alone, not "${wrong.slice(0, 60)}"`,
    )
  return 'outside'
}

// Function bodies (dollar quoted) may well contain a line `end;`.
const withoutBodies = (sql: string) => sql.replace(/(\$[a-z_]*\$)[\s\S]*?\1/gi, "''")

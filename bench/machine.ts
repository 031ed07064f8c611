import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import type pg from 'pg'

export interface Machine {
  processor: string
  cores: number
  memoryGiB: number
  node: string
  postgres: string
  commit: string
  /** False with changes that are not committed. */
  clean: boolean
  measuredAt: string
  databaseSettings: Record<string, string>
}

const git = (root: string, ...args: string[]): string => {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/** What was measured on what. */
export const describeMachine = async (root: string, admin: pg.Pool): Promise<Machine> => {
  const { rows } = await admin.query<{ name: string; value: string }>(
    `select name, current_setting(name) as value from pg_settings
     where name in ('server_version', 'shared_buffers', 'fsync', 'synchronous_commit', 'full_page_writes', 'max_wal_size', 'wal_compression', 'jit')`,
  )
  const { server_version: postgres = '', ...databaseSettings } = Object.fromEntries(
    rows.map(({ name, value }) => [name, value]),
  )
  return {
    processor: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres,
    commit: git(root, 'rev-parse', '--short', 'HEAD'),
    clean: git(root, 'status', '--porcelain', '--', 'apps', 'packages', 'db', 'bench') === '',
    measuredAt: new Date().toISOString(),
    databaseSettings,
  }
}

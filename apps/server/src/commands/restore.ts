import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { createPool } from '../db/pool.ts'
import { acceptAuditHead } from '../features/ledger/audit/seal.service.ts'
import { openFileKeyProvider } from '../keys/key-provider.ts'

export const OWNER_WANTED =
  '没有设置 MIGRATOR_DATABASE_URL：此命令要以数据库所有者 jkb_migrator 连接。 MIGRATOR_DATABASE_URL is not set: this command connects as the owner of the database, jkb_migrator.'

/**
 * `jkb restore accept`: after an older backup was restored, lets the servers serve it. As owner, because it ends sessions
 * and moves every sequence on. The audit log goes on from the chain as it is, for this machine.
 */
export const acceptRestore = async (config: Config, args: string[]): Promise<string> => {
  const { values } = parseArgs({ args, options: { why: { type: 'string' } } })
  const why = values.why?.trim()
  if (!why) throw new Error('--why：请写明恢复了哪个备份、为什么。Say which backup was restored and why.')
  if (!config.migratorUrl) throw new Error(OWNER_WANTED)
  const keys = openFileKeyProvider(config.dataDirectory)
  const pool = createPool(config.migratorUrl, 1, 'jkb-restore')
  try {
    await pool.query('select accept_restored_database($1::text, $2::bigint)', [
      why,
      keys.databaseMemory().read()?.restoreNumber ?? null,
    ])
    const { before, now } = await acceptAuditHead(pool, keys, why)
    return [
      '已确认恢复的数据库：几秒内恢复服务，所有人需重新登录，查验设备需重新登记。',
      'The restored database is accepted: it is served within seconds, everybody signs in again, devices at doors are enrolled again.',
      `审计链 audit chain: ${before ?? '–'} → ${now ?? '–'}`,
    ].join('\n')
  } finally {
    await pool.end()
  }
}

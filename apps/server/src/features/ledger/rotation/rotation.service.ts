import { inTransaction, type Pool, type Queryable, type Transaction } from '../../../db/pool.ts'
import { type KeyKind, listKeyNames } from '../../../keys/key-fingerprints.ts'
import { KeyProblem } from '../../../keys/key-problem.ts'
import { nameOfKey } from '../../../keys/key-states.ts'
import { listDataKeyUses } from '../../../keys/key-uses.ts'
import {
  type Holder,
  listHolders,
  listKnownKeys,
  listSilentServers,
  lockKeys,
  retireKey,
} from '../../../keys/known-keys.queries.ts'
import { publishKey } from '../../../keys/known-keys.service.ts'
import { writeAudit } from '../audit/audit.service.ts'
import * as queries from './rotation.queries.ts'
import { SILENT_SECONDS } from './rotation-steps.ts'

const WHAT = { data: ['数据密钥', 'data key'], token_secret: ['令牌密钥', 'token secret'] } as const

const command = { kind: 'command' as const, id: 'keys' }

/**
 * Publishes another key and begins the exchange, which the jobs carry on.
 * @throws KeyProblem where one is under way, or programs run that know nothing of exchanges
 */
export const beginRotation = async (
  pool: Pool,
  dataDirectory: string,
  { kind, isLeaked }: { kind: queries.RotatedKind; isLeaked: boolean },
): Promise<number> => {
  const [zh, en] = WHAT[kind]
  if (await queries.isRunning(pool, kind))
    throw new KeyProblem(
      `${zh}正在更换中，未作改动。进度见 jkb keys status。`,
      `A ${en} is being exchanged already; nothing was changed. See jkb keys status.`,
    )
  const older = await listSilentServers(pool, SILENT_SECONDS)
  if (older.length > 0)
    throw new KeyProblem(
      `有 ${older.length} 个服务器仍运行旧版程序（${older.join('、')}），它们不认识密钥更换，未作改动。请先升级全部服务器。`,
      `${older.length} servers run an older program (${older.join(', ')}) that knows nothing of it; nothing was changed. Upgrade all servers first.`,
    )
  return publishKey(pool, dataDirectory, kind, async (tx, keyId) => {
    const rotationId = await queries.insertRotation(tx, { kind, keyId, isLeaked }, new Date())
    if (!rotationId) throw new Error('another exchange began at the same moment')
    await writeAudit(tx, {
      actor: command,
      action: 'key.rotation_begun',
      objectKind: 'key',
      objectId: nameOfKey(kind, keyId),
      details: { rotationId, ...(isLeaked ? { leaked: true } : {}) },
    })
  })
}

export interface RotationProgress {
  kind: queries.RotatedKind
  keyId: number
  state: 'published' | 'running' | 'ended'
  begunAt: Date
  takenUpAt: Date | undefined
  advancedAt: Date
  endedAt: Date | undefined
  rowsTotal: number
  rowsDone: number
  /** Values that are not known to be those of their rows, and were left as they are. */
  left: number
  secondsLeft: number | undefined
}

const secondsLeftOf = (row: queries.ProgressRow): number | undefined => {
  const [total, done] = [Number(row.rows_total), Number(row.rows_done)]
  if (!row.taken_up_at || row.ended_at || done === 0) return undefined
  const taken = (row.advanced_at.getTime() - row.taken_up_at.getTime()) / 1000
  return Math.ceil((taken / done) * (total - done))
}

const stateOf = (row: queries.ProgressRow): RotationProgress['state'] => {
  if (row.ended_at) return 'ended'
  return row.taken_up_at ? 'running' : 'published'
}

/** Exchanges under way, and the last ones that ended. */
export const listRotations = async (db: Queryable, limit = 5): Promise<RotationProgress[]> =>
  (await queries.listProgress(db, limit)).map((row) => ({
    kind: row.kind,
    keyId: row.key_id,
    state: stateOf(row),
    begunAt: row.begun_at,
    takenUpAt: row.taken_up_at ?? undefined,
    advancedAt: row.advanced_at,
    endedAt: row.ended_at ?? undefined,
    rowsTotal: Number(row.rows_total),
    rowsDone: Number(row.rows_done),
    left: Number(row.left_values),
    secondsLeft: secondsLeftOf(row),
  }))

/** The processes that run, and values that the exchange under way left. */
export const readRotationDetails = async (db: Queryable) => {
  const [running] = (await queries.listProgress(db, 5)).filter((row) => !row.ended_at && row.kind === 'data')
  return {
    holders: await listHolders(db, SILENT_SECONDS),
    left: running ? await queries.listLeft(db, running.rotation_id, 20) : [],
  }
}

const requireUsable = (known: Awaited<ReturnType<typeof listKnownKeys>>, keyId: number): void => {
  const keys = known.filter(({ kind }) => kind === 'data')
  const key = keys.find((each) => each.keyId === keyId)
  if (!key) throw new KeyProblem(`没有数据密钥 ${keyId}。`, `There is no data key ${keyId}.`)
  const newer = keys.some((each) => each.keyId > keyId && !each.awaitsWord && !each.isRetired)
  if (!newer)
    throw new KeyProblem(
      `数据密钥 ${keyId} 仍在使用，没有更新的密钥可替代。请先执行 jkb keys rotate data。`,
      `Data key ${keyId} is in use and no newer one takes its place. Run jkb keys rotate data first.`,
    )
}

const requireNobodyWrites = (holders: Holder[], keyId: number): void => {
  const writing = holders.filter(({ writesWith }) => writesWith.includes(nameOfKey('data', keyId)))
  if (writing.length === 0) return
  throw new KeyProblem(
    `${writing.length} 个进程仍用数据密钥 ${keyId} 加密，未作改动。请稍后再试；见 jkb keys status。`,
    `${writing.length} processes still encrypt with data key ${keyId}; nothing was changed. Try again in a moment; see jkb keys status.`,
  )
}

const requireUnused = async (tx: Transaction, keyId: number): Promise<number> => {
  const { uses, unread, columns } = await listDataKeyUses(tx, keyId)
  if (unread.length > 0)
    throw new KeyProblem(
      `无权读取 ${unread.join('、')}，不能证明密钥 ${keyId} 已无人使用，未作改动。`,
      `This role may not read ${unread.join(', ')}, so it is not proven that nothing is encrypted with key ${keyId}; nothing was changed.`,
    )
  if (uses.length > 0) {
    const list = uses.map(({ field, values }) => `${field} ${values}`).join(', ')
    throw new KeyProblem(
      `仍有数据由密钥 ${keyId} 加密（${list}），未作改动。更换完成前不能停用；见 jkb keys status。`,
      `Values are still encrypted with data key ${keyId} (${list}); nothing was changed. It can be retired once the exchange is done; see jkb keys status.`,
    )
  }
  return columns
}

/**
 * Ends a data key, once it is proven that no value is encrypted with it: what claims to be is refused from then on. It stays
 * in the files for backups of before.
 * @throws KeyProblem with why not
 */
export const retireDataKey = async (pool: Pool, keyId: number): Promise<{ columns: number }> =>
  inTransaction(pool, async (tx) => {
    await lockKeys(tx)
    requireUsable(await listKnownKeys(tx), keyId)
    requireNobodyWrites(await listHolders(tx, SILENT_SECONDS), keyId)
    const columns = await requireUnused(tx, keyId)
    await retireKey(tx, 'data', keyId, new Date())
    await writeAudit(tx, {
      actor: command,
      action: 'key.retired',
      objectKind: 'key',
      objectId: nameOfKey('data', keyId),
      details: { columns },
    })
    return { columns }
  })

/** Every data key and token secret, as somebody who exchanges them wants to know of it. */
export const describeKnownKeys = async (
  db: Queryable,
): Promise<{ name: string; kind: KeyKind; state: string }[]> => {
  const known = await listKnownKeys(db)
  const inUse = (kind: KeyKind) =>
    known.filter((key) => key.kind === kind && !key.awaitsWord && !key.isRetired).at(-1)?.keyId
  return known
    .filter(({ kind }) => kind === 'data' || kind === 'token_secret')
    .map((key) => {
      const { kind, keyId, awaitsWord, isRetired } = key
      const name = listKeyNames([key])
      if (isRetired) return { name, kind, state: '已停用 retired' }
      if (awaitsWord) return { name, kind, state: '已公布 published' }
      return { name, kind, state: inUse(kind) === keyId ? '使用中 in use' : '只读 for reading only' }
    })
}

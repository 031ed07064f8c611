import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Pool } from '../db/pool.ts'
import {
  beginRotation,
  describeKnownKeys,
  listRotations,
  type RotationProgress,
  readRotationDetails,
  retireDataKey,
} from '../features/ledger/rotation/rotation.service.ts'
import { requireKeySet } from '../keys/key-set.ts'
import {
  exportKeySet,
  importKeySet,
  openKeys,
  replaceKnownSigningKeys,
  rotateKnownAuditKey,
  rotateKnownSigningKey,
} from '../keys/known-keys.service.ts'
import type { SealingRequest } from '../keys/sealing.ts'
import { sealFiles, unsealFiles } from '../keys/secret-files.ts'
import { verifyFields } from '../keys/verify-fields.ts'
import { unwrapKeys, wrapKeys } from '../keys/wrapped-keys.ts'
import type { Answer } from './audit.ts'

// Shown nowhere: what is typed must not stay on a screen, in a history or in the list of processes.
const askPassphrase = async (question: string): Promise<string> => {
  if (!process.stdin.isTTY)
    throw new Error(
      '没有终端可输入口令，请用 --passphrase-file。There is no terminal to ask for the passphrase: use --passphrase-file.',
    )
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(question)
  const answer = await lines.question('')
  lines.close()
  process.stderr.write('\n')
  return answer
}

const readPassphrase = async (file: string | undefined, isNew: boolean): Promise<string> => {
  if (file) return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  const passphrase = await askPassphrase('口令 Passphrase: ')
  if (isNew && (await askPassphrase('再输一次 Once more: ')) !== passphrase)
    throw new Error('两次输入不同。The two are not the same.')
  return passphrase
}

const readArguments = (args: string[]) =>
  parseArgs({
    args,
    options: {
      out: { type: 'string' },
      file: { type: 'string' },
      'passphrase-file': { type: 'string' },
      'delay-hours': { type: 'string', default: '24' },
      leaked: { type: 'boolean', default: false },
    },
  }).values

/** `jkb keys export`: all keys in one file, encrypted under a passphrase; never over a file that is there. */
export const exportKeys = async (config: Config, pool: Pool, args: string[]): Promise<string> => {
  const { out, 'passphrase-file': passphraseFile } = readArguments(args)
  if (!out) throw new Error('--out 请写明文件。--out takes the file to write.')
  const set = await exportKeySet(pool, config.dataDirectory)
  const passphrase = await readPassphrase(passphraseFile, true)
  const text = await wrapKeys(set, passphrase, { city: config.city.nameZh, now: new Date() })
  writeFileSync(out, text, { flag: 'wx', mode: 0o600, flush: true })
  return `密钥已导出到 ${out}。请把口令另行保管：没有口令无法使用此文件。 The keys are in ${out}. Keep the passphrase apart from it: the file is useless without it.`
}

/** `jkb keys import`: the keys of another machine of the same city; changes nothing where anything is wrong. */
export const importKeys = async (config: Config, pool: Pool, args: string[]): Promise<string> => {
  const { file, 'passphrase-file': passphraseFile } = readArguments(args)
  if (!file) throw new Error('--file 请写明文件。--file takes the file that jkb keys export made.')
  const content = readFileSync(file, 'utf8')
  const set = await unwrapKeys(content, await readPassphrase(passphraseFile, false))
  return (await importKeySet(pool, config.dataDirectory, set))
    ? `密钥已导入 ${config.dataDirectory}。 The keys are in ${config.dataDirectory}.`
    : '本机已有这些密钥，未作改动。 These keys are here already; nothing was changed.'
}

const toMoment = (at: Date | undefined): string =>
  at ? at.toISOString().slice(0, 16).replace('T', ' ') : '–'

const BAR = 30

const describeRotation = (each: RotationProgress): string[] => {
  const { kind, keyId, state, rowsTotal, rowsDone, left, secondsLeft } = each
  const filled = rowsTotal === 0 ? 0 : Math.floor((BAR * rowsDone) / rowsTotal)
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${rowsDone} / ${rowsTotal} 行 rows`
  const eta = secondsLeft === undefined ? '' : ` · 约剩 about ${Math.ceil(secondsLeft / 60)} min`
  const words = {
    published: '等待所有进程取得新密钥 waits until every process has the key',
    running: '进行中 under way',
    ended: `已完成 ended ${toMoment(each.endedAt)}`,
  }[state]
  return [
    `${kind} ${keyId}: ${words}（开始 begun ${toMoment(each.begunAt)} UTC, 进展 advanced ${toMoment(each.advancedAt)}）`,
    ...(kind === 'data' && state !== 'published' ? [`  ${bar}${eta}`] : []),
    ...(left > 0 ? [`  未改动 left as they are: ${left}（jkb keys verify）`] : []),
  ]
}

/** `jkb keys status`: which keys there are, who holds them, and how far their exchange is. */
export const showKeyStatus = async (pool: Pool): Promise<string> => {
  const keys = await describeKnownKeys(pool)
  const rotations = await listRotations(pool)
  const { holders, left } = await readRotationDetails(pool)
  const awaited = rotations.filter(({ state }) => state === 'published')
  const lacking = awaited.flatMap(({ kind, keyId }) =>
    holders
      .filter(({ held }) => !held.includes(`${kind} ${keyId}`))
      .map(({ serverId }) => `  缺少 lacks ${kind} ${keyId}: server ${serverId}（jkb keys export / import）`),
  )
  return [
    ...keys.map(({ name, state }) => `${name}: ${state}`),
    `运行中的进程 processes that run: ${holders.length}`,
    ...lacking,
    ...(rotations.length === 0 ? ['没有更换记录 no exchange yet'] : rotations.flatMap(describeRotation)),
    ...left.map(({ field, row, why }) => `  ${field} #${row} ${why}`),
  ].join('\n')
}

const BEGUN = (name: string) =>
  `${name} 已公布。所有进程取得后自动启用，由后台任务继续；其他机器请立即导入（jkb keys export / import）。进度：jkb keys status。 ${name} is published. It is taken up by itself as soon as every process has it, and the jobs go on from there; import it on the other machines now (jkb keys export / import). See jkb keys status.`

const rotateInUse = async (config: Config, pool: Pool, kind: string, isLeaked: boolean): Promise<string> => {
  if (kind === 'data') {
    const keyId = await beginRotation(pool, config.dataDirectory, { kind: 'data', isLeaked: false })
    return BEGUN(`数据密钥 data key ${keyId}`)
  }
  if (kind === 'token') {
    const keyId = await beginRotation(pool, config.dataDirectory, { kind: 'token_secret', isLeaked })
    return `${BEGUN(`令牌密钥 token secret ${keyId}`)} ${isLeaked ? '启用时旧令牌全部作废：市民手机自动续期，查验设备须重新登记。 Older tokens end at that moment: phones renew theirs by themselves, checkpoint devices are enrolled again.' : '旧令牌用到期满（30 天）。 Older tokens are good until they end (30 days).'}`
  }
  if (kind === 'index')
    throw new Error(
      '检索密钥暂不能更换。The key of the look-up indexes can not be exchanged yet (docs/runbooks/keys-leaked.md).',
    )
  throw new Error('jkb keys rotate [data|token]')
}

/** `jkb keys retire data N`: ends a data key with which nothing is encrypted any more. */
export const retireKeys = async (pool: Pool, [kind, id]: string[]): Promise<string> => {
  const keyId = Number(id)
  if (kind !== 'data' || !Number.isInteger(keyId)) throw new Error('jkb keys retire data N')
  const { columns } = await retireDataKey(pool, keyId)
  return `数据密钥 ${keyId} 已停用：已核对 ${columns} 个加密列，无一使用。密钥文件中仍保留，供恢复此前的备份。 Data key ${keyId} is retired: none of ${columns} encrypted columns uses it. It stays in the key file for backups of before.`
}

/** `jkb keys rotate`: publishes a signing key that takes over after the delay; at once, and alone, where the old ones leaked. */
export const rotateKeys = async (config: Config, pool: Pool, args: string[]): Promise<string> => {
  const [kind, ...rest] = args
  if (kind !== undefined && !kind.startsWith('-'))
    return rotateInUse(config, pool, kind, readArguments(rest).leaked)
  const { leaked, 'delay-hours': delay } = readArguments(args)
  if (leaked) {
    const keyId = await replaceKnownSigningKeys(pool, config.dataDirectory)
    return `密钥 ${keyId} 即刻启用，此前的签名密钥全部作废：已亮出的码刷新后才有效（一分钟内自动刷新），纸质码与检测报告须重新打印。请立即在其他机器导入（导入前不再提供服务），并让每台离线查验设备联网一次。 Key ${keyId} signs from now on, and nothing that older ones signed is believed: codes on screens are good again once the phone has made them anew, within a minute; paper codes and result sheets have to be printed again. Import it on the other machines now (they are not ready until then), and bring every offline checkpoint online once.`
  }
  const hours = Number(delay)
  if (!(hours >= 0)) throw new Error('--delay-hours takes a number of hours.')
  const keyId = await rotateKnownSigningKey(pool, config.dataDirectory, hours * 3600_000)
  return `密钥 ${keyId} 已公布，${hours} 小时后启用；其他机器请在此之前导入（jkb keys export / import）。 Key ${keyId} is published and takes over in ${hours} hours; import it on the other machines until then (jkb keys export / import).`
}

const LISTED = 100

const KEY_FILES = ['keys.json', 'audit-keys.json']

const toProgram = (text: string): string[] => text.split(' ').filter(Boolean)

const readSealingRequest = (args: string[]): SealingRequest => {
  const { values } = parseArgs({
    args,
    options: {
      pkcs11: { type: 'string' },
      token: { type: 'string' },
      key: { type: 'string' },
      environment: { type: 'string' },
      wrap: { type: 'string' },
      unwrap: { type: 'string' },
    },
  })
  const { pkcs11: module, token, key, environment: variable, wrap, unwrap } = values
  if (module && token && key) return { provider: 'pkcs11', module, token, key }
  if (variable) return { provider: 'environment', variable }
  if (wrap && unwrap) return { provider: 'command', wrap: toProgram(wrap), unwrap: toProgram(unwrap) }
  throw new Error(
    'jkb keys seal --pkcs11 MODULE --token LABEL --key LABEL | --environment VARIABLE | --wrap PROGRAM --unwrap PROGRAM',
  )
}

/** `jkb keys seal`: the files of keys are encrypted from now on, under a key that a token, a KMS or the environment keeps. */
export const sealKeyFiles = (config: Config, args: string[]): string => {
  const request = readSealingRequest(args)
  requireKeySet(config.dataDirectory)
  sealFiles(config.dataDirectory, KEY_FILES, request)
  return `密钥文件已加密（${request.provider}）。每台机器、每个进程启动时都需能取得该密钥；请保留 jkb keys export 的副本。 The key files are sealed (${request.provider}). Every machine needs that key whenever a process starts; keep a copy made with jkb keys export.`
}

/** `jkb keys unseal`: back to files that their owner can read. */
export const unsealKeyFiles = (config: Config): string => {
  requireKeySet(config.dataDirectory)
  unsealFiles(config.dataDirectory, KEY_FILES)
  return '密钥文件已恢复为明文（仅所有者可读）。 The key files are plain again, for their owner only.'
}

/** `jkb keys verify`: reads every encrypted value; exit code 1 where one is not the one written for its row. */
export const verifyKeys = async (config: Config, pool: Pool): Promise<Answer> => {
  const problems: string[] = []
  let count = 0
  const report = await verifyFields(pool, await openKeys(pool, config.dataDirectory), ({ field, row }) => {
    count += 1
    if (problems.length < LISTED) problems.push(`${field} #${row}`)
  })
  const lines = [
    `${count === 0 ? '全部可读 All readable' : `读不出 UNREADABLE: ${count}`}: ${report.values} encrypted values`,
    ...(report.unbound > 0
      ? [
          `其中 ${report.unbound} 个由 0.2.0 的密钥加密，尚未绑定到行。 ${report.unbound} of them were encrypted with keys of version 0.2.0 and are not bound to their rows yet.`,
        ]
      : []),
    ...(report.unread.length > 0 ? [`未能读取 not readable here: ${report.unread.join(', ')}`] : []),
    ...problems,
    ...(count > problems.length ? [`… ${count - problems.length} more`] : []),
  ]
  return { text: lines.join('\n'), exitCode: count === 0 ? 0 : 1 }
}

/** `jkb keys rotate-audit`: seals with another key from now on. */
export const rotateAuditKeys = async (config: Config, pool: Pool): Promise<string> => {
  const keyId = await rotateKnownAuditKey(pool, config.dataDirectory)
  return `审计密钥 Audit key ${keyId}；其他机器请立即导入（jkb keys export / import）。Import it on the other machines now (jkb keys export / import).`
}

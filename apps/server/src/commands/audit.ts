import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Pool } from '../db/pool.ts'
import type { AuditProblem } from '../features/ledger/audit/altered-entries.ts'
import { readPublishedHead, toPublishedHead } from '../features/ledger/audit/head.ts'
import { acceptAuditHead, findAuditHead, readKeptHead } from '../features/ledger/audit/seal.service.ts'
import { type VerificationReport, verifyAuditChain } from '../features/ledger/audit/verify.service.ts'
import { readNoted } from '../features/ledger/audit/witness.ts'
import { readPublishedAuditKeys } from '../keys/audit-keys.ts'
import type { KeyProvider } from '../keys/key-provider.ts'

/** What a command prints and with which exit code. */
export interface Answer {
  text: string
  exitCode: number
}

const PROGRESS_MS = 2_000

const words: Record<AuditProblem['kind'], string> = {
  entry_changed: '记录被修改 entry changed',
  entry_removed: '记录被删除 entry removed',
  entry_inserted: '记录被插入 entry inserted',
  entry_reordered: '记录被调换 entry moved to another place',
  entries_altered: '该批记录被改动，逐条摘要也不可信 entries altered, the leaves too',
  entries_removed: '该批记录被删除且无清除凭证 all entries removed without a certificate',
  certificate_forged: '清除凭证系伪造 forged purge certificate',
  seal_removed: '封条缺失 seal missing',
  seal_forged: '封条签名不符 seal not signed by a known key',
  chain_broken: '与前一封条不衔接 does not follow the seal before',
  head_missing: '链中没有所存的链首 the kept head is not in the chain',
  head_differs: '与所存的链首不同 another seal than the kept head',
  head_forged: '所存的链首签名不符 the kept head itself is not signed',
  entry_lost_unsealed: '封存前见过的记录不见了 entry seen here before its seal is gone',
  entry_changed_unsealed: '封存前见过的记录被修改 entry seen here before its seal is another',
  history_changed: '历史行被修改 row of history changed',
  history_removed: '历史行被删除 row of history removed',
  history_inserted: '历史行被插入 row of history inserted',
  history_seal_removed: '历史封条缺失 seal of history missing',
  history_seal_altered: '历史封条与审计记录所载不符 seal of history is not what the log was told',
  fact_changed: '内容与最后一次留痕不符 row is not what its last version says',
  fact_removed: '行被删除 row removed',
  fact_inserted: '行未留痕即出现 row without a version',
  fact_by_hand: '行被服务以外的数据库账号改动 row written by another role than the server',
  field_unreadable: '加密数据不是为该行写入的 encrypted value was not written for this row',
  colour_differs: '现时颜色与变更历史不符 colour is not the one its history ends with',
}

const toLine = ({ kind, sequence, auditId, object, rowId, by }: AuditProblem): string =>
  [
    words[kind],
    auditId ? `#${auditId}` : '',
    object ?? '',
    rowId ? `#${rowId}` : '',
    sequence ? `(seal ${sequence})` : '',
    by ? `(${by})` : '',
  ]
    .filter(Boolean)
    .join(' ')

const toText = (report: VerificationReport, seconds: number): string => {
  const rate = Math.round(report.entries / Math.max(seconds, 0.001))
  const counts = `${report.seals} seals, ${report.entries} entries (${report.purged} purged, ${report.unsealed} not yet sealed), ${report.rows} rows of history, ${report.fields} encrypted values, ${seconds.toFixed(1)} s, ${rate} entries/s`
  const unread = report.unread.length > 0 ? `\n未能读取 not readable here: ${report.unread.join(', ')}` : ''
  if (report.intact) return `完整 Intact: ${counts}${unread}`
  const more = report.problemCount - report.problems.length
  return [
    `已被改动 ALTERED: ${report.problemCount} problems; ${counts}`,
    ...report.problems.map(toLine),
    ...(more > 0 ? [`… ${more} more`] : []),
  ].join('\n')
}

const createProgress = () => {
  let last = Date.now()
  return ({ seals, entries, sealsTotal }: { seals: number; entries: number; sealsTotal: number }) => {
    if (Date.now() - last < PROGRESS_MS) return
    last = Date.now()
    process.stderr.write(`${seals}/${sealsTotal} seals, ${entries} entries\n`)
  }
}

/** `jkb audit verify`: exit code 1 as soon as one thing is wrong. Progress goes to the error output. */
export const verifyAudit = async (
  pool: Pool,
  openKeys: () => Promise<KeyProvider>,
  args: string[],
): Promise<Answer> => {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string', default: '1' },
      head: { type: 'string' },
      keys: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  if (!/^[1-9][0-9]{0,17}$/.test(values.from)) throw new Error('--from takes the number of a seal.')
  const startedAt = performance.now()
  const own = values.keys ? undefined : await openKeys()
  // Without a head of a witness, at least the one that this machine remembers.
  const head = values.head ? readPublishedHead(readFileSync(values.head, 'utf8')) : own && readKeptHead(own)
  const report = await verifyAuditChain({
    pool,
    keys: own?.auditKeys() ?? readPublishedAuditKeys(readFileSync(values.keys ?? '', 'utf8')),
    fromSequence: values.from,
    ...(head ? { head } : {}),
    ...(own ? { noted: readNoted(own.auditWitness()), fieldKeys: own } : {}),
    onProgress: createProgress(),
  })
  const seconds = (performance.now() - startedAt) / 1000
  const text = values.json ? JSON.stringify({ ...report, seconds }, null, 2) : toText(report, seconds)
  return { text, exitCode: report.intact ? 0 : 1 }
}

/** `jkb audit head`: the last seal as JSON, to the output or into a file. */
export const showAuditHead = async (pool: Pool, args: string[]): Promise<string> => {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } })
  const seal = await findAuditHead(pool)
  if (!seal) throw new Error('尚无封条。Nothing has been sealed yet.')
  const text = JSON.stringify(toPublishedHead(seal), null, 2)
  if (!values.out) return text
  writeFileSync(values.out, `${text}\n`, { flag: 'wx' })
  return values.out
}

/** `jkb audit accept-head --why TEXT`: sealing goes on from the chain as it is, and the log says who said so. */
export const acceptHead = async (pool: Pool, keys: KeyProvider, args: string[]): Promise<string> => {
  const { values } = parseArgs({ args, options: { why: { type: 'string' } } })
  if (!values.why?.trim()) throw new Error('--why 请写明原因。--why takes the reason; it goes into the log.')
  const { before, now } = await acceptAuditHead(pool, keys, values.why.trim())
  return `原链首 was seal ${before ?? '–'}, 现链首 is now seal ${now ?? '–'}`
}

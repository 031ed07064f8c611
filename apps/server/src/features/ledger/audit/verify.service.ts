import { createHash } from 'node:crypto'
import type { Pool, Transaction } from '../../../db/pool.ts'
import type { AuditKeys } from '../../../keys/audit-keys.ts'
import type { KeyProvider } from '../../../keys/key-provider.ts'
import { verifyFields } from '../../../keys/verify-fields.ts'
import { type AuditProblem, findAlteredEntries } from './altered-entries.ts'
import { type EntryText, FIRST_PREVIOUS_HASH, leafOf, sealHash, sealText } from './canonical.ts'
import type { AuditHead } from './head.ts'
import { createAcceptedVersions, createHistoryAnchors } from './history-anchors.ts'
import { createPurgeLedger } from './purge-ledger.ts'
import * as queries from './seal.queries.ts'
import { verifyHistory } from './verify-history.ts'
import { findWitnessedLosses, type NotedStreams, type WitnessedLoss } from './witness.ts'

const SEALS_PAGE = 200
const ENTRIES_PAGE = 2_000
/** Problems listed; all are counted. */
const LISTED = 100

export interface VerificationReport {
  /** False as soon as one problem was found. */
  intact: boolean
  seals: number
  entries: number
  /** Entries deleted by retention, proven by the signed certificate and the seals that stayed. */
  purged: number
  /** Entries after the last seal: not yet protected. */
  unsealed: number
  /** Changes of colours, results and findings that were compared with their seals. */
  rows: number
  /** Encrypted values that were read with the city's keys; none where those are not here. */
  fields: number
  /** What this role of the database may not read, and was not compared. */
  unread: string[]
  problemCount: number
  problems: AuditProblem[]
  lastSequence: string | undefined
}

type FieldKeys = Pick<KeyProvider, 'currentDataKey' | 'findDataKey' | 'blindIndexKey'>

interface VerifyOptions {
  pool: Pool
  keys: AuditKeys
  /** Keys of the encrypted columns: with them every value is held against its row. */
  fieldKeys?: FieldKeys | undefined
  /** First seal to look at, with everything before it taken for granted. */
  fromSequence?: string
  /** A head kept elsewhere: the chain must contain it. */
  head?: AuditHead
  /** What this machine saw of the youngest rows. */
  noted?: NotedStreams
  onProgress?: (progress: { seals: number; entries: number; sealsTotal: number }) => void | Promise<void>
}

/**
 * Goes over the chain and every entry in one snapshot, in bounded memory (one seal's leaves and a page of entries).
 * Finds entries changed, removed, reordered or inserted, seals changed, forged, removed or out of order, and a chain
 * that no longer contains `head`.
 */
export const verifyAuditChain = async ({
  pool,
  keys,
  fieldKeys,
  fromSequence = '1',
  head,
  noted = new Map(),
  onProgress = () => {},
}: VerifyOptions): Promise<VerificationReport> => {
  const client = await pool.connect()
  try {
    // Sealing and purging go on meanwhile; the verification sees one instant.
    await client.query('begin isolation level repeatable read read only')
    // As the triggers wrote what is compared.
    await client.query(`set local timezone to 'UTC'`)
    return await verifyIn(client as Transaction, { keys, fieldKeys, fromSequence, head, noted, onProgress })
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

/** The head itself, and the seal that ought to be it: also one before the first that is looked at. */
const checkHead = async (tx: Transaction, keys: AuditKeys, { seal }: AuditHead): Promise<AuditProblem[]> => {
  const { sequence } = seal
  const problems: AuditProblem[] = []
  if (!keys.isSigned(seal.keyId, sealText(seal), seal.signature))
    problems.push({ kind: 'head_forged', sequence })
  const found = await queries.findSeal(tx, sequence)
  if (!found) problems.push({ kind: 'head_missing', sequence })
  else if (!sealHash(found).equals(sealHash(seal))) problems.push({ kind: 'head_differs', sequence })
  return problems
}

const toProblem = ({ stream, id, isChanged }: WitnessedLoss): AuditProblem =>
  stream === 'audit'
    ? { kind: isChanged ? 'entry_changed_unsealed' : 'entry_lost_unsealed', auditId: id }
    : { kind: isChanged ? 'history_changed' : 'history_removed', object: stream, rowId: id }

interface Verified extends Required<Omit<VerifyOptions, 'pool' | 'head' | 'fieldKeys'>> {
  head: AuditHead | undefined
  fieldKeys: FieldKeys | undefined
}

const verifyIn = async (
  tx: Transaction,
  { keys, fieldKeys, fromSequence, head, noted, onProgress }: Verified,
): Promise<VerificationReport> => {
  const report: VerificationReport = {
    intact: true,
    seals: 0,
    entries: 0,
    purged: 0,
    unsealed: 0,
    rows: 0,
    fields: 0,
    unread: [],
    problemCount: 0,
    problems: [],
    lastSequence: undefined,
  }
  const add = (...problems: AuditProblem[]) => {
    report.problemCount += problems.length
    report.problems.push(...problems.slice(0, LISTED - report.problems.length))
  }
  const purges = createPurgeLedger(keys)
  const anchors = createHistoryAnchors()
  const accepted = createAcceptedVersions()
  const note = (entry: EntryText) => {
    for (const reader of [purges, anchors, accepted]) reader.note(entry)
  }
  const sealsTotal = await queries.countSeals(tx, fromSequence)
  if (head) add(...(await checkHead(tx, keys, head)))

  let before =
    BigInt(fromSequence) > 1n ? await queries.findSeal(tx, String(BigInt(fromSequence) - 1n)) : undefined
  let expected = BigInt(fromSequence)
  if (!before && expected > 1n) add({ kind: 'seal_removed', sequence: String(expected - 1n) })
  let beforeHash = before ? sealHash(before) : FIRST_PREVIOUS_HASH

  const checkSeal = (seal: queries.Seal) => {
    const { sequence } = seal
    for (let missing = expected; missing < BigInt(sequence) && missing < expected + 10n; missing += 1n)
      add({ kind: 'seal_removed', sequence: String(missing) })
    if (!keys.isSigned(seal.keyId, sealText(seal), seal.signature)) add({ kind: 'seal_forged', sequence })
    else if (!seal.previousHash.equals(beforeHash)) add({ kind: 'chain_broken', sequence })
    if (before && BigInt(seal.fromId) !== BigInt(before.toId) + 1n && BigInt(sequence) === expected)
      add({ kind: 'chain_broken', sequence })
  }

  const checkEntries = async (seal: queries.Seal) => {
    const hash = createHash('sha256')
    let count = 0
    // Ids between this seal and the one before belong to nobody: an entry there was put in.
    let afterId = before?.toId ?? String(BigInt(seal.fromId) - 1n)
    for (;;) {
      const page = await queries.listEntryTexts(tx, afterId, seal.toId, ENTRIES_PAGE)
      for (const entry of page) {
        note(entry)
        hash.update(leafOf(entry))
      }
      count += page.length
      report.entries += page.length
      afterId = page.at(-1)?.audit_id ?? afterId
      if (page.length < ENTRIES_PAGE) break
      await onProgress({ seals: report.seals, entries: report.entries, sealsTotal })
    }
    if (count === seal.entryCount && hash.digest().equals(seal.entriesHash)) return
    if (count === 0) purges.expect(seal)
    else add(...(await findAlteredEntries(tx, seal)))
  }

  for (;;) {
    const page = await queries.listSeals(tx, String(expected), SEALS_PAGE)
    for (const seal of page) {
      if (report.seals === 0 && fromSequence === '1')
        add(
          ...(
            await queries.listEntryTexts(tx, '-9223372036854775808', String(BigInt(seal.fromId) - 1n), LISTED)
          ).map(({ audit_id }) => ({
            kind: 'entry_inserted' as const,
            auditId: audit_id,
            sequence: seal.sequence,
          })),
        )
      checkSeal(seal)
      await checkEntries(seal)
      before = seal
      beforeHash = sealHash(seal)
      expected = BigInt(seal.sequence) + 1n
      report.seals += 1
      report.lastSequence = seal.sequence
      await onProgress({ seals: report.seals, entries: report.entries, sealsTotal })
    }
    if (page.length < SEALS_PAGE) break
  }
  for await (const entry of listUnsealed(tx, before?.toId ?? '0')) {
    note(entry)
    report.unsealed += 1
  }
  const { problems, purged } = purges.settle()
  add(...problems)
  report.purged = purged
  const { rows, unread } = await verifyHistory(tx, anchors, accepted.through(), add)
  Object.assign(report, { rows, unread })
  if (fieldKeys) {
    const { values } = await verifyFields(tx, fieldKeys, ({ field, row }) =>
      add({ kind: 'field_unreadable', object: field, rowId: row }),
    )
    report.fields = values
  }
  add(...(await findWitnessedLosses(tx, noted)).map(toProblem))
  report.intact = report.problemCount === 0
  return report
}

async function* listUnsealed(tx: Transaction, afterId: string) {
  for (let after = afterId; ; ) {
    const page = await queries.listEntryTexts(tx, after, '9223372036854775807', ENTRIES_PAGE)
    yield* page
    after = page.at(-1)?.audit_id ?? after
    if (page.length < ENTRIES_PAGE) return
  }
}

import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { AuditProblem } from './altered-entries.ts'
import { FIRST_PREVIOUS_HASH, LEAF_BYTES, sha256 } from './canonical.ts'
import type { HistoryAnchors } from './history-anchors.ts'
import * as queries from './history-seal.queries.ts'
import {
  type HistorySeal,
  historyLeaf,
  historySealHash,
  STREAM_NAMES,
  type StreamName,
} from './history-streams.ts'
import { VERSIONED } from './versioned-rows.ts'

const SEALS_PAGE = 20
const ROWS_PAGE = 2_000
const LISTED = 100

type Add = (...problems: AuditProblem[]) => void

const hex = (leaf: Buffer): string => leaf.subarray(8).toString('hex')
const idOf = (leaf: Buffer): string => String(leaf.readBigInt64BE())

/** The rows of one seal against its leaves, row by row. */
const compareRows = async (
  tx: Transaction,
  seal: HistorySeal,
  afterId: string,
  add: Add,
): Promise<number> => {
  const { stream, toId } = seal
  const sealed = new Map<string, string>()
  for (let at = 0; at < seal.leaves.length; at += LEAF_BYTES) {
    const leaf = seal.leaves.subarray(at, at + LEAF_BYTES)
    sealed.set(idOf(leaf), hex(leaf))
  }
  let count = 0
  for (let after = afterId; ; ) {
    const page = await queries.listHistoryRows(tx, stream, { afterId: after, throughId: toId }, ROWS_PAGE)
    for (const row of page) {
      const leaf = historyLeaf(stream, row)
      const rowId = idOf(leaf)
      const expected = sealed.get(rowId)
      sealed.delete(rowId)
      if (expected === undefined) add({ kind: 'history_inserted', object: stream, rowId })
      else if (expected !== hex(leaf)) add({ kind: 'history_changed', object: stream, rowId })
      after = rowId
    }
    count += page.length
    if (page.length < ROWS_PAGE) break
  }
  for (const rowId of sealed.keys()) add({ kind: 'history_removed', object: stream, rowId })
  return count
}

const verifyStream = async (
  tx: Transaction,
  stream: StreamName,
  anchors: HistoryAnchors,
  add: Add,
): Promise<number> => {
  let rows = 0
  let expected = 1n
  let before: HistorySeal | undefined
  let beforeHash: Buffer = FIRST_PREVIOUS_HASH
  for (;;) {
    const page = await queries.listHistorySeals(tx, stream, String(expected), SEALS_PAGE)
    for (const seal of page) {
      const { sequence } = seal
      const hash = historySealHash(seal)
      for (; expected < BigInt(sequence) && expected < BigInt(sequence) + 10n; expected += 1n)
        add({ kind: 'history_seal_removed', object: stream, sequence: String(expected) })
      const told = anchors.of(stream, sequence)
      const isTold = [...told].every((one) => one === hash.toString('hex'))
      if (!isTold || !seal.previousHash.equals(beforeHash))
        add({ kind: 'history_seal_altered', object: stream, sequence })
      rows += await compareRows(tx, seal, before?.toId ?? '-9223372036854775808', add)
      before = seal
      beforeHash = hash
      expected = BigInt(sequence) + 1n
    }
    if (page.length < SEALS_PAGE) break
  }
  for (let count = 0; expected <= BigInt(anchors.lastOf(stream)) && count < 10; expected += 1n, count += 1)
    add({ kind: 'history_seal_removed', object: stream, sequence: String(expected) })
  return rows
}

/** Every row of one kind against its last version. */
export const verifyRows = async (tx: Queryable, kind: string, add: Add): Promise<number> => {
  let rows = 0
  for (let after: string[] | undefined; ; ) {
    const page = await queries.listVersionedRows(tx, kind, after, ROWS_PAGE)
    for (const row of page) {
      if (!row.digest) {
        if (!row.is_untouched) add({ kind: 'fact_inserted', object: kind, rowId: row.row_id })
      } else if (!sha256(row.content).equals(row.digest))
        add({ kind: 'fact_changed', object: kind, rowId: row.row_id })
      after = row.place
    }
    rows += page.length
    if (page.length < ROWS_PAGE) break
  }
  for (const rowId of await queries.listLostRows(tx, kind, LISTED))
    add({ kind: 'fact_removed', object: kind, rowId })
  return rows
}

/**
 * Changes of colours, results and findings: every row against its seal, every seal against what the log was told of it,
 * every finding against its last version, every version against who wrote it.
 * @returns rows looked at, and what this role of the database may not read
 */
export const verifyHistory = async (
  tx: Transaction,
  anchors: HistoryAnchors,
  acceptedVersion: string,
  add: Add,
): Promise<{ rows: number; unread: string[] }> => {
  let rows = 0
  for (const stream of STREAM_NAMES) rows += await verifyStream(tx, stream, anchors, add)
  const readable = await queries.listReadableKinds(tx)
  for (const kind of readable) rows += await verifyRows(tx, kind, add)
  for (const version of await queries.listHandWritten(tx, acceptedVersion, LISTED))
    add({ kind: 'fact_by_hand', object: version.kind, rowId: version.row_id, by: version.written_by })
  for (const personId of await queries.listDifferingStatus(tx, LISTED))
    add({ kind: 'colour_differs', object: 'person', rowId: personId })
  return { rows, unread: Object.keys(VERSIONED).filter((kind) => !readable.includes(kind)) }
}

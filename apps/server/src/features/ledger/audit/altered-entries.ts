import type { Transaction } from '../../../db/pool.ts'
import { type EntryText, LEAF_BYTES, leafOf, sha256 } from './canonical.ts'
import * as queries from './seal.queries.ts'

/** What a verification found. `sequence` is the seal, `auditId` the entry where one can be named. */
export interface AuditProblem {
  kind:
    | 'entry_changed'
    | 'entry_removed'
    | 'entry_inserted'
    | 'entry_reordered'
    | 'entries_altered'
    | 'entries_removed'
    | 'certificate_forged'
    | 'seal_removed'
    | 'seal_forged'
    | 'chain_broken'
    | 'head_missing'
    | 'head_differs'
    | 'head_forged'
    | 'entry_lost_unsealed'
    | 'entry_changed_unsealed'
    | 'history_changed'
    | 'history_removed'
    | 'history_inserted'
    | 'history_seal_removed'
    | 'history_seal_altered'
    | 'fact_changed'
    | 'fact_removed'
    | 'fact_inserted'
    | 'fact_by_hand'
    | 'colour_differs'
    | 'field_unreadable'
  sequence?: string
  auditId?: string
  /** Table or kind of what is broken beside the log, and which row of it. */
  object?: string
  rowId?: string
  /** The role of the database that wrote it. */
  by?: string
}

const idOf = (leaf: Buffer): string => String(leaf.readBigInt64BE())

const splitLeaves = (leaves: Buffer): Map<string, Buffer> => {
  const byId = new Map<string, Buffer>()
  for (let at = 0; at + LEAF_BYTES <= leaves.length; at += LEAF_BYTES) {
    const leaf = leaves.subarray(at, at + LEAF_BYTES)
    byId.set(idOf(leaf), leaf)
  }
  return byId
}

/** Comparing every altered entry with every place is quadratic: beyond this they count as changed. */
const COMPARED = 50

/** True where the content of the entry is what stood at the given place when it was sealed. */
const isFrom = (entry: EntryText, place: Buffer): boolean =>
  leafOf({ ...entry, audit_id: idOf(place) }).equals(place)

/**
 * Which entries of a seal are not what was sealed. The leaves are believed only if they are the ones that were hashed;
 * otherwise the seal as a whole is named.
 */
export const findAlteredEntries = async (tx: Transaction, seal: queries.Seal): Promise<AuditProblem[]> => {
  const { sequence } = seal
  const leaves = await queries.findLeaves(tx, sequence)
  if (!leaves || !sha256(leaves).equals(seal.entriesHash)) return [{ kind: 'entries_altered', sequence }]
  const sealed = splitLeaves(leaves)
  const changed: EntryText[] = []
  const inserted: EntryText[] = []
  const missing = new Set(sealed.keys())
  const afterId = String(BigInt(seal.fromId) - 1n)
  for (const entry of await queries.listEntryTexts(tx, afterId, seal.toId, seal.entryCount + 1_000)) {
    const leaf = sealed.get(entry.audit_id)
    missing.delete(entry.audit_id)
    if (!leaf) inserted.push(entry)
    else if (!leafOf(entry).equals(leaf)) changed.push(entry)
  }
  const places = [...changed.map((entry) => entry.audit_id), ...missing]
    .slice(0, COMPARED)
    .flatMap((id) => sealed.get(id) ?? [])
  const isMoved = (entry: EntryText) =>
    places.some((place) => idOf(place) !== entry.audit_id && isFrom(entry, place))
  const toProblem = (entry: EntryText, otherwise: 'entry_changed' | 'entry_inserted'): AuditProblem => ({
    kind: isMoved(entry) ? 'entry_reordered' : otherwise,
    sequence,
    auditId: entry.audit_id,
  })
  return [
    ...changed.map((entry) => toProblem(entry, 'entry_changed')),
    ...inserted.map((entry) => toProblem(entry, 'entry_inserted')),
    ...[...missing].map((auditId): AuditProblem => ({ kind: 'entry_removed', sequence, auditId })),
  ]
}

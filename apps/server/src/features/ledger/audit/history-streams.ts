import { LEAF_BYTES, sha256 } from './canonical.ts'

/** Rows that are only added, and sealed in the order of their ids. */
export type StreamName = 'status_changes' | 'test_results' | 'row_versions'

interface Stream {
  id: string
  sequenceName: string
  /** What is sealed of a row, each as text that depends on no setting of the session. What may change later is not here. */
  fields: readonly string[]
}

export const STREAMS: Record<StreamName, Stream> = {
  status_changes: {
    id: 'change_id',
    sequenceName: 'status_changes_change_id_seq',
    fields: [
      'change_id::text',
      'person_id::text',
      'extract(epoch from changed_at)::text',
      'from_colour::text',
      'to_colour::text',
      'reasons::text',
      'cause',
      'ruleset_id',
    ],
  },
  test_results: {
    id: 'test_id',
    sequenceName: 'test_results_test_id_seq',
    fields: [
      'test_id::text',
      'person_id::text',
      'extract(epoch from sampled_at)::text',
      'extract(epoch from reported_at)::text',
      'result',
      'kind',
      'source',
    ],
  },
  row_versions: {
    id: 'version_id',
    sequenceName: 'row_versions_version_id_seq',
    fields: [
      'version_id::text',
      'kind',
      'row_id',
      'extract(epoch from written_at)::text',
      'written_by',
      `encode(digest, 'hex')`,
    ],
  },
}

export const STREAM_NAMES = Object.keys(STREAMS) as StreamName[]

/** A row as its sealed fields in order, the first of which is its id. */
export interface HistoryRow {
  fields: (string | null)[]
}

/** Its id (8 bytes, big endian) and the SHA-256 of its text: a JSON array that begins with format and stream. */
export const historyLeaf = (stream: StreamName, { fields }: HistoryRow): Buffer => {
  const leaf = Buffer.allocUnsafe(LEAF_BYTES)
  leaf.writeBigInt64BE(BigInt(fields[0] ?? '0'))
  sha256(JSON.stringify(['jkb-history/1', stream, ...fields])).copy(leaf, 8)
  return leaf
}

export interface HistorySeal {
  stream: StreamName
  sequence: string
  fromId: string
  toId: string
  rowCount: number
  leaves: Buffer
  previousHash: Buffer
  sealedAt: Date
}

/** Hash of a seal of history: the next one carries it, and the audit log is told of it. */
export const historySealHash = (seal: HistorySeal): Buffer =>
  sha256(
    JSON.stringify([
      'jkb-history-seal/1',
      seal.stream,
      seal.sequence,
      seal.fromId,
      seal.toId,
      String(seal.rowCount),
      sha256(seal.leaves).toString('hex'),
      seal.previousHash.toString('hex'),
      seal.sealedAt.toISOString(),
    ]),
  )

import type { Queryable } from '../../../db/pool.ts'
import type { AuditWitness, WitnessedStream } from '../../../keys/audit-witness.ts'
import type { Parts } from '../../../parts.ts'
import { LEAF_BYTES, leafOf } from './canonical.ts'
import { findLastHistorySeal } from './history-seal.queries.ts'
import { historyLeaf, type StreamName } from './history-streams.ts'
import { findLastSeal } from './seal.queries.ts'
import * as queries from './witness.queries.ts'

const WITNESSED: readonly WitnessedStream[] = ['audit', 'status_changes', 'row_versions']
/** Rows noted in one look, and kept in all: beyond this the seals come soon enough or an upgrade is being sealed. */
const LOOK = 5_000
const KEPT = 20_000
/** Ids without a row that are asked for again: whoever holds one has not committed yet, or has rolled back. */
const GAPS = 1_000

export type Noted = ReadonlyMap<string, string>
export type NotedStreams = ReadonlyMap<WitnessedStream, Noted>

const idOf = (leaf: Buffer): string => String(leaf.readBigInt64BE())
const hashOf = (leaf: Buffer): string => leaf.subarray(8, LEAF_BYTES).toString('hex')

const toHashes = (leaves: Buffer[]): Noted => new Map(leaves.map((leaf) => [idOf(leaf), hashOf(leaf)]))

const isWitnessed = (stream: StreamName | 'audit'): stream is WitnessedStream =>
  (WITNESSED as readonly string[]).includes(stream)

/** Something that was seen before its seal is gone or another: nothing more of it is sealed until somebody looks. */
export class WitnessDiffers extends Error {
  constructor(stream: WitnessedStream, id: string) {
    super(
      `${stream} ${id} was seen here before it was sealed and is gone or changed now: nothing more is sealed until somebody looks (docs/operations.md, The audit log and its witness).`,
    )
  }
}

/** @throws WitnessDiffers where a row of the range that was seen is not among the leaves as it was */
export const requireWitnessed = (
  witness: Pick<AuditWitness, 'noted'>,
  stream: StreamName | 'audit',
  leaves: Buffer[],
  range: { afterId: string; throughId: string },
): void => {
  if (!isWitnessed(stream)) return
  const there = toHashes(leaves)
  for (const [id, hash] of witness.noted(stream)) {
    if (BigInt(id) <= BigInt(range.afterId) || BigInt(id) > BigInt(range.throughId)) continue
    if (there.get(id) !== hash) throw new WitnessDiffers(stream, id)
  }
}

/** What this machine has seen: to be read before the snapshot that is held against it. */
export const readNoted = (witness: AuditWitness): NotedStreams =>
  new Map(WITNESSED.map((stream) => [stream, witness.noted(stream)]))

const readLeaves = async (db: Queryable, stream: WitnessedStream, ids: string[]): Promise<Buffer[]> =>
  stream === 'audit'
    ? (await queries.listEntriesOf(db, ids)).map(leafOf)
    : (await queries.listHistoryOf(db, stream, ids)).map((row) => historyLeaf(stream, row))

export interface WitnessedLoss {
  stream: WitnessedStream
  id: string
  /** Still there, but another. */
  isChanged: boolean
}

/** Rows that were seen and are gone or another now. */
export const findWitnessedLosses = async (db: Queryable, noted: NotedStreams): Promise<WitnessedLoss[]> => {
  const losses: WitnessedLoss[] = []
  for (const [stream, hashes] of noted) {
    const there = toHashes(await readLeaves(db, stream, [...hashes.keys()]))
    for (const [id, hash] of hashes)
      if (there.get(id) !== hash) losses.push({ stream, id, isChanged: there.has(id) })
  }
  return losses
}

const lastSealedId = async (db: Queryable, stream: WitnessedStream): Promise<string> =>
  (stream === 'audit' ? await findLastSeal(db) : await findLastHistorySeal(db, stream))?.toId ?? '0'

const listGaps = (sealedId: string, noted: Noted): string[] => {
  const ids = [...noted.keys()].map(BigInt).sort((a, b) => (a < b ? -1 : 1))
  const gaps: string[] = []
  let expected = BigInt(sealedId) + 1n
  for (const id of ids) {
    for (; expected < id && gaps.length < GAPS; expected += 1n) gaps.push(String(expected))
    expected = id + 1n
  }
  return gaps
}

/** Forgets what a seal covers by now, of another machine perhaps, unless something is missing of it. */
const forgetSealed = async (
  db: Queryable,
  witness: AuditWitness,
  stream: WitnessedStream,
  sealedId: string,
): Promise<void> => {
  const sealed = new Map([...witness.noted(stream)].filter(([id]) => BigInt(id) <= BigInt(sealedId)))
  if (sealed.size === 0) return
  const [loss] = await findWitnessedLosses(db, new Map([[stream, sealed]]))
  if (loss) throw new WitnessDiffers(stream, loss.id)
  witness.forget(stream, sealedId)
}

/**
 * Looks at what was written since the last look and keeps its hashes outside the database. Not held up by open
 * transactions, as seals are.
 * @throws WitnessDiffers
 */
export const witnessYoungest = async ({ pool, keys }: Pick<Parts, 'pool' | 'keys'>): Promise<void> => {
  const witness = keys.auditWitness()
  for (const stream of WITNESSED) {
    const sealedId = await lastSealedId(pool, stream)
    await forgetSealed(pool, witness, stream, sealedId)
    const noted = witness.noted(stream)
    if (noted.size >= KEPT) continue
    const highest = [...noted.keys()].reduce((a, id) => (BigInt(id) > a ? BigInt(id) : a), BigInt(sealedId))
    const young = await queries.listYoungIds(pool, stream, String(highest), listGaps(sealedId, noted), LOOK)
    if (young.length > 0) witness.note(stream, toHashes(await readLeaves(pool, stream, young)))
  }
}

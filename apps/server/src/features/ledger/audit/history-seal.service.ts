import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import type { AuditWitness } from '../../../keys/audit-witness.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from './audit.service.ts'
import { FIRST_PREVIOUS_HASH } from './canonical.ts'
import * as queries from './history-seal.queries.ts'
import {
  type HistorySeal,
  historyLeaf,
  historySealHash,
  STREAM_NAMES,
  type StreamName,
} from './history-streams.ts'
import { requireWitnessed } from './witness.ts'

/** Rows of one seal at most, and seals of one stream in one round: a city that upgrades has years to seal. */
const SEAL_ROWS = 10_000
const SEALS_A_ROUND = 20

export type HistoryLimit = Record<StreamName, string>

/** Ids handed out so far: to be read before the transaction id of the limit is taken. */
export const readHistoryLimit = (db: Queryable): Promise<HistoryLimit> => queries.readLastIds(db)

const writeSeal = async (
  tx: Transaction,
  witness: AuditWitness,
  stream: StreamName,
  throughId: string,
  now: Date,
): Promise<HistorySeal | undefined> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('jiankangbao history seals'))`)
  const last = await queries.findLastHistorySeal(tx, stream)
  const afterId = last?.toId ?? '0'
  if (BigInt(afterId) >= BigInt(throughId)) return undefined
  const rows = await queries.listHistoryRows(tx, stream, { afterId, throughId }, SEAL_ROWS)
  const leaves = rows.map((row) => historyLeaf(stream, row))
  const toId = rows.length < SEAL_ROWS ? throughId : (rows.at(-1)?.fields[0] ?? throughId)
  requireWitnessed(witness, stream, leaves, { afterId, throughId: toId })
  if (rows.length === 0) return undefined
  const seal: HistorySeal = {
    stream,
    sequence: String(BigInt(last?.sequence ?? '0') + 1n),
    fromId: String(BigInt(afterId) + 1n),
    toId,
    rowCount: rows.length,
    leaves: Buffer.concat(leaves),
    previousHash: last ? historySealHash(last) : FIRST_PREVIOUS_HASH,
    sealedAt: now,
  }
  await queries.insertHistorySeal(tx, seal)
  await writeAudit(tx, {
    actor: { kind: 'system' },
    action: 'history.sealed',
    objectKind: 'history_seal',
    objectId: `${stream}:${seal.sequence}`,
    details: {
      stream,
      sequence: seal.sequence,
      hash: historySealHash(seal).toString('hex'),
      rows: rows.length,
    },
  })
  return seal
}

/**
 * Seals history up to the limit, whose transactions are over. Each seal is told to the audit log in its transaction, so
 * that the signed chain of the log covers it.
 * @returns how many seals
 * @throws WitnessDiffers
 */
export const sealHistoryThrough = async (
  { pool, clock, keys }: Pick<Parts, 'pool' | 'clock' | 'keys'>,
  limit: HistoryLimit,
): Promise<number> => {
  let told = 0
  const witness = keys.auditWitness()
  for (const stream of STREAM_NAMES)
    for (let count = 0; count < SEALS_A_ROUND; count += 1) {
      const seal = await inTransaction(pool, (tx) => writeSeal(tx, witness, stream, limit[stream], clock()))
      if (!seal) break
      told += 1
      if (stream !== 'test_results') witness.forget(stream, seal.toId)
    }
  return told
}

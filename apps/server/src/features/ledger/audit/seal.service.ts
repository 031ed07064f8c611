import { createHash } from 'node:crypto'
import { inTransaction, type Pool, type Transaction } from '../../../db/pool.ts'
import type { KeyProvider } from '../../../keys/key-provider.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from './audit.service.ts'
import {
  FIRST_PREVIOUS_HASH,
  leafOf,
  type PurgeCertificate,
  purgeText,
  sealHash,
  sealText,
} from './canonical.ts'
import { type AuditHead, readPublishedHead, toPublishedHead } from './head.ts'
import { type HistoryLimit, readHistoryLimit, sealHistoryThrough } from './history-seal.service.ts'
import * as queries from './seal.queries.ts'
import { findWitnessedLosses, readNoted, requireWitnessed } from './witness.ts'

/** Entries of one seal at most: 400 kB of leaves, and what a verification has to look at to name an entry. */
const SEAL_ENTRIES = 10_000
const PAGE = 2_000
const PURGE_SEALS = 100
/** Named in the log when somebody accepts that they are gone; all are counted. */
const LOST = 100

// Ids are handed out before commit, so the highest visible id says nothing about lower ones. In this order:
// 1. read the last id handed out; 2. take a transaction id: whoever holds an id up to there has an older one (the
// trigger `audit_entries_transaction_id` sees to it); 3. wait until all older transactions are over. From then on the
// set of entries up to that id is final. Nothing is kept in between: a sealer that dies begins again.

/** Ids up to `throughId` are final once every transaction older than `transactionId` is over. */
export interface SealingLimit {
  throughId: string
  transactionId: string
  history: HistoryLimit
}

export const markSealingLimit = async (pool: Pool): Promise<SealingLimit> => {
  const throughId = await queries.readLastAuditId(pool)
  const history = await readHistoryLimit(pool)
  return { throughId, history, transactionId: await queries.takeTransactionId(pool) }
}

const readBatch = async (tx: Transaction, afterId: string, throughId: string) => {
  const leaves: Buffer[] = []
  let lastId = afterId
  while (leaves.length < SEAL_ENTRIES) {
    const page = await queries.listEntryTexts(tx, lastId, throughId, PAGE)
    for (const entry of page) leaves.push(leafOf(entry))
    lastId = page.at(-1)?.audit_id ?? lastId
    if (page.length < PAGE) return { leaves, toId: throughId }
  }
  return { leaves, toId: lastId }
}

/** The chain lacks what this machine sealed: its end was cut off or written anew, or an older backup restored. */
export class AuditHeadLost extends Error {
  constructor(sequence: string) {
    super(
      `The audit log no longer holds seal ${sequence} as it was sealed here: nothing more is sealed until somebody looks (docs/operations.md, The audit log and its witness).`,
    )
  }
}

/** The head that this machine remembers. */
export const readKeptHead = (keys: Pick<KeyProvider, 'auditMemory'>): AuditHead | undefined => {
  const text = keys.auditMemory().read()
  return text === undefined ? undefined : readPublishedHead(text)
}

const requireKept = async (tx: Transaction, kept: AuditHead | undefined): Promise<void> => {
  if (!kept) return
  const { sequence } = kept.seal
  const found = await queries.findSeal(tx, sequence)
  if (!found || !sealHash(found).equals(sealHash(kept.seal))) throw new AuditHeadLost(sequence)
}

const keepHead = (keys: KeyProvider, seal: queries.Seal): void => {
  const kept = readKeptHead(keys)
  // Another process of the machine may have been faster.
  if (kept && BigInt(kept.seal.sequence) >= BigInt(seal.sequence)) return
  keys.auditMemory().write(JSON.stringify(toPublishedHead(seal)))
}

const sealBatch = async (
  pool: Pool,
  provider: KeyProvider,
  now: Date,
  throughId: string,
): Promise<number> => {
  const seal = await inTransaction(pool, (tx) => writeSeal(tx, provider, now, throughId))
  if (seal) {
    keepHead(provider, seal)
    provider.auditWitness().forget('audit', seal.toId)
  }
  return seal?.entryCount ?? 0
}

const writeSeal = async (
  tx: Transaction,
  provider: KeyProvider,
  now: Date,
  throughId: string,
): Promise<queries.Seal | undefined> => {
  const keys = provider.auditKeys()
  await queries.lockSeals(tx)
  await requireKept(tx, readKeptHead(provider))
  const last = await queries.findLastSeal(tx)
  const afterId = last?.toId ?? '0'
  if (BigInt(afterId) >= BigInt(throughId)) return undefined
  const { leaves, toId } = await readBatch(tx, afterId, throughId)
  requireWitnessed(provider.auditWitness(), 'audit', leaves, { afterId, throughId: toId })
  if (leaves.length === 0) return undefined
  const bytes = Buffer.concat(leaves)
  const body = {
    sequence: String(BigInt(last?.sequence ?? '0') + 1n),
    fromId: String(BigInt(afterId) + 1n),
    toId,
    entryCount: leaves.length,
    entriesHash: createHash('sha256').update(bytes).digest(),
    previousHash: last ? sealHash(last) : FIRST_PREVIOUS_HASH,
    sealedAt: now,
    keyId: keys.currentKeyId(),
  }
  const seal = { ...body, signature: keys.sign(body.keyId, sealText(body)) }
  await queries.insertSeal(tx, seal, bytes)
  return seal
}

/**
 * Seals history up to the limit. What it tells the log is an entry: seal through a later limit afterwards.
 * @returns how many seals, or undefined while an older transaction is still running
 * @throws WitnessDiffers
 */
export const sealHistory = async (
  parts: Pick<Parts, 'pool' | 'clock' | 'keys'>,
  limit: SealingLimit,
): Promise<number | undefined> =>
  (await queries.isOldest(parts.pool, limit.transactionId))
    ? sealHistoryThrough(parts, limit.history)
    : undefined

/**
 * Seals every entry up to the limit, in batches; any number of processes may call this at once.
 * @returns entries sealed now, or undefined while an older transaction is still running
 * @throws AuditHeadLost
 */
export const sealThrough = async (
  { pool, clock, keys }: Pick<Parts, 'pool' | 'clock' | 'keys'>,
  limit: SealingLimit,
): Promise<number | undefined> => {
  if (!(await queries.isOldest(pool, limit.transactionId))) return undefined
  let sealed = 0
  for (;;) {
    const entries = await sealBatch(pool, keys, clock(), limit.throughId)
    if (entries === 0) return sealed
    sealed += entries
  }
}

/** Entries waiting for a seal, counted up to 100,000. */
export const readSealBacklog = (pool: Pool): Promise<queries.Backlog> => queries.readBacklog(pool, 100_000)

const purgeSome = (
  { pool, clock, keys, config }: Pick<Parts, 'pool' | 'clock' | 'keys' | 'config'>,
  before: Date,
): Promise<boolean> =>
  inTransaction(pool, async (tx) => {
    const purged = await queries.purgeSealedEntries(tx, before, PURGE_SEALS)
    if (!purged) return false
    const [seal] = await queries.listSeals(tx, purged.last_sequence, 1)
    if (!seal) throw new Error('purged a seal that is not there')
    const auditKeys = keys.auditKeys()
    const certificate: PurgeCertificate = {
      lastSequence: purged.last_sequence,
      lastSealHash: sealHash(seal).toString('hex'),
      removed: purged.removed,
      purgedAt: clock().toISOString(),
      keyId: auditKeys.currentKeyId(),
    }
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: 'audit.purged',
      objectKind: 'audit_seal',
      objectId: purged.last_sequence,
      details: {
        ...certificate,
        firstSequence: purged.first_sequence,
        lastId: purged.last_id,
        days: config.retentionDays.audit,
        signature: auditKeys.sign(certificate.keyId, purgeText(certificate)).toString('base64url'),
      },
    })
    return true
  })

/**
 * Deletes entries beyond the retention, whole seals only; the seals stay, so that the chain still verifies, and a
 * signed certificate is written into the log itself.
 */
export const purgeAuditEntries = async (
  parts: Pick<Parts, 'pool' | 'clock' | 'keys' | 'config'>,
): Promise<void> => {
  const before = new Date(parts.clock().getTime() - parts.config.retentionDays.audit * 86_400_000)
  while (await purgeSome(parts, before));
}

/** The last seal; the chain must contain it for ever. */
export const findAuditHead = (pool: Pool): Promise<queries.Seal | undefined> => queries.findLastSeal(pool)

/**
 * Takes the chain as it is now for what this machine remembers, after somebody found out why it was another: a restored
 * backup. Written into the log. @returns the sequences before and now
 */
export const acceptAuditHead = async (
  pool: Pool,
  keys: Pick<KeyProvider, 'auditMemory' | 'auditWitness'>,
  purpose: string,
): Promise<{ before: string | undefined; now: string | undefined }> => {
  const kept = readKeptHead(keys)
  const seal = await queries.findLastSeal(pool)
  const found = { before: kept?.seal.sequence, now: seal?.sequence }
  const witness = keys.auditWitness()
  const losses = await findWitnessedLosses(pool, readNoted(witness))
  const { row_versions: versionId } = await readHistoryLimit(pool)
  await inTransaction(pool, (tx) =>
    writeAudit(tx, {
      actor: { kind: 'command' },
      action: 'audit.head_accepted',
      objectKind: 'audit_seal',
      purpose,
      details: {
        ...found,
        versionId,
        ...(kept ? { hashBefore: sealHash(kept.seal).toString('hex') } : {}),
        ...(losses.length > 0
          ? {
              lost: losses.slice(0, LOST).map(({ stream, id }) => `${stream} ${id}`),
              lostCount: losses.length,
            }
          : {}),
      },
    }),
  )
  keys.auditMemory().write(seal && JSON.stringify(toPublishedHead(seal)))
  for (const { stream } of losses) witness.forget(stream, '9223372036854775807')
  return found
}

/** Says that findings written by another role than the server's so far are known: the demonstration, a migration. */
export const acceptHistory = async (tx: Transaction, purpose: string): Promise<void> => {
  const { row_versions: versionId } = await readHistoryLimit(tx)
  await writeAudit(tx, {
    actor: { kind: 'command' },
    action: 'history.accepted',
    objectKind: 'history_seal',
    purpose,
    details: { versionId },
  })
}

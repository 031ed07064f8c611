import { toWorkplaceKey } from '@jiankangbao/domain/identity/workplace'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { DEVICE_TOKEN_SECONDS } from '../../../http/tokens.ts'
import {
  ENCRYPTED_FIELDS,
  type EncryptedColumn,
  type EncryptedField,
} from '../../../keys/encrypted-fields.ts'
import { readHead } from '../../../keys/field-encryption.ts'
import { nameOfKey } from '../../../keys/key-states.ts'
import { type Holder, listHolders, lockKeys, retireKey, takeUpKey } from '../../../keys/known-keys.queries.ts'
import { readKeyStates } from '../../../keys/known-keys.service.ts'
import {
  countStaleRows,
  listEncryptedTables,
  listStaleRows,
  type RewrittenRow,
  renew,
  rewriteRows,
  type StaleRow,
  type StaleValue,
} from '../../../keys/rewrite-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../audit/audit.service.ts'
import { proveRows, type RowProof } from '../audit/row-proof.ts'
import { raiseIncident } from '../incident/incident.ts'
import * as queries from './rotation.queries.ts'

// An exchange of a key: published → every process holds it: taken up → (data) all old values written anew, round after round
// until one finds nothing → ended. Each step is one transaction: killed at any moment, the next process goes on from there.

/** Rows of one statement. */
const BATCH = 200
/** A process that has said nothing for so long has no connection to the database, and writes nothing. */
export const SILENT_SECONDS = 60
/** Before values that were left are looked at once more. */
const LEFT_AGAIN_MS = 15 * 60_000
/** Tokens end by themselves; a clock may be a little late. */
const TOKENS_END_MS = (DEVICE_TOKEN_SECONDS + 3_600) * 1_000

export type RotatingParts = Pick<Parts, 'pool' | 'keys' | 'encryption' | 'clock' | 'config'>

/** What a step says to the loop that runs it: more at once, the same after a full batch, or nothing to do now. */
export type Step = 'again' | 'batch' | 'later'

const isForAll = (holders: Holder[], of: 'held' | 'writesWith', name: string): boolean =>
  holders.length > 0 && holders.every((holder) => holder[of].includes(name))

const auditOf = (rotation: queries.RotationRow, action: string, details: Record<string, unknown> = {}) => ({
  actor: { kind: 'system' as const, id: 'key_rotations' },
  action,
  objectKind: 'key',
  objectId: nameOfKey(rotation.kind, rotation.key_id),
  details: { rotationId: rotation.rotation_id, ...details },
})

/** Every older token secret ends. */
const retireTokens = async (tx: Transaction, keyId: number, now: Date): Promise<void> => {
  for (let older = 0; older < keyId; older += 1) await retireKey(tx, 'token_secret', older, now)
}

const takeUp = async (tx: Transaction, rotation: queries.RotationRow, now: Date): Promise<Step> => {
  const { kind, key_id: keyId } = rotation
  // Whoever starts now waits for this transaction, and is among the holders or sees the key in use.
  await lockKeys(tx)
  if (!isForAll(await listHolders(tx, SILENT_SECONDS), 'held', nameOfKey(kind, keyId))) return 'later'
  await takeUpKey(tx, kind, keyId, now)
  await queries.setTakenUp(tx, rotation.rotation_id, now)
  if (kind === 'token_secret' && rotation.is_leaked) await retireTokens(tx, keyId, now)
  await writeAudit(tx, auditOf(rotation, 'key.taken_up'))
  return 'again'
}

const end = async (tx: Transaction, rotation: queries.RotationRow, now: Date): Promise<Step> => {
  await queries.setEnded(tx, rotation.rotation_id, now)
  await writeAudit(tx, auditOf(rotation, 'key.rotation_ended', { rounds: rotation.rounds }))
  return 'later'
}

const advanceToken = async (tx: Transaction, rotation: queries.RotationRow, now: Date): Promise<Step> => {
  if (!rotation.taken_up_at) return takeUp(tx, rotation, now)
  const endsAt = rotation.taken_up_at.getTime() + TOKENS_END_MS
  if (!rotation.is_leaked && now.getTime() < endsAt) return 'later'
  await retireTokens(tx, rotation.key_id, now)
  return end(tx, rotation, now)
}

/** Whether a value is known to be the one that was written for its row; what it says, and why it is not. */
const judge = (
  parts: RotatingParts,
  stale: StaleValue,
  proof: RowProof | undefined,
): { after: Buffer } | queries.LeftWhy => {
  const renewed = renew(parts.encryption, stale)
  if (!renewed) return 'unreadable'
  if (proof?.isIntact === false) return 'altered'
  const { as }: EncryptedColumn = ENCRYPTED_FIELDS[stale.field]
  if (as === 'findings.workplace') {
    const index = parts.encryption.blindIndex('workplace', toWorkplaceKey(renewed.plain))
    if (index.toString('hex') !== stale.place.row) return 'altered'
  }
  // Not for its row alone: then only its versions tell whose it is.
  if (readHead(stale.value)?.isBound === false && proof?.isByHand) return 'by_hand'
  return { after: renewed.after }
}

const judgeRows = async (tx: Transaction, parts: RotatingParts, table: string, rows: StaleRow[]) => {
  const proofs = await proveRows(
    tx,
    table,
    rows.map(({ position }) => position),
  )
  const rewritten: RewrittenRow[] = []
  const left: queries.LeftValue[] = []
  for (const { position, values } of rows) {
    const renewed = new Map<EncryptedField, { before: Buffer; after: Buffer }>()
    // A row without a version where every one has its own is none that the server wrote.
    const proof = proofs && (proofs.get(position.join(':')) ?? { isIntact: false, isByHand: true })
    for (const stale of values) {
      const judged = judge(parts, stale, proof)
      if (typeof judged === 'string') left.push({ field: stale.field, row: stale.place.row, why: judged })
      else renewed.set(stale.field, { before: stale.value, after: judged.after })
    }
    // Half a row written anew would have a version that vouches for the other half.
    const isWhole = renewed.size === values.length
    rewritten.push({ position, values: isWhole || !proofs ? renewed : new Map() })
  }
  return { rewritten, left }
}

const tellLeft = async (tx: Transaction, { config }: RotatingParts, left: queries.LeftValue[], now: Date) => {
  const byField = new Map(left.map((value) => [value.field, value]))
  for (const { field, row } of byField.values())
    await raiseIncident(tx, {
      kind: 'field_unreadable',
      subject: `field:${field}`,
      divisionCode: config.city.divisionCode,
      details: { field, row },
      at: now,
    })
}

const rewriteNext = async (
  tx: Transaction,
  parts: RotatingParts,
  rotation: queries.RotationRow,
  { table_name: table, position }: queries.TableRow,
): Promise<Step> => {
  // As the triggers wrote what is compared.
  await tx.query(`set local timezone to 'UTC'`)
  const rows = await listStaleRows(tx, table, rotation.key_id, position, BATCH)
  const { rewritten, left } = await judgeRows(tx, parts, table, rows)
  const now = parts.clock()
  const written = await rewriteRows(tx, table, rewritten)
  await queries.insertLeft(tx, rotation.rotation_id, left, now)
  await tellLeft(tx, parts, left, now)
  await queries.advance(
    tx,
    {
      rotationId: rotation.rotation_id,
      table,
      position: rows.at(-1)?.position,
      isThrough: rows.length < BATCH,
      counted: rotation.rounds === 0 ? written : 0,
      found: rows.length,
    },
    now,
  )
  return rows.length < BATCH ? 'again' : 'batch'
}

/** What is to be done is counted once, table by table. */
const countNext = async (tx: Transaction, rotation: queries.RotationRow): Promise<boolean> => {
  for (const table of listEncryptedTables()) {
    if (await queries.hasTable(tx, rotation.rotation_id, table)) continue
    const total = await countStaleRows(tx, table, rotation.key_id)
    await queries.insertTable(tx, rotation.rotation_id, table, total)
    return true
  }
  return false
}

const endRound = async (tx: Transaction, rotation: queries.RotationRow, now: Date): Promise<Step> => {
  // Gone over once more from the beginning, nothing was left under another key: that is the proof.
  if (rotation.found === 0 && rotation.rounds > 0) return end(tx, rotation, now)
  const [left] = await queries.listLeft(tx, rotation.rotation_id, 1)
  if (left && now.getTime() - rotation.advanced_at.getTime() < LEFT_AGAIN_MS) return 'later'
  await queries.beginRound(tx, rotation.rotation_id, now)
  return 'again'
}

const advanceData = async (
  tx: Transaction,
  parts: RotatingParts,
  rotation: queries.RotationRow,
): Promise<Step> => {
  const now = parts.clock()
  if (!rotation.taken_up_at) return takeUp(tx, rotation, now)
  parts.keys.heed(await readKeyStates(tx))
  const name = nameOfKey('data', rotation.key_id)
  // Begun before everybody writes with the new key, the last round might miss what is written with the old one.
  if (!isForAll(await listHolders(tx, SILENT_SECONDS), 'writesWith', name)) return 'later'
  if (parts.keys.currentDataKey().dataKeyId !== rotation.key_id) return 'later'
  if (await countNext(tx, rotation)) return 'again'
  const table = await queries.findNextTable(tx, rotation.rotation_id)
  if (!table) return endRound(tx, rotation, now)
  return rewriteNext(tx, parts, rotation, table)
}

/** One step of every exchange under way that nobody else is at. */
export const advanceRotations = async (parts: RotatingParts): Promise<Step> => {
  const steps = [
    await inTransaction(parts.pool, async (tx): Promise<Step> => {
      const rotation = await queries.lockRunning(tx, 'token_secret')
      return rotation ? advanceToken(tx, rotation, parts.clock()) : 'later'
    }),
    await inTransaction(parts.pool, async (tx): Promise<Step> => {
      const rotation = await queries.lockRunning(tx, 'data')
      return rotation ? advanceData(tx, parts, rotation) : 'later'
    }),
  ]
  return steps.find((step) => step !== 'later') ?? 'later'
}

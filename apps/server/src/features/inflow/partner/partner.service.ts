import { createHash, randomBytes } from 'node:crypto'
import { inTransaction, isUniqueViolation, type Pool, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { PartnerCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './partner.queries.ts'

const KEY = /^jkbp_[A-Za-z0-9_-]{43}$/
/** How long a batch is remembered, so that a repeat gets the first answer. */
const REMEMBER_MS = 30 * 24 * 3600_000

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** A partner and its key, which is told this once. */
export const insertPartner = async (
  tx: Transaction,
  { name, kind, now }: { name: string; kind: PartnerCaller['partnerKind']; now: Date },
): Promise<{ partnerId: string; key: string }> => {
  const key = `jkbp_${randomBytes(32).toString('base64url')}`
  const partnerId = await queries.insertPartner(tx, { name, kind, keyHash: hashOf(key), createdAt: now })
  await writeAudit(tx, {
    actor: { kind: 'command' },
    action: 'partner.created',
    objectKind: 'partner',
    objectId: partnerId,
    details: { kind },
  })
  return { partnerId, key }
}

/** Makes a partner. The key is returned once and kept as a hash. @throws Error where the name is taken. */
export const addPartner = (
  pool: Pool,
  partner: { name: string; kind: PartnerCaller['partnerKind']; now: Date },
): Promise<{ partnerId: string; key: string }> =>
  inTransaction(pool, (tx) => insertPartner(tx, partner)).catch((error: unknown) => {
    if (isUniqueViolation(error, 'partners_name_key'))
      throw new Error(`已有同名单位 "${partner.name}" exists already.`)
    throw error
  })

/** Ends a partner's key at once. @throws Error where there is none in force. */
export const revokePartner = async (pool: Pool, name: string, now: Date): Promise<void> =>
  inTransaction(pool, async (tx) => {
    const partnerId = await queries.revokePartner(tx, name, now)
    if (!partnerId) throw new Error(`没有该单位 There is no partner "${name}" with a key in force.`)
    await writeAudit(tx, {
      actor: { kind: 'command' },
      action: 'partner.revoked',
      objectKind: 'partner',
      objectId: partnerId,
    })
  })

/** Forgets batches nobody will repeat any more. */
export const purgePartnerBatches = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> =>
  queries.purgeBatches(pool, new Date(clock().getTime() - REMEMBER_MS))

export const createPartnerService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  /** The partner of a key in force. */
  findPartner: async (key: string): Promise<PartnerCaller | undefined> => {
    const row = KEY.test(key) ? await queries.findPartnerByKey(pool, hashOf(key)) : undefined
    return (
      row && {
        kind: 'partner',
        partnerId: row.partner_id,
        name: row.name,
        partnerKind: row.kind,
        pushesPerMinute: row.pushes_per_minute,
      }
    )
  },

  /**
   * Takes a batch in one transaction with its audit entry, once: a repeat of the same content gets the first answer.
   * What `take` throws leaves nothing behind, and the batch may be sent again.
   * @throws AppError TOO_MANY_REQUESTS, REQUEST_ID_REUSED (other content under the same id).
   */
  takeBatch: async <Answer extends object>(
    caller: PartnerCaller,
    body: { batchId: string },
    action: string,
    take: (tx: Transaction) => Promise<Answer>,
  ): Promise<Answer> => {
    await takeFromLimit(pool, `partner:${caller.partnerId}`, caller.pushesPerMinute, 60)
    const bodyHash = hashOf(JSON.stringify(body))
    const { partnerId } = caller
    const { batchId } = body
    return inTransaction(pool, async (tx) => {
      if (!(await queries.openBatch(tx, { partnerId, batchId, bodyHash, receivedAt: clock() }))) {
        const first = await queries.findBatch(tx, partnerId, batchId)
        if (!first?.body_hash.equals(bodyHash)) throw new AppError('REQUEST_ID_REUSED')
        return first.answer as Answer
      }
      const answer = await take(tx)
      await queries.closeBatch(tx, partnerId, batchId, answer)
      await writeAudit(tx, {
        actor: caller,
        action,
        objectKind: 'partner_batch',
        objectId: batchId,
        details: answer as Record<string, unknown>,
      })
      return answer
    })
  },
})

export type PartnerService = ReturnType<typeof createPartnerService>

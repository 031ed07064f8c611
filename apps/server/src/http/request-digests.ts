import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool, Queryable } from '../db/pool.ts'
import { purgeInBatches } from '../db/purge-in-batches.ts'
import type { FieldEncryption } from '../keys/field-encryption.ts'
import type { Parts } from '../parts.ts'
import { AppError } from './app-error.ts'
import type { Caller } from './caller.ts'

// A request id means one request:  claimed → kept, or given back where it was refused (a form is mended and sent again). The same id
// with other content is 409, whatever the operation. Rooms still find their first answer by the id. Scans, checks and swabs compare
// their own content in their one statement, and partners' pushes keep the digest of their whole body; both stay as they are.

interface Claim {
  caller: string
  operation: string
  requestId: string
  digest: Buffer
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request was the first to claim. */
    claim: Claim | undefined
  }
}

/** Keys in order, so that the same content in another order is the same. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, canonical(part)]),
  )
}

const callerOf = (caller: Caller): string | undefined => {
  if (caller.kind === 'citizen') return `citizen:${caller.accountId}`
  return caller.kind === 'operator' ? `operator:${caller.operatorId}` : undefined
}

const claimOf = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  request: FastifyRequest,
): Claim | undefined => {
  const { operation } = request.routeOptions.config
  const body = request.body as { requestId?: unknown } | undefined
  // A path or a method that is nobody's has no caller.
  if (!operation || typeof body?.requestId !== 'string') return undefined
  const caller = callerOf(request.caller)
  if (!caller) return undefined
  const { requestId, ...content } = body
  const text = JSON.stringify(canonical({ content, params: request.params, query: request.query }))
  const digest = encryption.blindIndex('request', text)
  return { caller, operation, requestId: requestId as string, digest }
}

/** @returns whether this request is the first one with its id, the same again, or another one */
const take = async (db: Queryable, claim: Claim, now: Date): Promise<'first' | 'same' | 'other'> => {
  const { caller, operation, requestId, digest } = claim
  const { rows } = await db.query<{ is_first: boolean; is_same: boolean }>(
    `with made as (
       insert into request_digests (caller, operation, request_id, digest, made_at)
       values ($1::text, $2::text, $3::uuid, $4::bytea, $5::timestamptz) on conflict do nothing returning 1
     )
     select exists (select from made) as is_first, coalesce((select d.digest = $4::bytea from request_digests d
       where d.caller = $1::text and d.operation = $2::text and d.request_id = $3::uuid), true) as is_same`,
    [caller, operation, requestId, digest, now],
  )
  if (rows[0]?.is_first) return 'first'
  return rows[0]?.is_same ? 'same' : 'other'
}

const giveBack = async (db: Queryable, { caller, operation, requestId }: Claim): Promise<void> => {
  await db.query(
    'delete from request_digests where caller = $1::text and operation = $2::text and request_id = $3::uuid',
    [caller, operation, requestId],
  )
}

/** Has every operation of a context refuse a request id that stood for something else. */
export const refuseReusedRequestIds = (
  context: FastifyInstance,
  { pool, clock, encryption }: Pick<Parts, 'pool' | 'clock' | 'encryption'>,
): void => {
  context.decorateRequest('claim', undefined)
  context.addHook('preHandler', async (request) => {
    const claim = claimOf(encryption, request)
    if (!claim) return
    const taken = await take(pool, claim, clock())
    if (taken === 'other') throw new AppError('REQUEST_ID_REUSED')
    if (taken === 'first') request.claim = claim
  })
  // Before the answer leaves: whoever mends a form and sends it again at once is not refused.
  context.addHook('onSend', async (request, reply) => {
    if (request.claim && reply.statusCode >= 400) await giveBack(pool, request.claim)
  })
}

const OLD = `delete from request_digests where (caller, operation, request_id) in (
  select caller, operation, request_id from request_digests where made_at < $1::timestamptz - interval '7 days' limit $2::int)`

export const purgeRequestDigests = async (pool: Pool, now: Date): Promise<void> => {
  await purgeInBatches(pool, OLD, now)
}

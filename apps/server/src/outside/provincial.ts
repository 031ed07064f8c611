import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { PROVINCIAL_CARD_TYPES } from '@jiankangbao/contracts/provincial/card-types'
import { isInstantMs } from '@jiankangbao/domain/bounds'
import { DOCUMENT_TYPES } from '@jiankangbao/domain/written/document-types'
import { callProvider } from './http-call.ts'
import { type ProviderPolicies, ProviderRefused } from './policies.ts'

export interface ProvincialPerson {
  name: string
  documentType: DocumentType
  documentNumber: string
}

export type ProvincialColour = 'green' | 'yellow' | 'red'

/** `identity_stale`: the province holds other identity data and wants it renewed before it says a colour. */
export type ProvincialAnswer =
  | { outcome: 'known'; colour: ProvincialColour; observedAt: Date }
  | { outcome: 'identity_stale' }
  | { outcome: 'not_found' }

export interface ProvincialPort {
  /** Asks for one person's colour. @throws ProviderUnavailable, also for an answer that makes no sense. */
  query(person: ProvincialPerson): Promise<ProvincialAnswer>
  /** Hands over a name and document that the identity authority has confirmed; a repeat does no harm. */
  updateIdentity(person: ProvincialPerson): Promise<void>
}

// The province's own colours; they stay in this file.
const colours: Record<string, ProvincialColour> = { '00': 'green', '01': 'yellow', '10': 'red' }

/** Our document type of the province's number; undefined where there is none. */
export const toDocumentType = (cardType: string): DocumentType | undefined =>
  DOCUMENT_TYPES.find((type) => PROVINCIAL_CARD_TYPES[type] === cardType)

/** The colour of the province's code; undefined where there is none. */
export const toProvincialColour = (code: string): ProvincialColour | undefined =>
  Object.hasOwn(colours, code) ? colours[code] : undefined

/** What is signed: method, path, time in milliseconds, nonce and SHA-256 of the body, by lines. HMAC-SHA-256, hex. */
const signatureOf = (secret: string, path: string, timestamp: string, nonce: string, body: string): string =>
  createHmac('sha256', secret)
    .update(['POST', path, timestamp, nonce, createHash('sha256').update(body).digest('hex')].join('\n'))
    .digest('hex')

interface ProvincialReply {
  code?: unknown
  requestId?: unknown
  data?: { codeColor?: unknown; updateTime?: unknown } | null
}

const SKEW_MS = 5 * 60_000
const PROVIDER = 'provincial'

const toAnswer = (reply: ProvincialReply, requestId: string, now: number): ProvincialAnswer => {
  if (reply.requestId !== requestId) throw new Error('answered somebody else')
  if (reply.code === '1001') return { outcome: 'not_found' }
  if (reply.code === '1002') return { outcome: 'identity_stale' }
  if (reply.code !== '0') throw new Error('answered with an unknown code')
  const colour =
    typeof reply.data?.codeColor === 'string' ? toProvincialColour(reply.data.codeColor) : undefined
  const observedAt = Number(reply.data?.updateTime)
  if (!colour || !isInstantMs(observedAt)) throw new Error('answered without a colour and its time')
  if (observedAt > now + SKEW_MS) throw new Error('answered from the future')
  return { outcome: 'known', colour, observedAt: new Date(Math.min(observedAt, now)) }
}

/**
 * The provincial health code over HTTP. Each request carries `x-app-id`, `x-timestamp`, `x-nonce` and `x-signature`;
 * each try is signed anew. `clock` judges whether an observation lies in the future.
 */
export const createProvincialPort = (
  policies: ProviderPolicies,
  { url, appId, secret, timeoutMs }: { url: string; appId: string; secret: string; timeoutMs: number },
  clock: () => Date = () => new Date(),
): ProvincialPort => {
  const post = async <T>(path: string, value: object, read: (reply: ProvincialReply) => T): Promise<T> => {
    const content = JSON.stringify(value)
    return callProvider(policies, {
      provider: PROVIDER,
      address: { url },
      path,
      timeoutMs,
      idempotent: true,
      request: () => {
        // The time of the wire, not of the evaluation: the province compares it with its own.
        const timestamp = String(Date.now())
        const nonce = randomUUID()
        return {
          body: content,
          headers: {
            'content-type': 'application/json',
            'x-app-id': appId,
            'x-timestamp': timestamp,
            'x-nonce': nonce,
            'x-signature': signatureOf(secret, path, timestamp, nonce, content),
          },
        }
      },
      read: ({ body }) => {
        if (typeof body !== 'object' || body === null) throw new Error('answered without a body')
        return read(body as ProvincialReply)
      },
    })
  }

  const cardOf = ({ name, documentType, documentNumber }: ProvincialPerson) => ({
    name,
    cardType: PROVINCIAL_CARD_TYPES[documentType],
    cardNo: documentNumber,
  })

  return {
    query: async (person) => {
      const requestId = randomUUID()
      return post('/provincial/health-codes/query', { requestId, ...cardOf(person) }, (reply) =>
        toAnswer(reply, requestId, clock().getTime()),
      )
    },
    updateIdentity: async (person) => {
      const requestId = randomUUID()
      await post('/provincial/identities', { requestId, ...cardOf(person) }, (reply) => {
        // About this one person: it says nothing of the province.
        if (reply.code !== '0') throw new ProviderRefused(200)
      })
    },
  }
}

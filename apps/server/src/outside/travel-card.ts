import { randomUUID } from 'node:crypto'
import { isInstantMs, isLine } from '@jiankangbao/domain/bounds'
import { bearerJson, callProvider, type ProviderAddress } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'

export interface TravelCard {
  /** Places of the last 14 days as given, newest first; `flagged` is the operators' mark and decides nothing here. */
  places: { name: string; flagged: boolean }[]
  asOf: Date
}

export interface TravelCardPort {
  /** The card of a phone (E.164), with its holder's consent to this one question. @throws ProviderUnavailable */
  query(question: { phone: string; consentedAt: Date }): Promise<TravelCard>
}

interface Reply {
  requestId?: unknown
  places?: unknown
  updateTime?: unknown
}

const MOST_PLACES = 60
const MOST_CHARACTERS = 60

const toPlace = (place: unknown): TravelCard['places'][number] | undefined => {
  const { name, flagged } = (place ?? {}) as { name?: unknown; flagged?: unknown }
  if (typeof name !== 'string' || name === '' || name.length > MOST_CHARACTERS || !isLine(name))
    return undefined
  return { name, flagged: flagged === true }
}

const readCard = (body: unknown, requestId: string): TravelCard => {
  const reply = (body ?? {}) as Reply
  const asOf = new Date(typeof reply.updateTime === 'string' ? reply.updateTime : Number.NaN)
  const places = Array.isArray(reply.places) ? reply.places.slice(0, MOST_PLACES).map(toPlace) : []
  const known = places.filter((place) => place !== undefined)
  const makesSense =
    reply.requestId === requestId &&
    Array.isArray(reply.places) &&
    known.length === places.length &&
    isInstantMs(asOf.getTime())
  if (!makesSense) throw new Error('answered without places and their time')
  return { places: known, asOf }
}

/** The travel card (行程卡) over HTTP: `POST /travel-card/queries` with a bearer token. Keeps nothing. */
export const createTravelCardPort = (
  policies: ProviderPolicies,
  { url, token, timeoutMs }: ProviderAddress & { timeoutMs: number },
): TravelCardPort => ({
  query: async ({ phone, consentedAt }) => {
    const requestId = randomUUID()
    return callProvider(policies, {
      provider: 'travel_card',
      address: { url },
      path: '/travel-card/queries',
      timeoutMs,
      idempotent: true,
      request: bearerJson(token, { requestId, phone, consentedAt: consentedAt.toISOString() }),
      read: ({ body }) => readCard(body, requestId),
    })
  },
})

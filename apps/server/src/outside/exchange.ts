import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { isInstantMs } from '@jiankangbao/domain/bounds'
import { type ExchangeFigures, readExchangeFigures } from '@jiankangbao/domain/ticket/exchange'
import { callProvider, type ProviderAnswer } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'

export interface ExchangeReading extends ExchangeFigures {
  measuredAt: Date
}

export interface ExchangePort {
  /** What the telephone exchange counts now. @throws ProviderUnavailable, also for an answer that is not signed or makes no sense */
  read(): Promise<ExchangeReading>
}

const PROVIDER = 'exchange'
const PATH = '/hotline/figures'
const MOST_BYTES = 8 * 1024

/** What both sides sign, by lines: HMAC-SHA-256 under the common secret, hex. */
export const exchangeSignature = (secret: string, ...lines: readonly string[]): string =>
  createHmac('sha256', secret).update(lines.join('\n')).digest('hex')

const isSame = (one: string, other: string): boolean => {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}

const readFigures = ({ body }: ProviderAnswer): ExchangeReading => {
  const told = (body ?? {}) as { measuredAt?: unknown }
  const measuredAt = new Date(typeof told.measuredAt === 'string' ? told.measuredAt : Number.NaN)
  const figures = readExchangeFigures(told)
  if (!figures || !isInstantMs(measuredAt.getTime()))
    throw new Error('answered without figures and their time')
  return { ...figures, measuredAt }
}

/**
 * The telephone exchange of the hotline, or the gateway before it: `GET /hotline/figures`. The request carries `x-app-id`,
 * `x-timestamp`, `x-nonce` and `x-signature` (of `GET`, path, timestamp, nonce); the answer `x-signature` of that nonce and of its body,
 * so that nobody on the way fills or empties the desk.
 */
export const createExchangePort = (
  policies: ProviderPolicies,
  { url, appId, secret, timeoutMs }: { url: string; appId: string; secret: string; timeoutMs: number },
): ExchangePort => ({
  read: () => {
    let nonce = ''
    return callProvider(policies, {
      provider: PROVIDER,
      address: { url },
      path: PATH,
      method: 'GET',
      timeoutMs,
      idempotent: true,
      maxAnswerBytes: MOST_BYTES,
      request: () => {
        // Of the wire: the other side compares it with its own clock.
        const timestamp = String(Date.now())
        nonce = randomUUID()
        return {
          headers: {
            'x-app-id': appId,
            'x-timestamp': timestamp,
            'x-nonce': nonce,
            'x-signature': exchangeSignature(secret, 'GET', PATH, timestamp, nonce),
          },
        }
      },
      read: (answer) => {
        if (!isSame(answer.signature ?? '', exchangeSignature(secret, nonce, answer.text)))
          throw new Error('answered without its signature')
        return readFigures(answer)
      },
    })
  },
})

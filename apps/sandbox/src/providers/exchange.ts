import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Behaviour,
  behaviourProperties,
  cutWhenDown,
  failOrWait,
  initialBehaviour,
} from '../behaviour.ts'
import { Problem } from '../problem.ts'
import { type Choice, createSteering, type Provider } from '../provider.ts'

type Load = 'quiet' | 'busy' | 'surge'
/** `old`: as of ten minutes ago; `unsigned`: somebody else answers; `wrong`: more answered than came. */
type Data = 'right' | 'old' | 'unsigned' | 'wrong'

interface ExchangeState extends Behaviour {
  load: Load
  data: Data
}

const loads: readonly Choice[] = [
  { value: 'quiet', label: { zh: '空闲', en: 'quiet' } },
  { value: 'busy', label: { zh: '繁忙', en: 'busy' } },
  { value: 'surge', label: { zh: '话务激增', en: 'surge' } },
]
const qualities: readonly Choice[] = [
  { value: 'right', label: { zh: '正确', en: 'right' } },
  { value: 'old', label: { zh: '十分钟前的', en: 'ten minutes old' } },
  { value: 'unsigned', label: { zh: '未签名', en: 'not signed' } },
  { value: 'wrong', label: { zh: '前后矛盾', en: 'contradicting itself' } },
]

const figuresOf: Record<Load, object> = {
  quiet: {
    ...{ waiting: 0, longestWaitSeconds: 0, agents: 12, ready: 9 },
    ...{ offered: 840, answered: 836, answeredInTime: 815, answerSeconds: 15 },
  },
  busy: {
    ...{ waiting: 4, longestWaitSeconds: 24, agents: 12, ready: 0 },
    ...{ offered: 2_310, answered: 2_190, answeredInTime: 1_940, answerSeconds: 15 },
  },
  surge: {
    ...{ waiting: 1_900, longestWaitSeconds: 1_260, agents: 75, ready: 0 },
    ...{ offered: 120_000, answered: 9_400, answeredInTime: 3_100, answerSeconds: 15 },
  },
}

const PATH = '/hotline/figures'
const SKEW_MS = 5 * 60_000
const OLD_MS = 10 * 60_000

const sign = (secret: string, ...lines: string[]): Buffer =>
  createHmac('sha256', secret).update(lines.join('\n')).digest()

/** The telephone exchange of the hotline: signed questions, signed answers. */
export function createExchangeProvider({
  appId,
  secret,
  stopping,
}: {
  appId: string
  secret: string
  stopping: AbortSignal
}): Provider {
  const steering = createSteering<ExchangeState>(
    { ...initialBehaviour, load: 'quiet', data: 'right' },
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...behaviourProperties,
        load: { type: 'string', enum: loads.map(({ value }) => value) },
        data: { type: 'string', enum: qualities.map(({ value }) => value) },
      },
    },
    [
      { kind: 'choice', field: 'load', label: { zh: '话务', en: 'Load' }, choices: loads },
      { kind: 'choice', field: 'data', label: { zh: '数据', en: 'Data' }, choices: qualities },
    ],
  )
  let read = 0
  let refused = 0

  const requireSignature = async (request: FastifyRequest): Promise<void> => {
    const header = (name: string) => String(request.headers[name] ?? '')
    const [timestamp, nonce] = [header('x-timestamp'), header('x-nonce')]
    const expected = sign(secret, 'GET', PATH, timestamp, nonce)
    const given = Buffer.from(header('x-signature'), 'hex')
    const fits =
      header('x-app-id') === appId &&
      nonce.length >= 16 &&
      Math.abs(Date.now() - Number(timestamp)) < SKEW_MS &&
      given.length === expected.length &&
      timingSafeEqual(given, expected)
    if (fits) return
    refused += 1
    throw new Problem(401, 'SIGNATURE_REFUSED', 'x-app-id, x-timestamp, x-nonce or x-signature does not fit')
  }

  function routes(app: FastifyInstance): void {
    app.get(
      PATH,
      {
        onRequest: [cutWhenDown(() => steering.current), requireSignature],
        preHandler: failOrWait(() => steering.current, stopping),
      },
      async (request, reply) => {
        const { load, data } = steering.current
        const measuredAt = new Date(Date.now() - (data === 'old' ? OLD_MS : 0)).toISOString()
        const text = JSON.stringify({
          measuredAt,
          ...figuresOf[load],
          ...(data === 'wrong' ? { answered: 9_000_000 } : {}),
        })
        const nonce = String(request.headers['x-nonce'] ?? '')
        if (data !== 'unsigned') reply.header('x-signature', sign(secret, nonce, text).toString('hex'))
        read += 1
        return reply.type('application/json').send(text)
      },
    )
  }

  return {
    name: 'exchange',
    title: { zh: '热线电话交换机', en: 'Telephone exchange' },
    purpose: {
      zh: '排队数、最长等待、坐席和当天接通（虚构）；请求与应答均签名。',
      en: 'Waiting calls, longest wait, agents, calls of the day (invented); asked and answered with a signature.',
    },
    endpoint: `GET ${PATH}`,
    steering,
    activity: () => ({ read, refused }),
    routes,
  }
}

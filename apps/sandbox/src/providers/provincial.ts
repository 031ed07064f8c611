import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
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

type Verdict = 'green' | 'yellow' | 'red' | 'identity_stale' | 'not_found'
/** `contradicting`: the worse and the better colour in turn, each as of now. */
type Data = 'right' | 'stale' | 'wrong' | 'contradicting'

interface ProvincialState extends Behaviour {
  verdict: Verdict
  data: Data
  /** Card number → verdict; wins over `verdict`. */
  byDocument: Record<string, Verdict>
}

interface Question {
  requestId: string
  name: string
  cardType: string
  cardNo: string
}

const verdicts: readonly Verdict[] = ['green', 'yellow', 'red', 'identity_stale', 'not_found']
const qualities: readonly Data[] = ['right', 'stale', 'wrong', 'contradicting']

const choices: readonly Choice[] = [
  { value: 'green', label: { zh: '绿', en: 'green' } },
  { value: 'yellow', label: { zh: '黄', en: 'yellow' } },
  { value: 'red', label: { zh: '红', en: 'red' } },
  { value: 'identity_stale', label: { zh: '身份信息需更新', en: 'identity stale' } },
  { value: 'not_found', label: { zh: '查无此人', en: 'not found' } },
]

const dataChoices: readonly Choice[] = [
  { value: 'right', label: { zh: '正确', en: 'right' } },
  { value: 'stale', label: { zh: '三天前的', en: 'three days old' } },
  { value: 'wrong', label: { zh: '错误的', en: 'senseless' } },
  { value: 'contradicting', label: { zh: '前后矛盾', en: 'contradicting itself' } },
]

const textOf = (most: number) => ({
  type: 'string',
  minLength: 1,
  maxLength: most,
  description: `a text of 1 to ${most} characters`,
})

const questionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['requestId', 'name', 'cardType', 'cardNo'],
  properties: { requestId: textOf(64), name: textOf(100), cardType: textOf(4), cardNo: textOf(40) },
}

const steeringSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...behaviourProperties,
    verdict: { type: 'string', enum: verdicts },
    data: { type: 'string', enum: qualities },
    byDocument: {
      type: 'object',
      maxProperties: 1000,
      propertyNames: { minLength: 1, maxLength: 40 },
      additionalProperties: { type: 'string', enum: verdicts },
      description: 'card numbers with their answers',
    },
  },
}

const colourCodes: Record<string, string> = { green: '00', yellow: '01', red: '10' }
const MINUTES_OF_SKEW = 5
const THREE_DAYS_MS = 3 * 24 * 3600_000

/** Hook for preValidation: refuses whoever did not sign, signed too long ago, or repeats a nonce. */
const requireSignature = (appId: string, secret: string) => {
  const nonces = new Set<string>()
  return async (request: FastifyRequest) => {
    const header = (name: string) => String(request.headers[name] ?? '')
    const [timestamp, nonce] = [header('x-timestamp'), header('x-nonce')]
    const refuse = (why: string) => new Problem(401, 'SIGNATURE_REFUSED', why)
    if (header('x-app-id') !== appId) throw refuse('x-app-id is not known')
    if (!(Math.abs(Date.now() - Number(timestamp)) < MINUTES_OF_SKEW * 60_000))
      throw refuse('x-timestamp is too far from now')
    if (nonce.length < 16 || nonces.has(nonce)) throw refuse('x-nonce was used before or is too short')
    const body = createHash('sha256').update(JSON.stringify(request.body)).digest('hex')
    const expected = createHmac('sha256', secret)
      .update(['POST', request.url, timestamp, nonce, body].join('\n'))
      .digest()
    const given = Buffer.from(header('x-signature'), 'hex')
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw refuse('x-signature does not fit')
    nonces.add(nonce)
    if (nonces.size > 100_000) nonces.delete(nonces.values().next().value ?? '')
  }
}

/** The provincial health code: signed questions, the province's own numbers, answers in its own shape. */
export function createProvincialProvider({
  appId,
  secret,
  stopping,
}: {
  appId: string
  secret: string
  stopping: AbortSignal
}): Provider {
  const steering = createSteering<ProvincialState>(
    { ...initialBehaviour, verdict: 'green', data: 'right', byDocument: {} },
    steeringSchema,
    [
      { kind: 'choice', field: 'verdict', label: { zh: '一般结果', en: 'Answer for everyone' }, choices },
      { kind: 'choice', field: 'data', label: { zh: '数据', en: 'Data' }, choices: dataChoices },
      {
        kind: 'rules',
        field: 'byDocument',
        label: { zh: '按证件号码', en: 'By document number' },
        keyLabel: { zh: '证件号码', en: 'Document number' },
        choices,
      },
    ],
  )
  const renewed = new Set<string>()
  let queries = 0
  let updates = 0

  const verdictOf = ({ cardNo }: Question): Verdict => {
    const { byDocument, verdict, data } = steering.current
    const rule = Object.entries(byDocument).find(([key]) => key.toUpperCase() === cardNo.toUpperCase())?.[1]
    const said = rule ?? verdict
    // Who renewed their identity is green until steered otherwise.
    if (said === 'identity_stale' && renewed.has(cardNo)) return 'green'
    if (data === 'contradicting') return queries % 2 === 0 ? 'green' : 'red'
    return said
  }

  const answer = (question: Question) => {
    const verdict = verdictOf(question)
    const { data } = steering.current
    const { requestId } = question
    if (data === 'wrong') return { code: '0', requestId, data: { codeColor: '77', updateTime: 'yesterday' } }
    if (verdict === 'not_found') return { code: '1001', requestId, message: '无记录' }
    if (verdict === 'identity_stale') return { code: '1002', requestId, message: '身份信息需更新' }
    const updateTime = Date.now() - (data === 'stale' ? THREE_DAYS_MS : 0)
    return { code: '0', requestId, data: { codeColor: colourCodes[verdict], updateTime } }
  }

  function routes(app: FastifyInstance): void {
    const options = {
      schema: { body: questionSchema },
      onRequest: cutWhenDown(() => steering.current),
      preValidation: requireSignature(appId, secret),
      preHandler: failOrWait(() => steering.current, stopping),
    }
    app.post<{ Body: Question }>('/provincial/health-codes/query', options, async ({ body }) => {
      queries += 1
      return answer(body)
    })
    app.post<{ Body: Question }>('/provincial/identities', options, async ({ body }) => {
      updates += 1
      renewed.add(body.cardNo)
      if (renewed.size > 100_000) renewed.clear()
      return { code: '0', requestId: body.requestId }
    })
  }

  return {
    name: 'provincial',
    title: { zh: '省健康码', en: 'Provincial health code' },
    purpose: {
      zh: '按人查询省码颜色；默认绿色。',
      en: 'Says a person’s provincial colour to signed questions; green unless steered.',
    },
    endpoint: 'POST /provincial/health-codes/query',
    steering: {
      ...steering,
      get current() {
        return steering.current
      },
      reset: () => {
        steering.reset()
        renewed.clear()
      },
    },
    activity: () => ({ queries, updates }),
    routes,
  }
}

import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { requireBearer } from '../bearer.ts'
import {
  type Behaviour,
  behaviourProperties,
  cutWhenDown,
  failOrWait,
  initialBehaviour,
} from '../behaviour.ts'
import { type Choice, createSteering, type Provider } from '../provider.ts'

type List = 'few' | 'more' | 'none' | 'wrong'

interface FeedState extends Behaviour {
  list: List
  /** Days since the list was made, as it says itself. */
  age: 'today' | 'last_week'
}

const choices: readonly Choice[] = [
  { value: 'few', label: { zh: '几个地区', en: 'a few areas' } },
  { value: 'more', label: { zh: '新增一个高风险地区', en: 'one more, high' } },
  { value: 'none', label: { zh: '没有', en: 'none' } },
  { value: 'wrong', label: { zh: '错误的', en: 'senseless' } },
]
const ages: readonly Choice[] = [
  { value: 'today', label: { zh: '今天', en: 'today' } },
  { value: 'last_week', label: { zh: '上周', en: 'last week' } },
]

const few = [
  {
    id: 'A-001',
    divisionCode: '411423',
    name: '宁陵县示例村（虚构）',
    level: 'medium',
    extent: 'part',
    validFrom: '2022-03-01T00:00:00+08:00',
  },
  {
    id: 'A-002',
    divisionCode: '220122',
    name: '农安县示例镇（虚构）',
    level: 'high',
    extent: 'part',
    validFrom: '2022-03-03T00:00:00+08:00',
  },
]
const lists: Record<List, unknown> = {
  few,
  more: [
    ...few,
    {
      id: 'A-003',
      divisionCode: '340200',
      name: '芜湖市全域（虚构）',
      level: 'high',
      extent: 'whole',
      validFrom: '2022-03-08T00:00:00+08:00',
    },
  ],
  none: [],
  wrong: [{ id: 'A-001', level: 'purple' }],
}

const DAY_MS = 24 * 3600_000

/** The national list of risk areas, with an ETag that stays while the list stays. */
export function createRiskAreaProvider({
  token,
  stopping,
}: {
  token: string
  stopping: AbortSignal
}): Provider {
  const steering = createSteering<FeedState>(
    { ...initialBehaviour, list: 'few', age: 'today' },
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...behaviourProperties,
        list: { type: 'string', enum: Object.keys(lists) },
        age: { type: 'string', enum: ages.map(({ value }) => value) },
      },
    },
    [
      { kind: 'choice', field: 'list', label: { zh: '名单', en: 'List' }, choices },
      { kind: 'choice', field: 'age', label: { zh: '日期', en: 'Made' }, choices: ages },
    ],
  )
  let fetched = 0
  let unchanged = 0

  function routes(app: FastifyInstance): void {
    app.get(
      '/risk-areas',
      {
        onRequest: [cutWhenDown(() => steering.current), requireBearer(token)],
        preHandler: failOrWait(() => steering.current, stopping),
      },
      async (request, reply) => {
        const { list, age } = steering.current
        const madeAt = Date.now() - (age === 'today' ? 0 : 7 * DAY_MS)
        const asOf = new Date(Math.floor(madeAt / DAY_MS) * DAY_MS).toISOString()
        const body = { asOf, areas: lists[list] }
        const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`
        reply.header('etag', etag)
        if (request.headers['if-none-match'] === etag) {
          unchanged += 1
          return reply.status(304).send()
        }
        fetched += 1
        return body
      },
    )
  }

  return {
    name: 'riskAreas',
    title: { zh: '风险地区名单', en: 'Risk areas' },
    purpose: {
      zh: '全国中高风险地区名单（虚构），未变化时返回 304。',
      en: 'The list of risk areas (invented); 304 while it has not changed.',
    },
    endpoint: 'GET /risk-areas',
    steering,
    activity: () => ({ fetched, unchanged }),
    routes,
  }
}

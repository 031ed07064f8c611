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

type Places = 'local' | 'several' | 'flagged' | 'none' | 'wrong'

interface TravelState extends Behaviour {
  places: Places
}

const kinds: readonly Places[] = ['local', 'several', 'flagged', 'none', 'wrong']
const choices: readonly Choice[] = [
  { value: 'local', label: { zh: '只在本市', en: 'this city only' } },
  { value: 'several', label: { zh: '几个城市', en: 'several cities' } },
  { value: 'flagged', label: { zh: '含带星城市', en: 'a city with an asterisk' } },
  { value: 'none', label: { zh: '没有记录', en: 'no places' } },
  { value: 'wrong', label: { zh: '错误的', en: 'senseless' } },
]

const listsIn = (cityName: string): Record<Places, unknown> => {
  const here = { name: cityName, flagged: false }
  return {
    local: [here],
    several: [here, { name: '江苏省南京市', flagged: false }, { name: '安徽省宿州市', flagged: false }],
    flagged: [here, { name: '上海市', flagged: true }],
    none: [],
    wrong: 'many',
  }
}

const questionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['requestId', 'phone', 'consentedAt'],
  properties: {
    requestId: { type: 'string', minLength: 1, maxLength: 64 },
    phone: { type: 'string', pattern: '^\\+[0-9]{6,15}$', description: 'a phone like +8613800000000' },
    consentedAt: { type: 'string', minLength: 20, maxLength: 30 },
  },
}

/** The operators' travel card: places of a phone in the last 14 days, with its holder's consent. */
export function createTravelCardProvider({
  token,
  cityName,
  stopping,
}: {
  token: string
  /** Where every phone has been, as phone operators write it. */
  cityName: string
  stopping: AbortSignal
}): Provider {
  const steering = createSteering<TravelState>(
    { ...initialBehaviour, places: 'local' },
    {
      type: 'object',
      additionalProperties: false,
      properties: { ...behaviourProperties, places: { type: 'string', enum: kinds } },
    },
    [{ kind: 'choice', field: 'places', label: { zh: '到过', en: 'Places' }, choices }],
  )
  const lists = listsIn(cityName)
  let calls = 0

  function routes(app: FastifyInstance): void {
    app.post<{ Body: { requestId: string } }>(
      '/travel-card/queries',
      {
        schema: { body: questionSchema },
        onRequest: [cutWhenDown(() => steering.current), requireBearer(token)],
        preHandler: failOrWait(() => steering.current, stopping),
      },
      async ({ body }) => {
        calls += 1
        const { places } = steering.current
        return { requestId: body.requestId, places: lists[places], updateTime: new Date().toISOString() }
      },
    )
  }

  return {
    name: 'travelCard',
    title: { zh: '通信行程卡', en: 'Travel card' },
    purpose: {
      zh: '返回手机最近 14 天到过的地方；不参与赋码。',
      en: 'Tells where a phone has been in 14 days; it decides no colour.',
    },
    endpoint: 'POST /travel-card/queries',
    steering,
    activity: () => ({ calls }),
    routes,
  }
}

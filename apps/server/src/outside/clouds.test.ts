import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox } from '../../../sandbox/src/app.ts'
import { createProviderPolicies } from './policies.ts'
import { createHttpPorts } from './ports.ts'
import { readProviders } from './provider-settings.ts'
import { ProviderUnavailable } from './provider-unavailable.ts'
import type { SmsMessage } from './sms-templates.ts'

// The real adapters against stand-ins that check the signature and answer as the clouds document it.

const sandbox = buildSandbox()
let base: string
beforeAll(async () => {
  await sandbox.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(sandbox.server.address() as AddressInfo).port}`
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  await fetch(`${base}/steering`, { method: 'DELETE' })
})

const steer = async (change: object) => {
  const answer = await fetch(`${base}/steering`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(answer.status).toBe(200)
}
const textsTo = async (phone: string) =>
  (await (await fetch(`${base}/sms?phone=${encodeURIComponent(phone)}`)).json()) as { text: string }[]

const TEMPLATES =
  'sign_in_code=SMS_1,news=SMS_2,announcement=SMS_3,identity_moved=SMS_4,objection_decided=SMS_5,operator_activation=SMS_6'
const IDS =
  'sign_in_code=11,news=12,announcement=13,identity_moved=14,objection_decided=15,operator_activation=16'

const createWorld = (environment: Record<string, string> = {}) => {
  const outcomes: string[] = []
  const spent: [string, number, boolean][] = []
  const without = new Set<string>()
  const settings = readProviders(
    {
      SMS_PROVIDERS: 'aliyun,tencent',
      IDENTITY_PROVIDERS: 'aliyun,tencent',
      FACE_PROVIDERS: 'aliyun,tencent',
      ALIYUN_SMS_URL: base,
      ALIYUN_AUTH_URL: base,
      ALIYUN_SMS_SIGN: '示例市健康宝',
      ALIYUN_SMS_TEMPLATES: TEMPLATES,
      TENCENT_SMS_URL: base,
      TENCENT_FACEID_URL: base,
      TENCENT_IAI_URL: base,
      TENCENT_SMS_SIGN: '示例市健康宝',
      TENCENT_SMS_APP_ID: '1400000000',
      TENCENT_SMS_TEMPLATES: IDS,
      ...environment,
    },
    base,
    600,
  )
  const policies = createProviderPolicies(
    { onCall: (provider, outcome) => outcomes.push(`${provider} ${outcome}`), onBreaker: () => {} },
    {
      hasRoom: (provider) => !without.has(provider),
      spend: (...told) => spent.push(told),
    },
  )
  return { ports: createHttpPorts(settings, policies), outcomes, spent, without }
}

let serial = 0
const nextPhone = () => {
  serial += 1
  return `+86138${String(serial).padStart(8, '0')}`
}
const textOf = (phone = nextPhone()): SmsMessage => ({
  messageId: randomUUID(),
  phone,
  text: '【示例市健康宝】登录验证码 204816，5 分钟内有效。',
  template: 'sign_in_code',
  values: { code: '204816', minutes: '5' },
})
const person = {
  transactionId: randomUUID(),
  name: "张三 (it's *him*)",
  documentType: 'resident_id' as const,
  documentNumber: '11010519491231002X',
}
const picture = {
  ...person,
  subject: 's',
  country: undefined,
  image: Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...new Array(5000).fill(7)]),
  mediaType: 'image/jpeg' as const,
}

describe('texts by two clouds', () => {
  it('go by the first one, signed, by template', async () => {
    const { ports, outcomes, spent } = createWorld()
    const message = textOf()
    await ports.sms.send(message)
    expect(await textsTo(message.phone)).toMatchObject([
      { text: '【示例市健康宝】SMS_1 {"code":"204816","minutes":"5"}' },
    ])
    expect(outcomes).toEqual(['sms_aliyun ok'])
    expect(spent).toEqual([['sms_aliyun', 1, false]])
  })

  it.each([
    ['its key is not taken', { answer: 'denied' }, 'sms_aliyun denied'],
    ['it is out of money', { answer: 'unpaid' }, 'sms_aliyun denied'],
    ['it is asked too often', { answer: 'throttled' }, 'sms_aliyun failed'],
    ['it refuses this one', { answer: 'refused' }, 'sms_aliyun refused'],
    ['it is slow', { mode: 'slow', delayMs: 5000 }, 'sms_aliyun timeout'],
    ['it fails', { mode: 'error' }, 'sms_aliyun failed'],
    ['it is gone', { mode: 'down' }, 'sms_aliyun failed'],
  ])('go by the second one where %s, and are sent once', async (_, aliyun, outcome) => {
    await steer({ aliyun })
    const { ports, outcomes, spent } = createWorld()
    const message = textOf()
    await ports.sms.send(message)
    expect(outcomes).toEqual([outcome, 'sms_tencent ok'])
    expect(spent).toEqual([['sms_tencent', 1, true]])
    expect(await textsTo(message.phone)).toMatchObject([{ text: '【示例市健康宝】11 ["204816","5"]' }])
  })

  it('go by the second one where the budget of the day is used up, without asking the first', async () => {
    const { ports, outcomes, without } = createWorld()
    without.add('sms_aliyun')
    await ports.sms.send(textOf())
    expect(outcomes).toEqual(['sms_aliyun out_of_budget', 'sms_tencent ok'])
  })

  it('are not sent where both are out of budget or away, and say so', async () => {
    const { ports, without } = createWorld()
    without.add('sms_aliyun')
    await steer({ tencent: { answer: 'unpaid' } })
    const message = textOf()
    await expect(ports.sms.send(message)).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(await textsTo(message.phone)).toEqual([])
  })

  it('pass over a breaker that is open, and come back when it closed', async () => {
    await steer({ aliyun: { mode: 'down' } })
    const { ports, outcomes } = createWorld()
    for (let count = 0; count < 9; count += 1) await ports.sms.send(textOf())
    expect(outcomes.at(-2)).toBe('sms_aliyun breaker_open')
    await steer({ aliyun: { mode: 'ok' } })
    await expect
      .poll(
        async () => {
          await ports.sms.send(textOf())
          return outcomes.at(-1)
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe('sms_aliyun ok')
  }, 30_000)

  it('abroad go by whoever has templates for it, and by nobody else', async () => {
    const { ports, outcomes } = createWorld({ TENCENT_SMS_TEMPLATES_ABROAD: IDS })
    const message = textOf('+85251234567')
    await ports.sms.send(message)
    expect(outcomes).toEqual(['sms_tencent ok'])
    expect(await textsTo(message.phone)).toHaveLength(1)
    await expect(createWorld().ports.sms.send(message)).rejects.toBeInstanceOf(ProviderUnavailable)
  })

  it('are refused with a wrong secret by either', async () => {
    const { ports, outcomes } = createWorld({
      ALIYUN_ACCESS_KEY_SECRET: 'wrong',
      TENCENT_SECRET_KEY: 'wrong',
    })
    await expect(ports.sms.send(textOf())).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(outcomes).toEqual(['sms_aliyun denied', 'sms_tencent denied'])
  })

  it('go to a gateway of our own interface as a third', async () => {
    const { ports, outcomes } = createWorld({ SMS_PROVIDERS: 'aliyun,tencent,http' })
    await steer({ aliyun: { mode: 'down' }, tencent: { mode: 'down' } })
    const message = textOf()
    await ports.sms.send(message)
    expect(outcomes.at(-1)).toBe('sms ok')
    expect(await textsTo(message.phone)).toMatchObject([{ text: message.text }])
  })
})

describe.each(['aliyun', 'tencent'] as const)('identities and faces by %s', (cloud) => {
  const world = () => createWorld({ IDENTITY_PROVIDERS: cloud, FACE_PROVIDERS: cloud })

  it.each(['match', 'mismatch', 'unknown'] as const)('%s', async (verdict) => {
    await steer({ [cloud]: { identity: verdict } })
    const { ports, outcomes } = world()
    expect(await ports.identity.verify(person)).toBe(verdict)
    expect(outcomes).toEqual([`identity_${cloud} ok`])
  })

  it.each(['pass', 'fail', 'unsure', 'no_face'] as const)('a face: %s', async (verdict) => {
    await steer({ [cloud]: { face: verdict } })
    expect(await world().ports.face.verify(picture)).toBe(verdict)
  })

  it('knows resident cards only: of others nothing is said, and nobody is asked', async () => {
    const { ports, outcomes } = world()
    const passport = { documentType: 'passport' as const, documentNumber: 'E12345678' }
    expect(await ports.identity.verify({ ...person, ...passport })).toBe('unknown')
    expect(await ports.face.verify({ ...picture, ...passport })).toBe('unsure')
    expect(outcomes).toEqual([])
  })

  it('away is no verdict', async () => {
    await steer({ [cloud]: { mode: 'down' } })
    const { ports } = world()
    await expect(ports.identity.verify(person)).rejects.toBeInstanceOf(ProviderUnavailable)
    await expect(ports.face.verify(picture)).rejects.toBeInstanceOf(ProviderUnavailable)
  })
})

it('passports go to our own interface where it is one of several', async () => {
  const { ports, outcomes } = createWorld({ IDENTITY_PROVIDERS: 'aliyun,http' })
  expect(await ports.identity.verify(person)).toBe('match')
  expect(await ports.identity.verify({ ...person, documentType: 'passport', documentNumber: 'E1' })).toBe(
    'match',
  )
  expect(outcomes).toEqual(['identity_aliyun ok', 'identity ok'])
})

it.each([
  [{ SMS_PROVIDERS: 'aliyun,telegram' }, /SMS_PROVIDERS/],
  [{ SMS_PROVIDERS: 'aliyun,aliyun' }, /SMS_PROVIDERS/],
  [{ ALIYUN_SMS_TEMPLATES: 'greeting=SMS_1' }, /ALIYUN_SMS_TEMPLATES/],
  [{ PROVIDER_PRICES: 'sms_aliyun=cheap' }, /PROVIDER_PRICES/],
  [{ PROVIDER_BUDGETS: 'pigeons=5' }, /PROVIDER_BUDGETS/],
])('refuses %j by name', (environment, words) => {
  expect(() => readProviders(environment, 'http://127.0.0.1:1', 1000)).toThrow(words)
})

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { addMember, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty, markDirty } from '../../colours/status/status.service.ts'
import { sendDueTexts } from './colour-text.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const PATH = '/api/v1/me/colour-texts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: start })
})
beforeEach(async () => {
  app.setNow(start)
  app.outside.smsAway = false
  await app.parts.pool.query('delete from colour_texts')
  app.outside.messages.length = 0
})
afterAll(() => app.close())

const set = async (citizen: RegisteredCitizen, wanted: boolean) =>
  (await app.http.inject({ method: 'PUT', url: PATH, headers: citizen.headers, payload: { wanted } })).json()
const wanting = async () => {
  const citizen = await registerCitizen(app)
  await set(citizen, true)
  app.outside.messages.length = 0
  return citizen
}
const evaluate = () => inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, app.parts.clock()))
/** A finding comes, or all that there are go: each changes the colour. */
const recolour = async (personId: string, to: 'yellow' | 'green') => {
  await inTransaction(app.parts.pool, async (tx) => {
    if (to === 'yellow')
      await tx.query(
        `insert into findings (person_id, category, anchor_at, evidence, source)
         values ($1::bigint, 'co_presence', $2::timestamptz, '报告', '疾控')`,
        [personId, app.parts.clock()],
      )
    else await tx.query(`update findings set withdrawn_at = now() where person_id = $1::bigint`, [personId])
    await markDirty(tx, [personId], 'test')
  })
  await evaluate()
}
const send = () => sendDueTexts(app.parts, 100)
const counted = async (outcome: string): Promise<number> => {
  const metrics = await app.parts.metrics.registry.metrics()
  return Number(new RegExp(`jkb_colour_texts_total{outcome="${outcome}"} (\\d+)`).exec(metrics)?.[1] ?? 0)
}

it('is off until somebody turns it on, and is one person’s own', async () => {
  const citizen = await registerCitizen(app)
  const get = async () => (await app.http.inject({ url: PATH, headers: citizen.headers })).json()
  expect(await get()).toEqual({ wanted: false })
  await recolour(citizen.personId, 'yellow')
  expect(await send()).toBe(0)
  expect([await set(citizen, true), await set(citizen, true), await get()]).toEqual(
    Array(3).fill({ wanted: true }),
  )
  const { rows } = await app.parts.pool.query(
    `select action from audit_entries where action like 'account.colour_texts%'`,
  )
  expect(rows).toEqual([{ action: 'account.colour_texts_on' }])
  expect((await app.http.inject({ url: PATH })).statusCode).toBe(401)
  const wrong = { method: 'PUT', url: PATH, headers: citizen.headers, payload: { wanted: 'yes' } } as const
  expect((await app.http.inject(wrong)).statusCode).toBe(400)
  expect(await set(citizen, false)).toEqual({ wanted: false })
  await recolour(citizen.personId, 'green')
  expect(await send()).toBe(0)
})

it('tells that there is a message, and nothing about health, names or colours', async () => {
  const citizen = await wanting()
  await recolour(citizen.personId, 'yellow')
  // Nothing is sent where the colour is decided.
  expect(app.outside.messages).toEqual([])
  expect(await send()).toBe(1)
  const [message] = app.outside.messages
  expect(app.outside.messages).toHaveLength(1)
  expect(message?.text).toContain('请打开健康宝查看')
  expect(message?.text).not.toMatch(/黄|红|绿|码|状态|yellow|colour|http|张|李/)
  expect(await send()).toBe(0)
})

it('tells those who look after somebody too', async () => {
  const citizen = await wanting()
  await addMember(app, citizen)
  const { rows } = await app.parts.pool.query<{ person_id: string }>(
    'select person_id from members where account_id = (select account_id from accounts where person_id = $1::bigint)',
    [citizen.personId],
  )
  app.outside.messages.length = 0
  await recolour(rows[0]?.person_id ?? '', 'yellow')
  await send()
  expect(app.outside.messages).toHaveLength(1)
})

it('sends one for many changes, and the next only after half an hour', async () => {
  const citizen = await wanting()
  await recolour(citizen.personId, 'yellow')
  await recolour(citizen.personId, 'green')
  await recolour(citizen.personId, 'yellow')
  expect([await send(), await send()]).toEqual([1, 0])
  app.setNow(later(10))
  await recolour(citizen.personId, 'green')
  app.setNow(later(29))
  expect(await send()).toBe(0)
  app.setNow(later(30))
  expect(await send()).toBe(1)
  expect(new Set(app.outside.messages.map(({ messageId }) => messageId)).size).toBe(2)
})

it('tries again under the same number where the provider is down, and gives up after an hour', async () => {
  const citizen = await wanting()
  const before = { failed: await counted('failed'), dropped: await counted('dropped') }
  await recolour(citizen.personId, 'yellow')
  app.outside.smsAway = true
  for (const minute of [0, 0.5, 1.5, 3.5, 7.5]) {
    app.setNow(later(minute))
    expect([minute, await send(), await send()]).toEqual([minute, 1, 0])
  }
  app.outside.smsAway = false
  app.setNow(later(15.5))
  expect(await send()).toBe(1)
  expect(app.outside.messages).toHaveLength(1)

  app.setNow(later(50))
  await recolour(citizen.personId, 'green')
  app.outside.smsAway = true
  await send()
  app.setNow(later(111))
  app.outside.smsAway = false
  expect(await send()).toBe(0)
  expect(await counted('failed')).toBe(before.failed + 6)
  expect(await counted('dropped')).toBe(before.dropped + 1)
  expect(app.outside.messages).toHaveLength(1)
})

it('is not sent twice by two that send at once, nor lost where a change comes meanwhile', async () => {
  const citizen = await wanting()
  await recolour(citizen.personId, 'yellow')
  expect((await Promise.all([send(), send(), send()])).sort()).toEqual([0, 0, 1])
  expect(app.outside.messages).toHaveLength(1)
  // The change commits while the text is with the provider.
  app.setNow(later(40))
  await recolour(citizen.personId, 'green')
  const { sms } = app.parts.ports
  const slow = {
    ...app.parts,
    ports: {
      ...app.parts.ports,
      sms: {
        send: async (message: Parameters<typeof sms.send>[0]) => {
          app.setNow(later(41))
          await recolour(citizen.personId, 'yellow')
          await sms.send(message)
        },
      },
    },
  }
  expect(await sendDueTexts(slow, 100)).toBe(1)
  app.setNow(later(72))
  expect(await send()).toBe(1)
})

it('sends no more at a time than it is let', async () => {
  const citizens = [await wanting(), await wanting(), await wanting()]
  for (const { personId } of citizens) await recolour(personId, 'yellow')
  expect([await sendDueTexts(app.parts, 2), await sendDueTexts(app.parts, 2)]).toEqual([2, 1])
})

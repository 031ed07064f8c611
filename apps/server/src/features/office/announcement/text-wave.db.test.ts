import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ANNOUNCEMENTS, tell } from '../../../../test/announcements.ts'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { setAbsence } from '../../colours/facts/standing.queries.ts'
import { sendNextTexts } from './text-wave.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
const CITIZENS = 5
let app: TestApp
let hq: TestOperator
let hq2: TestOperator
beforeAll(async () => {
  app = await startTestApp({
    now: start,
    environment: { ANNOUNCEMENT_TEXTS_PER_MINUTE: '60', ANNOUNCEMENT_TEXTS_PER_DAY: '8' },
  })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  for (let at = 0; at < CITIZENS; at += 1) await registerCitizen(app)
  const gone = await registerCitizen(app)
  await inTransaction(app.parts.pool, (tx) => setAbsence(tx, gone.personId, 'moved_away', start))
})
beforeEach(async () => {
  await goOnTo(app, start)
  app.outside.smsAway = false
  app.outside.messages.length = 0
  await app.parts.pool.query('delete from announcement_texts')
})
afterAll(() => app.close())

const release = (more: object = {}) => tell(hq, hq2, 'bulletin', { urgent: true, sendTexts: true, ...more })
const send = (limit: number) => sendNextTexts(app.parts, limit)
const wave = async (id: string) => (await hq.call('GET', `${ANNOUNCEMENTS}/${id}`)).body.texts
const estimate = async () => (await hq.call('GET', '/api/v1/operator/announcement-text-estimate')).body

it('is counted before it goes: phones, what the provider takes, when the last one has it', async () => {
  expect(await estimate()).toEqual({
    persons: CITIZENS,
    perMinute: 60,
    budgetPerDay: 8,
    budgetLeft: 8,
    minutes: 1,
    doneAt: '2022-03-20T02:00:05.000Z',
  })
})

it('goes batch by batch to every phone once, without a link, also where two processes send', async () => {
  const id = await release()
  expect(await wave(id)).toMatchObject({ state: 'running', total: CITIZENS, sent: 0 })
  expect(await send(2)).toBe(2)
  expect(await wave(id)).toMatchObject({ sent: 2, doneAt: '2022-03-20T02:00:03.000Z' })
  // The second finds the first at it, or goes on where it ended.
  const [one = 0, other = 0] = await Promise.all([send(2), send(2)])
  expect([2, 3]).toContain(one + other)
  expect(one + other + (await send(2))).toBe(CITIZENS - 2)
  expect(await send(2)).toBe(0)
  expect(await wave(id)).toMatchObject({ state: 'done', sent: CITIZENS, failed: 0 })
  expect(new Set(app.outside.messages.map(({ phone }) => phone)).size).toBe(CITIZENS)
  expect(app.outside.messages[0]?.text).toContain('关于来返人员的通告')
  expect(app.outside.messages[0]?.text).not.toMatch(/http/)
  expect(await estimate()).toMatchObject({ budgetLeft: 3 })
})

it('is stopped in the middle, by withdrawing too, and says who and how far', async () => {
  const id = await release()
  await send(2)
  const stop = (by: TestOperator) =>
    by.call('POST', `${ANNOUNCEMENTS}/${id}/text-stop`, { reason: '内容有误' })
  const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  expect((await stop(elsewhere)).status).toBe(404)
  expect((await stop(hq)).body.texts).toMatchObject({
    state: 'stopped',
    sent: 2,
    total: CITIZENS,
    stoppedBy: '测试员',
    stopReason: '内容有误',
  })
  expect(await send(2)).toBe(0)
  expect((await stop(hq)).body.fields).toEqual([{ field: 'announcementId', reason: 'not_running' }])
  const { rows } = await app.parts.pool.query(
    `select details from audit_entries where action = 'announcement.texts_stopped' and object_id = $1::text`,
    [id],
  )
  expect(rows).toMatchObject([{ details: { sent: 2, total: CITIZENS } }])
  const other = await release()
  await hq.call('POST', `${ANNOUNCEMENTS}/${other}/withdrawal`, { reason: '数字有误' })
  expect([await send(2), (await wave(other)).state]).toEqual([0, 'stopped'])
})

it('waits for the next day where the provider’s day is full, and for a provider that is away', async () => {
  const first = await release()
  while ((await send(10)) > 0);
  const second = await release()
  expect([await send(10), await send(10)]).toEqual([3, 0])
  expect(await wave(second)).toMatchObject({ state: 'running', sent: 3, doneAt: '2022-03-20T16:00:02.000Z' })
  await goOnTo(app, new Date('2022-03-20T16:00:01Z'))
  app.outside.smsAway = true
  expect([await send(10), await send(10)]).toEqual([2, 0])
  expect(await wave(second)).toMatchObject({ state: 'running', sent: 3, failed: 0 })
  app.outside.smsAway = false
  await goOnTo(app, new Date('2022-03-20T16:00:40Z'))
  expect([await send(10), await send(10)]).toEqual([2, 0])
  expect(await wave(second)).toMatchObject({ state: 'done', sent: CITIZENS })
  expect(await wave(first)).toMatchObject({ state: 'done' })
})

it('waits for the hour of the release, and is dropped where the notice ran out', async () => {
  const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
  const id = await release({ publishAt: at(60).toISOString(), expiresAt: at(120).toISOString() })
  expect(await send(10)).toBe(0)
  await goOnTo(app, at(121))
  expect([await send(10), (await wave(id)).state]).toEqual([0, 'dropped'])
  expect(app.outside.messages).toEqual([])
})

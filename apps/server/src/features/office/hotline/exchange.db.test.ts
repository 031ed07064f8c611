import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import { readExchange } from './exchange.jobs.ts'

// A Monday, ten o'clock in Shanghai.
const start = new Date('2022-03-21T02:00:00Z')
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000)

let app: TestApp
let hotline: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hotline = await createOperator(app, { roles: ['hotline'] })
})
beforeEach(async () => {
  await goOnTo(app, start)
  await app.parts.pool.query('delete from hotline_presence')
  const names = ['asked_at', 'measured_at', 'waiting', 'longest_wait_seconds', 'agents', 'ready', 'offered']
  const all = [...names, 'answered', 'answered_in_time', 'answer_seconds']
  await app.parts.pool.query(`update hotline_exchange set ${all.map((name) => `${name} = null`).join(', ')}`)
})
afterAll(() => app.close())

const told = (at: Date, more: object = {}) => {
  app.outside.exchange = {
    ...{ waiting: 40, longestWaitSeconds: 210, agents: 10, ready: 0 },
    ...{ offered: 1000, answered: 700, answeredInTime: 640, answerSeconds: 15, measuredAt: at, ...more },
  }
}
const HOTLINE = '/api/v1/operator/hotline'
const desk = async () => (await hotline.call('GET', `${HOTLINE}/desk`)).body
const typed = (waiting: number) => hotline.call('POST', `${HOTLINE}/presence`, { waiting })
const isFull = async () => (await app.http.inject({ url: '/api/v1/hotline' })).json().full

describe('the telephone exchange', () => {
  it('fills the desk and counts the norm, with the time of its figures', async () => {
    await typed(1)
    told(start)
    await readExchange(app.parts)
    const now = await desk()
    expect(now).toMatchObject({
      ...{ present: 10, full: true },
      waiting: { calls: 40, toldAt: start.toISOString(), source: 'exchange' },
      exchange: { isFresh: true, longestWaitSeconds: 210, ready: 0, measuredAt: start.toISOString() },
      day: { timed: 1000, inTime: 640, timedBy: 'exchange' },
    })
    expect(await isFull()).toBe(true)
  })

  it('that falls silent leaves the desk to what is typed, and says since when', async () => {
    told(start)
    await readExchange(app.parts)
    app.outside.exchange = 'away'
    await goOnTo(app, after(100))
    await expect(readExchange(app.parts)).rejects.toThrow(ProviderUnavailable)
    expect(await desk()).toMatchObject({ exchange: { isFresh: false, measuredAt: start.toISOString() } })
    expect((await desk()).waiting).toBeUndefined()
    await typed(2)
    expect(await desk()).toMatchObject({
      ...{ present: 1, full: false },
      waiting: { calls: 2, source: 'typed' },
      // Of today it was counted, whoever is silent now.
      day: { timed: 1000, timedBy: 'exchange' },
    })
  })

  it('that counts by another norm, or told of yesterday, does not count ours', async () => {
    const call = async () => {
      const requestId = randomUUID()
      const { body } = await hotline.call('POST', `${HOTLINE}/calls`, { requestId, rangSeconds: 9 })
      await hotline.call('POST', `${HOTLINE}/calls/${body.callId}/end`, { wrapUp: 'other' })
    }
    await call()
    told(start, { answerSeconds: 20 })
    await readExchange(app.parts)
    expect(await desk()).toMatchObject({
      waiting: { source: 'exchange' },
      day: { timed: 1, inTime: 1, timedBy: 'typed' },
    })
    await goOnTo(app, after(86_400))
    expect((await desk()).day).toMatchObject({ timed: 0, timedBy: 'typed' })
  })

  it('is asked by one process at a time, and what is old or from the future is not kept', async () => {
    told(start)
    const asked = await Promise.all([1, 2, 3].map(() => readExchange(app.parts)))
    expect(asked).toHaveLength(3)
    told(after(-600), { waiting: 7 })
    await readExchange(app.parts)
    expect((await desk()).waiting.calls).toBe(40)
    await goOnTo(app, after(20))
    await expect(readExchange(app.parts)).rejects.toThrow('the exchange told figures of')
    told(after(3600), { waiting: 7 })
    await goOnTo(app, after(40))
    await expect(readExchange(app.parts)).rejects.toThrow('the exchange told figures of')
    expect((await desk()).waiting.calls).toBe(40)
  })

  it('that never told anything is not taken for an empty line', async () => {
    const now = await desk()
    expect(now.exchange).toEqual({ isFresh: false })
    expect(now.waiting).toBeUndefined()
    expect(now.day.timedBy).toBe('typed')
  })
})

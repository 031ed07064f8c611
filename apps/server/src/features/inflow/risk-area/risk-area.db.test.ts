import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import type { FeedArea } from '../../../outside/risk-areas.ts'
import { refreshRiskAreas } from './feed.service.ts'

const NOW = new Date('2022-03-10T04:00:00.000Z')
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: NOW })
})
afterAll(() => app.close())

const area = (sourceId: string, more: Partial<FeedArea> = {}): FeedArea => ({
  sourceId,
  divisionCode: '320311',
  name: `地区 ${sourceId}`,
  level: 'medium',
  extent: undefined,
  validFrom: new Date('2022-03-01T00:00:00Z'),
  validTo: undefined,
  ...more,
})

const give = async (at: Date, areas: FeedArea[], asOf = at) => {
  app.setNow(at)
  app.outside.riskAreas = { changed: true, etag: `"${at.getTime()}"`, asOf, areas }
  await refreshRiskAreas(app.parts)
}
const list = async () => (await app.http.inject('/api/v1/risk-areas')).json()
const names = async () =>
  (await list()).areas.map((one: { name: string; level: string }) => `${one.name} ${one.level}`)

it('follows the feed, keeps every version, and says how old it is', async () => {
  expect(await list()).toEqual({ areas: [], stale: true })
  await give(NOW, [area('1'), area('2', { level: 'high' })])
  expect(await list()).toMatchObject({
    areas: [{ name: '地区 2', level: 'high', divisionCode: '320311', source: 'feed' }, { name: '地区 1' }],
    asOf: NOW.toISOString(),
    checkedAt: NOW.toISOString(),
    stale: false,
  })

  // Not asked again before its time.
  await give(minutes(5), [])
  expect(await names()).toHaveLength(2)

  app.setNow(minutes(10))
  app.outside.riskAreas = { changed: false }
  await refreshRiskAreas(app.parts)
  expect(await list()).toMatchObject({ asOf: NOW.toISOString(), checkedAt: minutes(10).toISOString() })

  // Raised, lifted, new.
  await give(minutes(20), [area('1', { level: 'high' }), area('3')])
  expect(await names()).toEqual(['地区 1 high', '地区 3 medium'])

  // Older than what is known, and away: nothing changes.
  await give(minutes(30), [], minutes(1))
  expect(await names()).toHaveLength(2)
  app.setNow(minutes(60))
  app.outside.riskAreas = 'away'
  await refreshRiskAreas(app.parts)
  expect(await list()).toMatchObject({ stale: true, checkedAt: minutes(20).toISOString() })
  expect(await names()).toHaveLength(2)

  const { rows } = await app.parts.pool.query('select area_count from risk_area_feeds order by version')
  expect(rows).toEqual([{ area_count: 2 }, { area_count: 2 }])
  const audited = await app.parts.pool.query(
    `select details from audit_entries where action = 'risk_areas.fetched' order by audit_id`,
  )
  expect(audited.rows.map((row) => [row.details.changed.length, row.details.ended.length])).toEqual([
    [2, 0],
    [2, 1],
  ])
})

describe('a list that lifts many areas at once', () => {
  const many = Array.from({ length: 12 }, (_, n) => area(`M${n}`))
  const states = async () =>
    (await app.parts.pool.query('select state from risk_area_feeds order by version desc limit 3')).rows.map(
      (row) => row.state,
    )

  it('is held back, and applied when the same list comes an hour later', async () => {
    await give(minutes(200), many)
    await give(minutes(210), [])
    expect(await names()).toHaveLength(12)
    await give(minutes(220), many.slice(0, 5))
    expect(await names()).toHaveLength(12)
    expect(await states()).toEqual(['held', 'dropped', 'applied'])
    await give(minutes(240), many.slice(0, 5))
    expect(await names()).toHaveLength(12)
    await give(minutes(285), many.slice(0, 5))
    expect(await names()).toHaveLength(5)
    expect((await list()).checkedAt).toBe(minutes(285).toISOString())
  })

  it('is applied or dropped by headquarters, and asked about once', async () => {
    await give(minutes(300), [])
    const office = await createOperator(app, { roles: ['office'] })
    // Sessions of operators do not last that long: everybody is a new one.
    const hq = () => createOperator(app, { roles: ['hq'] })
    const feeds = async () => (await (await hq()).call('GET', '/api/v1/operator/risk-area-feeds')).body.feeds
    const decide = async (by: typeof office, verdict: string) => {
      const held = (await feeds())[0]
      return by.call('POST', `/api/v1/operator/risk-area-feeds/${held.version}/decision`, { verdict })
    }
    expect((await feeds())[0]).toMatchObject({ state: 'held', areas: 0 })
    expect((await decide(office, 'apply')).body.code).toBe('FORBIDDEN')
    expect((await decide(await hq(), 'drop')).body.feeds[0]).toMatchObject({ state: 'dropped' })
    expect((await decide(await hq(), 'apply')).body.code).toBe('STATE_CONFLICT')
    // The same again: headquarters has answered that.
    await give(minutes(311), [])
    expect(await names()).toHaveLength(5)
    expect((await feeds())[0]).toMatchObject({ state: 'dropped' })
    await give(minutes(321), [area('N')])
    await give(minutes(331), many)
    await give(minutes(341), [])
    expect((await decide(await hq(), 'apply')).status).toBe(200)
    expect(await names()).toEqual([])
    const { rows } = await app.parts.pool.query(
      `select action, actor_kind from audit_entries where action like 'risk_areas.%' order by audit_id desc limit 2`,
    )
    expect(rows).toEqual([
      { action: 'risk_areas.fetched', actor_kind: 'operator' },
      { action: 'risk_areas.applied', actor_kind: 'operator' },
    ])
  })
})

it('is compared once by several processes at the same time', async () => {
  app.setNow(minutes(700))
  app.outside.riskAreas = { changed: true, etag: '"x"', asOf: minutes(700), areas: [area('9')] }
  await Promise.all(Array.from({ length: 5 }, () => refreshRiskAreas(app.parts)))
  expect(await names()).toEqual(['地区 9 medium'])
  const { rowCount } = await app.parts.pool.query(`select 1 from risk_area_feeds where etag = '"x"'`)
  expect(rowCount).toBe(1)
})

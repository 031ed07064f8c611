import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/test-app.ts'
import type { FeedArea } from '../../ports/risk-areas.ts'
import { refreshRiskAreas } from './risk-area.service.ts'

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

it('is compared once by several processes at the same time', async () => {
  app.setNow(minutes(120))
  app.outside.riskAreas = { changed: true, etag: '"x"', asOf: minutes(120), areas: [area('9')] }
  await Promise.all(Array.from({ length: 5 }, () => refreshRiskAreas(app.parts)))
  expect(await names()).toEqual(['地区 9 medium'])
  const { rowCount } = await app.parts.pool.query(`select 1 from risk_area_feeds where etag = '"x"'`)
  expect(rowCount).toBe(1)
})

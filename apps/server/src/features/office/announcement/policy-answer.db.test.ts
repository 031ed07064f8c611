import { afterAll, beforeAll, expect, it } from 'vitest'
import { addAnnouncement, tell } from '../../../../test/announcements.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let hq: TestOperator
let hq2: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
})
afterAll(() => app.close())

const ask = async (placeCode: string, more = '') => {
  app.setNow(new Date(app.parts.clock().getTime() + 11_000))
  const answer = await app.http.inject({ url: `/api/v1/policy-answers?placeCode=${placeCode}${more}` })
  return { status: answer.statusCode, body: answer.json() }
}
const rowOf = (more: object, days: number) => ({
  measures: [{ measure: 'central_isolation', days }],
  paragraph: '二、（三）',
  words: { zh: `集中隔离 ${days} 天`, en: '' },
  ...more,
})

it('says what applies to whoever comes from there, by whom, and where it is written', async () => {
  expect((await ask('310000')).body).toMatchObject({ found: [], hotline: '12345', placeName: '上海市' })
  const id = await tell(hq, hq2, 'policy', {
    number: '第 5 号',
    policyRows: [
      rowOf({ origin: 'place', placeCodes: ['310000000000'], sinceOn: '2022-03-06' }, 14),
      rowOf({ origin: 'abroad' }, 21),
      rowOf({ origin: 'risk', riskLevel: 'high' }, 10),
    ],
  })
  const pudong = await ask('310115')
  expect(pudong.body).toMatchObject({
    placeName: '上海市浦东新区',
    leftOn: '2022-03-20',
    differs: false,
    found: [
      {
        fit: 'sure',
        row: { paragraph: '二、（三）', measures: [{ measure: 'central_isolation', days: 14 }] },
        placeNames: { '310000': '上海市' },
        policy: { announcementId: id, version: 1, number: '第 5 号', issuedOn: '2022-03-20' },
      },
    ],
  })
  expect((await ask('310115', '&leftOn=2022-03-05')).body.found).toEqual([])
  expect((await ask('USA')).body.found).toMatchObject([{ row: { origin: 'abroad' } }])
  expect((await ask('320500')).body).toMatchObject({ found: [], hotline: '12345' })
  expect((await ask('999999')).body.fields).toEqual([{ field: 'placeCode', reason: 'unknown_place' }])
  expect((await ask('310115', '&leftOn=2022-02-30')).status).toBe(400)

  await app.parts.pool.query(
    `insert into risk_areas (division_code, name, level, extent, valid_from, source, source_id, created_at)
     values ('320505', '某街道', 'high', 'part', $1::timestamptz, 'feed', 'p1', $1::timestamptz)`,
    [start],
  )
  expect((await ask('320505')).body).toMatchObject({
    rated: [{ level: 'high', name: '某街道' }],
    found: [{ fit: 'part', row: { origin: 'risk' } }],
  })

  const stricter = await tell(hq, hq2, 'policy', {
    policyRows: [rowOf({ origin: 'place', placeCodes: ['310000'] }, 21)],
  })
  const both = (await ask('310115')).body
  expect([
    both.differs,
    both.found.map((each: { policy: { announcementId: string } }) => each.policy.announcementId),
  ]).toEqual([true, [stricter, id]])
  await hq.call('POST', `/api/v1/operator/announcements/${stricter}/withdrawal`, { reason: '已被替代' })
  expect((await ask('310115')).body).toMatchObject({
    differs: false,
    found: [{ policy: { announcementId: id } }],
  })
})

it('takes only rows that say something certain, and keeps places in their one form', async () => {
  const add = async (row: object) => (await addAnnouncement(hq, 'policy', { policyRows: [row] })).body
  expect((await add(rowOf({ origin: 'place', placeCodes: ['999999'] }, 7))).fields).toEqual([
    { field: 'policyRows.0.placeCodes.0', reason: 'unknown_place' },
  ])
  expect((await add(rowOf({ origin: 'place' }, 7))).fields).toEqual([
    { field: 'policyRows.0.placeCodes', reason: 'required' },
  ])
  const kept = await add(rowOf({ origin: 'place', placeCodes: ['156310000', '310115000000'] }, 7))
  expect(kept.policyRows[0].placeCodes).toEqual(['310000', '310115'])
})

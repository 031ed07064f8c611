import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const PATH = '/api/v1/operator/directory'

let app: TestApp
const by = {} as Record<'hq' | 'office' | 'elsewhere' | 'hotline', TestOperator>
beforeAll(async () => {
  app = await startTestApp()
  by.hq = await createOperator(app, { roles: ['hq'] })
  by.office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  by.elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  by.hotline = await createOperator(app, { roles: ['hotline'] })
})
afterAll(() => app.close())

const written = (more: object = {}) => ({
  kind: 'fever_clinic',
  name: { zh: '测试医院发热门诊', en: '' },
  address: '测试路 1 号',
  hours: { zh: '全天', en: '' },
  telephone: '0516-12345678',
  ...more,
})
const add = (who: TestOperator, more: object = {}) =>
  who.call('POST', PATH, { requestId: randomUUID(), divisionCode: '320302', ...written(more) })
const change = (who: TestOperator, placeId: string, revision: number, more: object = {}) =>
  who.call('PATCH', `${PATH}/${placeId}`, { revision, state: 'open', ...written(more) })
const read = async (query: string) => {
  const answer = await app.http.inject({ url: `/api/v1/directory?${query}` })
  return { status: answer.statusCode, body: answer.json() }
}
const find = async (search: string) =>
  (await read(`search=${encodeURIComponent(search)}`)).body.places as { placeId: string; state: string }[]

it('is kept by the office of the division and read by anybody', async () => {
  const made = await add(by.office, {
    name: { zh: '甲门诊', en: 'Clinic A' },
    latitude: 34.2,
    longitude: 117.2,
  })
  expect(made).toMatchObject({ status: 201, body: { revision: 1, divisionName: '鼓楼区' } })
  expect(await find('clinic a')).toMatchObject([
    { latitude: 34.2, telephone: '0516-12345678', hours: { zh: '全天' } },
  ])
  const { placeId } = made.body
  expect((await change(by.elsewhere, placeId, 1)).status).toBe(404)
  expect((await change(by.hotline, placeId, 1)).status).toBe(403)
  const both = await Promise.all([change(by.office, placeId, 1), change(by.hq, placeId, 1)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(
    (await change(by.office, placeId, 2, { name: { zh: '甲门诊', en: '' }, state: 'gone' })).status,
  ).toBe(200)
  expect(await find('甲门诊')).toEqual([])
  const kept = await by.office.call('GET', `${PATH}?search=${encodeURIComponent('甲门诊')}`)
  expect(kept.body.places).toMatchObject([{ state: 'gone', revision: 3 }])
  const { rows } = await app.parts.pool.query<{ action: string }>(
    `select action from audit_entries where object_kind = 'directory_place' and object_id = $1::text order by audit_id`,
    [placeId],
  )
  expect(rows.map(({ action }) => action)).toEqual([
    'directory_place.added',
    'directory_place.changed',
    'directory_place.changed',
  ])
})

it('refuses another division, half a position, numbers that are none, and callers without a right', async () => {
  expect((await add(by.elsewhere)).body.code).toBe('OUT_OF_DIVISION')
  expect((await add(by.office, { latitude: 34 })).body.fields).toEqual([
    { field: 'latitude', reason: 'position_incomplete' },
  ])
  expect((await add(by.office, { telephone: 'javascript:1' })).status).toBe(400)
  expect((await add(by.office, { kind: 'prison' })).status).toBe(400)
  expect((await add(by.hotline)).status).toBe(403)
  expect((await app.http.inject({ method: 'POST', url: PATH, payload: {} })).statusCode).toBe(401)
  expect((await by.elsewhere.call('GET', `${PATH}?divisionCode=320302`)).body.code).toBe('OUT_OF_DIVISION')
})

it('answers a repeat like the first time, and pages by key', async () => {
  const body = {
    requestId: randomUUID(),
    divisionCode: '320302',
    ...written({ name: { zh: '重复点', en: '' } }),
  }
  const both = await Promise.all([1, 2].map(() => by.office.call('POST', PATH, body)))
  expect(both.map(({ status }) => status)).toEqual([201, 201])
  expect(await find('重复点')).toHaveLength(1)
  expect((await by.office.call('POST', PATH, { ...body, kind: 'hospital' })).body.code).toBe(
    'REQUEST_ID_REUSED',
  )
  for (const name of ['翻页甲', '翻页乙', '翻页丙']) await add(by.office, { name: { zh: name, en: '' } })
  const query = `limit=2&search=${encodeURIComponent('翻页')}`
  const first = (await read(query)).body
  const second = (await read(`${query}&cursor=${first.nextCursor}`)).body
  expect([...first.places, ...second.places].map(({ name }) => name.zh)).toEqual([
    '翻页甲',
    '翻页乙',
    '翻页丙',
  ])
  expect(second).not.toHaveProperty('nextCursor')
  expect((await read('divisionCode=320303&search=%E7%BF%BB%E9%A1%B5')).body.places).toEqual([])
  expect((await read('limit=1000')).status).toBe(400)
})

import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDivisions } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { countBoard } from './count-board.ts'
import { purgeWalls } from './wall.service.ts'

let app: TestApp
let hq: TestOperator
let start: number
beforeAll(async () => {
  app = await startTestApp()
  await createDivisions(app)
  hq = await createOperator(app, { roles: ['hq'] })
  await countBoard(app.parts)
  start = Date.now()
})
afterAll(() => app.close())

const post = async (url: string, payload: object = {}) => {
  const answer = await app.http.inject({ method: 'POST', url: `/api/v1/${url}`, payload })
  return { status: answer.statusCode, body: answer.json() }
}
const begin = async () => (await post('board-walls')).body as { code: string; key: string }
const read = async (key: string) => (await post('board-wall-readings', { key })).body
const pair = (code: string, as = hq, name = '大厅') =>
  as.call('POST', '/api/v1/operator/board-walls', { code, name })
const paired = async (as = hq, name = '大厅') => {
  const wall = await begin()
  const { body } = await pair(wall.code, as, name)
  return { ...wall, wallId: body.wallId as string }
}
const after = (hours: number) => goOnTo(app, new Date(start + hours * 3_600_000))

it('waits with a code, shows the board once it is paired, and nothing once it is ended', async () => {
  const { code, key } = await begin()
  expect(await read(key)).toEqual({ state: 'waiting' })
  const answer = await pair(` ${code.toLowerCase()} `, hq, '指挥大厅')
  expect([answer.status, answer.body]).toEqual([
    201,
    expect.objectContaining({ name: '指挥大厅', makerEnded: false }),
  ])
  const shown = await read(key)
  expect(shown).toMatchObject({ state: 'paired', name: '指挥大厅', board: { area: { code: '320300' } } })
  expect((await pair(code)).body.fields).toEqual([{ field: 'code', reason: 'not_good' }])
  const { walls } = (await hq.call('GET', '/api/v1/operator/board-walls')).body
  expect(walls).toContainEqual(expect.objectContaining({ name: '指挥大厅', seenAt: expect.any(String) }))
  const end = () => hq.call('DELETE', `/api/v1/operator/board-walls/${answer.body.wallId}`)
  expect([(await end()).status, (await end()).status]).toEqual([204, 204])
  expect(await read(key)).toEqual({ state: 'ended' })
  const { rows } = await app.parts.pool.query(
    `select action from audit_entries where object_kind = 'board_wall' and object_id = $1 order by audit_id`,
    [answer.body.wallId],
  )
  expect(rows).toEqual([{ action: 'board_wall.paired' }, { action: 'board_wall.ended' }])
})

it('opens nothing but the board: every other operation refuses its key', async () => {
  const { key } = await paired()
  const guarded = (Object.keys(operations) as OperationName[]).filter(
    (name) => operations[name].access.kind !== 'public',
  )
  expect(guarded.length).toBeGreaterThan(200)
  const answers = await Promise.all(
    guarded.map(async (name) => {
      const { method, path } = operations[name]
      const answer = await app.http.inject({
        method,
        url: path.replace(/:\w+/g, '1'),
        headers: {
          authorization: `Bearer ${key}`,
          'x-api-key': key,
          cookie: `jkb_operator=${key}; jkb_session=${key}; jkb_device=${key}`,
        },
        ...(method === 'GET' || method === 'DELETE' ? {} : { payload: {} }),
      })
      return [name, answer.statusCode] as const
    }),
  )
  expect(answers.filter(([, status]) => status !== 401)).toEqual([])
})

it('shows an office its district, lists it to those above and not to those beside, who can not end it', async () => {
  const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const beside = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  const { key, wallId } = await paired(office, '街道大屏')
  expect((await read(key)).board.area.code).toBe('320302')
  const namesOf = async (as: TestOperator) =>
    (await as.call('GET', '/api/v1/operator/board-walls')).body.walls.map(
      (each: { name: string }) => each.name,
    )
  expect(await namesOf(hq)).toContain('街道大屏')
  expect(await namesOf(beside)).not.toContain('街道大屏')
  expect((await beside.call('DELETE', `/api/v1/operator/board-walls/${wallId}`)).status).toBe(404)
  const venueManager = await createOperator(app, { roles: ['venue_manager'], divisionCode: '320302' })
  expect((await pair((await begin()).code, venueManager)).status).toBe(403)
})

it('ends with whoever paired it: account, right or division', async () => {
  const change = async (set: string) => {
    const maker = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const { key } = await paired(maker)
    expect((await read(key)).state).toBe('paired')
    await app.parts.pool.query(`update operators set ${set} where operator_id = $1::bigint`, [
      maker.operatorId,
    ])
    return read(key)
  }
  expect(await change('active = false')).toEqual({ state: 'ended' })
  expect(await change(`roles = '{checker}'`)).toEqual({ state: 'ended' })
  expect(await change(`division_code = '320303'`)).toEqual({ state: 'ended' })
})

it('gets its next key twice a day; the one before opens nothing once the next was used', async () => {
  const { key } = await paired()
  expect(await read(key)).not.toHaveProperty('nextKey')
  await after(13)
  const { nextKey } = await read(key)
  // A wall that lost the answer gets another one.
  const again = (await read(key)).nextKey
  expect(again).not.toBe(nextKey)
  expect(await read(nextKey)).toEqual({ state: 'ended' })
  const used = await read(again)
  expect(used.state).toBe('paired')
  expect(used).not.toHaveProperty('nextKey')
  expect(await read(key)).toEqual({ state: 'ended' })
  expect((await read(again)).state).toBe('paired')
})

it('pairs by a code that is fresh, by one of many at once, and tells nothing of a wrong one', async () => {
  const { code } = await begin()
  const second = await createOperator(app, { roles: ['hq'] })
  const answers = await Promise.all([pair(code, hq), pair(code, second), pair(code, hq)])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400])
  expect((await pair('22222222', second)).body.fields).toEqual([{ field: 'code', reason: 'not_good' }])
  const late = await begin()
  await after(26)
  expect(await read(late.key)).toEqual({ state: 'ended' })
  const third = await createOperator(app, { roles: ['hq'] })
  expect((await pair(late.code, third)).body.fields).toEqual([{ field: 'code', reason: 'not_good' }])
  await purgeWalls(app.parts)
  const { rows } = await app.parts.pool.query(
    'select count(*)::int as left from board_walls where paired_at is null',
  )
  expect(rows).toEqual([{ left: 0 }])
})

it('refuses the thirty-first wall of an address within an hour, and codes that are tried', async () => {
  const address = '198.51.100.7'
  const ask = () =>
    app.http.inject({ method: 'POST', url: '/api/v1/board-walls', payload: {}, remoteAddress: address })
  const answers = []
  for (let wall = 0; wall < 31; wall += 1) answers.push((await ask()).statusCode)
  expect(answers.slice(0, 30)).toEqual(answers.slice(0, 30).map(() => 201))
  expect(answers[30]).toBe(429)
  const guesser = await createOperator(app, { roles: ['hq'] })
  for (let attempt = 0; attempt < 20; attempt += 1) await pair('22222222', guesser)
  expect((await pair((await begin()).code, guesser)).status).toBe(429)
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  createVenue,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createBoardService } from './board.service.ts'
import { countBoard } from './count-board.ts'

let app: TestApp
let hq: TestOperator
let citizen: RegisteredCitizen
let venue: TestVenue
/** Scans are of the database's own now; the counts come minutes later. */
let start: number
beforeAll(async () => {
  app = await startTestApp()
  hq = await createOperator(app, { roles: ['hq'] })
  citizen = await registerCitizen(app)
  venue = await createVenue(app)
  start = Date.now()
})
afterAll(() => app.close())

const scan = async () => {
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/visits',
    headers: citizen.headers,
    payload: { requestId: randomUUID(), venueCode: venue.venueCode },
  })
  expect(answer.statusCode).toBe(201)
}
const after = (minutes: number) => goOnTo(app, new Date(start + minutes * 60_000))
/** Past what a process keeps for ten seconds. */
const board = async (divisionCode = '320300') =>
  createBoardService(app.parts).getBoard({ divisionCode } as never)
const total = (rows: { scans: number }[]) => rows.reduce((sum, { scans }) => sum + scans, 0)
const rowsOf = async (table: 'board_scans' | 'board_marks' | 'board_days' | 'board_pictures') =>
  Number((await app.parts.pool.query(`select count(*) from ${table}`)).rows[0]?.count)
const scansOf = ({ today, yesterday }: Awaited<ReturnType<typeof board>>) => total([...today, ...yesterday])

it('shows nothing before it was counted, then what was, and nothing of what came since', async () => {
  expect((await hq.call('GET', '/api/v1/operator/board')).status).toBe(404)
  await scan()
  await scan()
  await after(2)
  await countBoard(app.parts)
  const answer = await hq.call('GET', '/api/v1/operator/board')
  expect(answer.status).toBe(200)
  // Nothing that was counted is lost on the way.
  const { rows } = await app.parts.pool.query(`select picture from board_pictures where area_code = '320300'`)
  expect(answer.body).toEqual(rows[0]?.picture)
  const { kinds, tiles, figures, days, people, area } = answer.body
  expect(scansOf(answer.body)).toBe(2)
  expect(area).toMatchObject({ code: '320300', level: 'city' })
  // At midnight the two are of yesterday.
  expect([0, 2]).toContain(total(kinds))
  if (total(kinds) === 2) {
    expect(kinds).toEqual([{ kind: 'supermarket', scans: 2, yellow: 0, red: 0 }])
    const doors = tiles.flatMap((tile: { doors?: { scans: number } }) => (tile.doors?.scans ? [tile] : []))
    expect(doors).toMatchObject([{ code: '320302', doors: { scans: 2, yellow: 0, red: 0 } }])
  }
  expect(people.green).toBeGreaterThan(0)
  expect(days).toHaveLength(1)
  expect(figures).toMatchObject({ cases: { open: 0 }, proposals: { open: 0 }, alarms: { doors: 0 } })
  await scan()
  expect(scansOf(await board())).toBe(2)
})

it('gives a district its part and no other, and says nothing of a street alone', async () => {
  const of = async (divisionCode: string) =>
    (await createOperator(app, { roles: ['office'], divisionCode })).call('GET', '/api/v1/operator/board')
  const own = await of('320302')
  expect(own.body.area).toMatchObject({ code: '320302', level: 'district' })
  expect(scansOf(own.body)).toBe(2)
  expect(own.body.people).not.toHaveProperty('green')
  expect(scansOf((await of('320303')).body)).toBe(0)
  expect((await board('320302001')).area.code).toBe('320302')
})

it('counts a scan once, however often it counts and however many do', async () => {
  await after(3)
  await Promise.all([1, 2, 3, 4].map(() => countBoard(app.parts)))
  const marks = await rowsOf('board_marks')
  expect(marks).toBe(2)
  await countBoard(app.parts)
  expect(await rowsOf('board_marks')).toBe(2)
  expect(scansOf(await board())).toBe(3)
  await scan()
  await after(4)
  await countBoard(app.parts)
  expect(scansOf(await board())).toBe(4)
})

it('makes up for the time in which no job ran', async () => {
  await scan()
  await after(50)
  await countBoard(app.parts)
  expect(scansOf(await board())).toBe(5)
})

it('forgets minutes after 50 hours, and keeps the people of each day for 40 days', async () => {
  await after(60 * 51)
  await countBoard(app.parts)
  expect(await rowsOf('board_scans')).toBe(0)
  const { days, today, yesterday } = await board()
  expect(total([...today, ...yesterday])).toBe(0)
  expect(days.length).toBeGreaterThan(1)
  await after(60 * 24 * 45)
  await countBoard(app.parts)
  expect(await rowsOf('board_marks')).toBe(1)
  expect((await board()).days).toHaveLength(1)
})

it('reads one row for however many look', async () => {
  let asked = 0
  const pool = {
    query: (...given: [string, unknown[]]) => {
      asked += 1
      return app.parts.pool.query(...given)
    },
  }
  const service = createBoardService({ ...app.parts, pool } as never)
  const callers = Array.from({ length: 20 }, () => ({ divisionCode: '320300' }) as never)
  await Promise.all(callers.map((caller) => service.getBoard(caller)))
  expect(asked).toBe(1)
})

it('is for those who answer for the city or a district', async () => {
  for (const role of ['hq', 'auditor', 'epidemiologist', 'sysadmin', 'office'])
    expect(
      (await (await createOperator(app, { roles: [role] })).call('GET', '/api/v1/operator/board')).status,
    ).toBe(200)
  for (const role of ['hotline', 'checker', 'venue_manager', 'lab', 'sampler'])
    expect(
      (await (await createOperator(app, { roles: [role] })).call('GET', '/api/v1/operator/board')).status,
    ).toBe(403)
  expect((await app.http.inject({ url: '/api/v1/operator/board' })).statusCode).toBe(401)
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createVenue, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createDeskService } from './desk.service.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

/** As another process would answer: nothing is kept from before. */
const deskOf = async (operator: TestOperator, roles: string[], divisionCode = '320300') =>
  createDeskService(app.parts).getDesk({
    ...{ operatorId: operator.operatorId, roles, divisionCode, organisation: '测试机构' },
  } as never)

it('shows to each role its own work and nothing of others', async () => {
  const parts: Record<string, string[]> = {
    hq: ['appeals', 'approvals', 'at', 'cases', 'tickets'],
    office: ['appeals', 'approvals', 'at', 'tickets'],
    epidemiologist: ['appeals', 'at', 'cases'],
    hotline: ['appeals', 'at', 'tickets'],
    lab: ['at', 'tubes'],
    venue_manager: ['at', 'checks', 'venues'],
    checker: ['at', 'checks'],
    sysadmin: ['at'],
    auditor: ['at'],
    sampler: ['at'],
  }
  for (const [role, expected] of Object.entries(parts)) {
    const answer = await (await createOperator(app, { roles: [role] })).call('GET', '/api/v1/operator/desk')
    expect([role, answer.status]).toEqual([role, 200])
    expect(Object.keys(answer.body).sort()).toEqual(expected)
  }
  expect((await app.http.inject({ url: '/api/v1/operator/desk' })).statusCode).toBe(401)
})

it('counts proposals of others by their age, within the division', async () => {
  const [proposer, decider, elsewhere] = await Promise.all(
    ['320302', '320302', '320303'].map((divisionCode) =>
      createOperator(app, { roles: ['office'], divisionCode }),
    ),
  )
  const citizen = await registerCitizen(app)
  if (!proposer || !decider || !elsewhere) throw new Error('no operators')
  const { rows } = await app.parts.pool.query<{ proposal_id: string }>(
    `insert into proposals (kind, person_id, payload, division_code, proposed_by, proposed_at, expires_at, request_id)
     select 'finding.add', $1::bigint, '{}', '320302', $2::bigint, now() - h * interval '1 hour', now() + interval '1 day', gen_random_uuid()
     from unnest(array[1, 5, 30, 31]) h returning proposal_id`,
    [citizen.personId, proposer.operatorId],
  )
  expect(rows).toHaveLength(4)
  const seen = async (by: TestOperator, divisionCode: string) =>
    (await deskOf(by, ['office'], divisionCode)).approvals
  expect(await seen(decider, '320302')).toMatchObject({
    ages: [
      { fromHours: 0, count: 1 },
      { fromHours: 4, count: 1 },
      { fromHours: 24, count: 2 },
    ],
    mine: 0,
    oldestAt: expect.any(String),
  })
  expect(await seen(proposer, '320302')).toMatchObject({
    mine: 4,
    ages: [{ count: 0 }, { count: 0 }, { count: 0 }],
  })
  expect((await seen(elsewhere, '320303'))?.ages.reduce((sum, { count }) => sum + count, 0)).toBe(0)
})

it('counts scans of the venues that somebody runs, and checks that they made, by hour', async () => {
  const manager = await createOperator(app, { roles: ['venue_manager'], divisionCode: '320302' })
  const other = await createOperator(app, { roles: ['venue_manager'], divisionCode: '320302' })
  const [own, foreign] = [await createVenue(app), await createVenue(app)]
  await app.parts.pool.query(
    `insert into venue_managers (venue_id, operator_id) values ($1::int, $2::bigint)`,
    [own.venueId, manager.operatorId],
  )
  const citizen = await registerCitizen(app)
  for (const { venueCode } of [own, own, foreign]) {
    const answer = await app.http.inject({
      ...{ method: 'POST', url: '/api/v1/visits', headers: citizen.headers },
      payload: { requestId: randomUUID(), venueCode },
    })
    expect(answer.statusCode).toBe(201)
  }
  const desk = await deskOf(manager, ['venue_manager'])
  expect(desk.venues?.venues).toBe(1)
  expect(desk.venues?.hours.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  expect(desk.checks).toEqual({ hours: [], admitted: 0, refused: 0, reviewed: 0 })
  expect((await deskOf(other, ['venue_manager'])).venues).toEqual({ venues: 0, hours: [] })
})

it('counts tickets by what is left of their clock', async () => {
  const hotline = await createOperator(app, { roles: ['hotline'] })
  const call = async () =>
    hotline.call('POST', '/api/v1/operator/tickets', {
      ...{ requestId: randomUUID(), kind: 'question', statement: '来电询问如何给老人打印纸质码。' },
      ...{ divisionCode: '320302', phone: '+8613912345678' },
    })
  expect((await call()).status).toBe(201)
  expect((await call()).status).toBe(201)
  await app.parts.pool.query(
    `update tickets set due_at = now() - interval '1 minute' where ticket_id = (select min(ticket_id::text)::uuid from tickets)`,
  )
  const { tickets } = await deskOf(hotline, ['hotline'])
  expect(tickets).toMatchObject({ overdue: 1, unassigned: 2 })
  const open = tickets?.left.reduce((sum, { count }) => sum + count, tickets.overdue + tickets.paused)
  expect(open).toBe(2)
})

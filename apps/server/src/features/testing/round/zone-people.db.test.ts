import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDeclarations } from '../../../../test/declarations.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { countRounds } from './count-rounds.ts'

const start = new Date('2022-03-20T02:00:00Z')
const HOUR = 3_600_000
const GULOU = '320302'
const YUNLONG = '320303'

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
let hq: TestOperator
let hq2: TestOperator
let gulou: TestOperator
let yunlong: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  declare = await createDeclarations(app)
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  gulou = await createOperator(app, { roles: ['office'], divisionCode: GULOU })
  yunlong = await createOperator(app, { roles: ['office'], divisionCode: YUNLONG })
})
afterAll(() => app.close())

/** Somebody with a finding in a zone, proposed by one and decided by another. */
const confine = async (zone: string): Promise<RegisteredCitizen> => {
  const citizen = await registerCitizen(app)
  const proposed = await gulou.call('POST', '/api/v1/operator/finding-proposals', {
    requestId: randomUUID(),
    personId: citizen.personId,
    category: 'control_zone',
    anchorAt: '2022-03-18T04:00:00.000Z',
    evidence: '管控通告 9 号',
    source: '鼓楼区防控办',
    zone,
  })
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(201)
  const verdict = { verdict: 'approve', reason: '通告第 12 号' }
  const decided = await hq.call(
    'POST',
    `/api/v1/operator/proposals/${proposed.body.proposalId}/decision`,
    verdict,
  )
  expect(decided.status).toBe(200)
  return citizen
}

const stayIn = async (place: string): Promise<RegisteredCitizen> => {
  const citizen = await registerCitizen(app)
  const { status, body } = await declare.call(citizen, 'POST', '/api/v1/me/entry-registrations', {
    requestId: randomUUID(),
    commitment: true,
    self: true,
    memberIds: [],
    arrivalMode: 'car',
    arrivalNumber: '苏C12345',
    plannedArrivalAt: start.toISOString(),
    originCode: place,
    stays: [{ divisionCode: place, fromOn: '2022-03-10', toOn: '2022-03-20' }],
    destinationCode: YUNLONG,
    destinationDetail: '中山北路 1 号',
    reason: 'return_home',
    contactPhone: '13800138000',
    unwell: [],
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return citizen
}

const live = async (office: TestOperator, divisionCode: string): Promise<RegisteredCitizen> => {
  const citizen = await registerCitizen(app)
  const saved = await office.call('POST', '/api/v1/operator/rosters', {
    requestId: randomUUID(),
    divisionCode,
    kind: 'building',
    name: `${randomUUID().slice(0, 8)} 号楼`,
    people: [{ type: 'resident_id', number: citizen.documentNumber }],
  })
  expect(saved.status).toBe(201)
  return citizen
}

const zoneIdOf = async (name: string): Promise<string> => {
  const { body } = await hq.call('GET', '/api/v1/operator/zones?limit=100')
  return body.zones.find((zone: { name: string }) => zone.name === name)?.zoneId
}

const fields = (zoneIds: string[]) => ({
  requestId: randomUUID(),
  name: '管控区核酸',
  divisionCodes: [],
  rosterIds: [],
  zoneIds,
  kind: 'pooled',
  fromAt: new Date(start.getTime() - HOUR).toISOString(),
  untilAt: new Date(start.getTime() + 7 * HOUR).toISOString(),
  dueAt: new Date(start.getTime() + 31 * HOUR).toISOString(),
  times: 1,
})

const begin = async (zoneIds: string[]): Promise<string> => {
  const made = await hq.call('POST', '/api/v1/operator/test-rounds', fields(zoneIds))
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { roundId } = made.body
  expect((await hq2.call('POST', `/api/v1/operator/test-rounds/${roundId}/beginning`, {})).status).toBe(200)
  await countRounds(app.parts)
  return roundId
}

const asks = async (citizen: RegisteredCitizen, roundId: string): Promise<boolean> =>
  (await declare.call(citizen, 'GET', '/api/v1/me/test-rounds')).body.rounds.some(
    (round: { roundId: string }) => round.roundId === roundId,
  )

it('asks for whoever has a finding in the zone, stays in it or lives in it, each counted by one community', async () => {
  await declare.rateArea(GULOU, 'high')
  const confined = await confine(GULOU)
  const staying = await stayIn(GULOU)
  const living = await live(gulou, GULOU)
  const outside = await live(yunlong, YUNLONG)
  const roundId = await begin([await zoneIdOf(GULOU)])
  const { body } = await hq.call('GET', `/api/v1/operator/test-rounds/${roundId}`)
  expect(body.round).toMatchObject({ expected: 3, sampled: 0, zoneIds: [await zoneIdOf(GULOU)] })
  const whole = body.counts.filter(({ rosterId }: { rosterId?: string }) => rosterId === undefined)
  expect(
    whole.map(({ divisionCode, expected }: { divisionCode: string; expected: number }) => [
      divisionCode,
      expected,
    ]),
  ).toEqual([
    [GULOU, 2],
    [YUNLONG, 1],
  ])
  // The community reads its own people, also those of no building.
  const missing = await gulou.call('POST', `/api/v1/operator/test-rounds/${roundId}/missing`, {
    divisionCode: GULOU,
    purpose: 'round：电话通知本人',
  })
  expect(missing.body.people).toEqual([
    expect.objectContaining({ personId: living.personId, place: 1 }),
    { personId: confined.personId, name: confined.name, exempt: false },
  ])
  const named = await Promise.all(
    [confined, staying, living, outside].map((citizen) => asks(citizen, roundId)),
  )
  expect(named).toEqual([true, true, true, false])
})

it('of a zone that is a part of its place, only findings say who is in it; a zone of elsewhere is not there', async () => {
  await declare.rateArea(GULOU, 'medium', { partly: '阳光小区' })
  const confined = await confine('阳光小区')
  const zoneId = await zoneIdOf('阳光小区')
  const roundId = await begin([zoneId])
  const { body } = await hq.call('GET', `/api/v1/operator/test-rounds/${roundId}`)
  expect(body.round.expected).toBe(1)
  expect(await asks(confined, roundId)).toBe(true)
  const other = await yunlong.call('POST', '/api/v1/operator/test-rounds', fields([zoneId]))
  expect([other.status, other.body.fields]).toEqual([400, [{ field: 'zoneIds', reason: 'not_found' }]])
  const both = await hq.call('POST', '/api/v1/operator/test-rounds', {
    ...fields([zoneId]),
    divisionCodes: [GULOU],
  })
  expect(both.body.fields).toEqual([{ field: 'divisionCodes', reason: 'round_who' }])
})

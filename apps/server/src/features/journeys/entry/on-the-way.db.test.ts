import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEntries } from '../../../../test/entries.ts'
import { createVenue, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

// Day partitions are made around today only; noon, so that an hour before or after is the same day.
const today = new Date(`${shanghaiDayOf(Date.now())}T12:00:00+08:00`)
const on = shanghaiDayOf(today.getTime())
const minutesOn = (minutes: number) => new Date(today.getTime() + minutes * 60_000)

let app: TestApp
let entries: Awaited<ReturnType<typeof createEntries>>
let hq: TestOperator
let hq2: TestOperator
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: today })
  entries = await createEntries(app)
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
afterAll(() => app.close())

const { checked, propose, decide, work, evaluate } = useImports(() => app)

const read = async (citizen: RegisteredCitizen, path: string) =>
  (await entries.declare.call(citizen, 'GET', `/api/v1/me/${path}`)).body
const setOff = async (place: string) => {
  const citizen = await registerCitizen(app)
  const journey = { ...entries.journey(today, 30), originCode: place }
  await entries.submitted(citizen, { ...journey, stays: [{ divisionCode: place, fromOn: on, toOn: on }] })
  return citizen
}
/** Headquarters rate an area by a list that somebody else approves; the jobs do the rest. */
const rate = async (code: string, name: string) => {
  const list = `行政区划代码,地区名称,风险等级,划定日期,解除日期\n${code},${name},高风险,${on},\n`
  const { importId, problems } = await checked(hq, list, { kind: 'risk_areas' })
  expect(problems).toEqual([])
  const proposed = await propose(hq, importId)
  expect((await decide(hq, proposed.body.proposalId)).body.code).toBe('OWN_PROPOSAL')
  expect((await decide(hq2, proposed.body.proposalId)).status).toBe(200)
  await work()
  await evaluate()
}

it('a place rated while its traveller is on the train turns them red, and tells them so, before the station', async () => {
  const station = await createVenue(app, { kind: 'railway_station', name: '徐州东站' })
  const citizen = await setOff('370102')
  const neighbour = await setOff('370103')
  expect(await read(citizen, 'pass')).toMatchObject({ colour: 'green', reasons: [] })

  app.setNow(minutesOn(10))
  await rate('370102', '济南市历下区')
  expect(await read(citizen, 'pass')).toMatchObject({
    colour: 'red',
    reasons: [{ category: 'risk_area_travel', colour: 'red' }],
  })
  expect((await read(citizen, 'notices')).notices).toContainEqual(
    expect.objectContaining({
      kind: 'colour_changed',
      details: expect.objectContaining({ from: 'green', to: 'red' }),
    }),
  )
  expect(await read(neighbour, 'pass')).toMatchObject({ colour: 'green' })

  app.setNow(minutesOn(25))
  expect(await entries.scan(citizen, station.venueCode)).toMatchObject({
    colour: 'red',
    decision: 'deny',
    reasons: ['colour_red'],
  })
  expect(await entries.scan(neighbour, station.venueCode)).toMatchObject({ decision: 'admit' })
})

it('who named only the province stays as they are: the office of their destination asks', async () => {
  app.setNow(today)
  const citizen = await setOff('340000')
  app.setNow(minutesOn(10))
  await rate('340102', '合肥市瑶海区')
  expect(await read(citizen, 'pass')).toMatchObject({ colour: 'green' })
  const { body } = await office.call('GET', '/api/v1/operator/declaration-matters?state=waiting')
  expect(body.matters).toMatchObject([
    {
      cause: 'part_of_area',
      person: { personId: citizen.personId },
      areas: [{ name: '合肥市瑶海区', level: 'high' }],
      entry: { stays: [{ divisionCode: '340000' }] },
    },
  ])
})

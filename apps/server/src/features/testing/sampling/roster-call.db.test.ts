import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createSampler, makeBarcode, type TestSampler } from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeSamples } from './purge-samples.ts'

const GULOU = '320302'

let app: TestApp
let office: TestOperator
let sampler: TestSampler
beforeAll(async () => {
  app = await startTestApp({ limits: { documentChecksPerCallerPerMinute: 10_000 } })
  office = await createOperator(app, { roles: ['office'], divisionCode: GULOU })
  sampler = await createSampler(app)
})
afterAll(() => app.close())

const save = async (people: RegisteredCitizen[], kind = 'class'): Promise<string> => {
  const saved = await office.call('POST', '/api/v1/operator/rosters', {
    requestId: randomUUID(),
    divisionCode: GULOU,
    kind,
    name: `${randomUUID().slice(0, 8)} 班`,
    people: people.map(({ documentNumber }) => ({ type: 'resident_id', number: documentNumber })),
  })
  expect(saved.status, JSON.stringify(saved.body)).toBe(201)
  return saved.body.roster.rosterId
}
const people = (count: number): Promise<RegisteredCitizen[]> =>
  Promise.all(Array.from({ length: count }, () => registerCitizen(app)))
const open = (rosterId: string, as: TestOperator = sampler) =>
  as.call('POST', `/api/v1/sampling/rosters/${rosterId}/call`, {})
const states = async (rosterId: string) =>
  (await sampler.call('GET', `/api/v1/sampling/rosters/${rosterId}/states`)).body.people
const mark = (rosterId: string, place: number, absent: boolean, as: TestOperator = sampler) =>
  as.call('PUT', `/api/v1/sampling/rosters/${rosterId}/places/${place}/absence`, { absent })
const actionsOf = async (rosterId: string) =>
  (
    await app.parts.pool.query(
      `select action from audit_entries where object_kind = 'roster' and object_id = $1 order by audit_id`,
      [rosterId],
    )
  ).rows.map(({ action }) => action)

it('is called in the order of the list, masked, each a look-up; whoever is swabbed is done, whoever is not there is marked', async () => {
  const [one, two, three] = await people(3)
  if (!one || !two || !three) throw new Error('nobody')
  const rosterId = await save([two, one, three])
  const listed = await sampler.call('GET', '/api/v1/sampling/rosters')
  expect(listed.body.rosters).toContainEqual(expect.objectContaining({ rosterId, kind: 'class', people: 3 }))
  const opened = await open(rosterId)
  expect(
    opened.body.people.map(({ place, state }: { place: number; state: string }) => [place, state]),
  ).toEqual([
    [1, 'waiting'],
    [2, 'waiting'],
    [3, 'waiting'],
  ])
  for (const { nameMasked } of opened.body.people) expect(nameMasked).toMatch(/[*＊]/)
  const looked = await app.parts.pool.query(`select purpose from lookups where person_id = $1`, [
    three.personId,
  ])
  expect(looked.rows).toEqual([{ purpose: '核酸采样' }])

  expect((await mark(rosterId, 1, true)).status).toBe(204)
  expect((await mark(rosterId, 1, true)).status).toBe(204)
  const barcode = makeBarcode('ten')
  await sampler.open(barcode)
  expect((await sampler.sample(barcode, one)).body.outcome).toBe('taken')
  expect(await states(rosterId)).toEqual([
    { place: 1, state: 'absent' },
    { place: 2, state: 'sampled' },
    { place: 3, state: 'waiting' },
  ])
  // They came after all: taken back by hand, or by the swab itself.
  await mark(rosterId, 3, true)
  await mark(rosterId, 3, false)
  expect((await sampler.sample(barcode, two)).body.outcome).toBe('taken')
  expect(await states(rosterId)).toEqual([
    { place: 1, state: 'sampled' },
    { place: 2, state: 'sampled' },
    { place: 3, state: 'waiting' },
  ])
  expect(await actionsOf(rosterId)).toEqual([
    'roster.saved',
    'roster.called',
    'roster.marked_absent',
    'roster.marked_absent',
    'roster.absence_taken_back',
  ])
})

it('is called in a shift alone, by samplers of the division, and only by places that are there', async () => {
  const [one] = await people(1)
  if (!one) throw new Error('nobody')
  const rosterId = await save([one])
  const idle = await createOperator(app, { roles: ['sampler'], divisionCode: GULOU })
  expect((await open(rosterId, idle)).status).toBe(404)
  expect((await idle.call('GET', '/api/v1/sampling/rosters')).body.rosters).toEqual([])
  expect((await mark(rosterId, 1, true, idle)).status).toBe(404)
  expect((await mark(rosterId, 2, true)).status).toBe(404)
  expect((await mark(rosterId, 5001, true)).status).toBe(400)
  expect((await open(rosterId, office)).status).toBe(403)
  expect(await states(rosterId)).toEqual([{ place: 1, state: 'waiting' }])
})

it('tells the community who was called and not there, and forgets it with the samples', async () => {
  const [one] = await people(1)
  if (!one) throw new Error('nobody')
  const rosterId = await save([one], 'building')
  const second = await createOperator(app, { roles: ['office'], divisionCode: GULOU })
  const now = Date.now()
  const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
  const made = await office.call('POST', '/api/v1/operator/test-rounds', {
    ...{ requestId: randomUUID(), name: '第一轮', divisionCodes: [], rosterIds: [rosterId], kind: 'pooled' },
    ...{ fromAt: at(-1), untilAt: at(7), dueAt: at(31), times: 1 },
  })
  const path = `/api/v1/operator/test-rounds/${made.body.roundId}`
  await second.call('POST', `${path}/beginning`, {})
  const named = async () =>
    (await office.call('POST', `${path}/missing`, { divisionCode: GULOU, purpose: 'round：电话通知本人' }))
      .body.people
  expect((await named())[0].absentAt).toBeUndefined()
  await mark(rosterId, 1, true)
  expect((await named())[0].absentAt).toEqual(expect.any(String))

  app.setNow(new Date(now + (app.parts.config.retentionDays.samples + 2) * 86_400_000))
  await purgeSamples(app.parts)
  app.setNow(undefined)
  const left = await app.parts.pool.query(`select from roster_absences where roster_id = $1`, [rosterId])
  expect(left.rowCount).toBe(0)
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeResidentId, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import {
  createLaboratoryOperator,
  createSampler,
  deliver,
  makeBarcode,
  type TestSampler,
} from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'

let app: TestApp
let laboratory: TestPartner
let receiver: TestOperator
let sampler: TestSampler
beforeAll(async () => {
  app = await startTestApp({ limits: { documentChecksPerCallerPerMinute: 10_000 } })
  laboratory = await createPartner(app, 'laboratory', '徐州第一检验所')
  receiver = await createLaboratoryOperator(app, '徐州第一检验所')
  sampler = await createSampler(app)
})
afterAll(() => app.close())

const evaluate = () => inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 1000, app.parts.clock()))
const passOf = async ({ headers }: Pick<RegisteredCitizen, 'headers'>) => {
  await evaluate()
  return (await app.http.inject({ url: '/api/v1/me/pass', headers })).json()
}
const fill = async (kind: 'single' | 'ten', people: { documentNumber: string }[], more: object = {}) => {
  const barcode = makeBarcode(kind)
  await sampler.open(barcode)
  for (const person of people)
    expect((await sampler.sample(barcode, person, more)).body.outcome).toBe('taken')
  return barcode
}
const bring = async (barcode: string, count: number) => {
  expect((await sampler.seal(barcode, count)).status).toBe(200)
  await deliver(sampler, receiver, laboratory.partnerId, [barcode])
}
const push = (results: object[], by = laboratory) =>
  by.push('/api/v1/partner/tube-results', { batchId: randomUUID(), results })
const report = (barcode: string, result: string) => push([{ action: 'report', barcode, result }])
const register = (count: number) => Promise.all(Array.from({ length: count }, () => registerCitizen(app)))

describe('the result of a tube', () => {
  it('a negative is a test of everybody in it, at the time of each swab', async () => {
    const people = await register(3)
    const barcode = await fill('ten', people)
    await bring(barcode, 3)
    expect((await report(barcode, 'negative')).body).toEqual({ applied: 1, held: [], persons: 3 })
    for (const person of people) {
      const pass = await passOf(person)
      expect(pass.colour).toBe('green')
      const { rows } = await app.parts.pool.query(
        `select t.sampled_at = s.sampled_at as same from test_results t join samples s using (person_id) where person_id = $1`,
        [person.personId],
      )
      expect(rows).toEqual([{ same: true }])
    }
  })

  it('a positive pool of ten: all ten leave green at once; a negative of their own ends it for one', async () => {
    const people = await register(10)
    const barcode = await fill('ten', people)
    await bring(barcode, 10)
    expect((await report(barcode, 'positive')).body).toEqual({ applied: 1, held: [], persons: 10 })
    for (const person of people) {
      const pass = await passOf(person)
      expect([pass.colour, pass.reasons[0].category]).toEqual(['yellow', 'pool_positive'])
    }
    const [cleared, ill] = people as [RegisteredCitizen, RegisteredCitizen]
    const own = await fill('single', [cleared])
    await bring(own, 1)
    await report(own, 'negative')
    expect((await passOf(cleared)).colour).toBe('green')
    const second = await fill('single', [ill])
    await bring(second, 1)
    await report(second, 'positive')
    const hq = await createOperator(app, { roles: ['hq'] })
    const drafts = await hq.call('GET', `/api/v1/operator/proposals?state=open&personId=${ill.personId}`)
    expect(drafts.body.proposals).toHaveLength(1)
    // What was corrected takes back all that followed.
    await push([{ action: 'correct', barcode, result: 'negative' }])
    expect((await passOf(people[5] as RegisteredCitizen)).colour).toBe('green')
  })

  it('an unclear pool counts as positive, an unclear single sample says nothing', async () => {
    const people = await register(2)
    const pool = await fill('ten', people)
    await bring(pool, 2)
    await report(pool, 'unclear')
    expect((await passOf(people[0] as RegisteredCitizen)).reasons[0].category).toBe('pool_positive')
    const [one] = await register(1)
    const single = await fill('single', [one as RegisteredCitizen])
    await bring(single, 1)
    expect((await report(single, 'unclear')).body.applied).toBe(1)
    expect((await passOf(one as RegisteredCitizen)).colour).toBe('green')
    const { rowCount } = await app.parts.pool.query('select from test_results where person_id = $1', [
      one?.personId,
    ])
    expect(rowCount).toBe(0)
  })

  it('a withdrawn positive pool leaves nothing behind', async () => {
    const people = await register(2)
    const barcode = await fill('ten', people)
    await bring(barcode, 2)
    await report(barcode, 'positive')
    expect((await push([{ action: 'withdraw', barcode }])).body.applied).toBe(1)
    expect((await passOf(people[0] as RegisteredCitizen)).colour).toBe('green')
    expect((await push([{ action: 'withdraw', barcode }])).body.fields).toEqual([
      { field: 'results.0.barcode', reason: 'withdrawn' },
    ])
    expect((await report(barcode, 'negative')).body.applied).toBe(1)
  })

  it('the same batch twice does nothing, the same tube twice is refused by name', async () => {
    const people = await register(1)
    const barcode = await fill('ten', people)
    await bring(barcode, 1)
    const batch = { batchId: randomUUID(), results: [{ action: 'report', barcode, result: 'negative' }] }
    const first = await laboratory.push('/api/v1/partner/tube-results', batch)
    expect((await laboratory.push('/api/v1/partner/tube-results', batch)).body).toEqual(first.body)
    expect((await report(barcode, 'negative')).body.fields).toEqual([
      { field: 'results.0.barcode', reason: 'number_exists' },
    ])
    expect((await push([{ action: 'report', barcode }])).body.fields).toEqual([
      { field: 'results.0.result', reason: 'required' },
    ])
  })

  it('whoever was written down has the result when they register', async () => {
    const documentNumber = makeResidentId()
    const barcode = await fill('single', [{ documentNumber }], { phone: '13900000000' })
    await bring(barcode, 1)
    await report(barcode, 'negative')
    const citizen = await registerCitizen(app, { documentNumber })
    const { rows } = await app.parts.pool.query('select result from test_results where person_id = $1', [
      citizen.personId,
    ])
    expect(rows).toEqual([{ result: 'negative' }])
  })

  it('a tube that was filled here can not come by the other entrance with people and times of its own', async () => {
    const [citizen] = await register(1)
    const barcode = await fill('ten', [citizen as RegisteredCitizen])
    const answer = await laboratory.push('/api/v1/partner/test-results', {
      batchId: randomUUID(),
      results: [
        {
          action: 'report',
          number: barcode,
          kind: 'single',
          result: 'negative',
          sampledAt: new Date().toISOString(),
          persons: [{ documentType: 'resident_id', documentNumber: citizen?.documentNumber }],
        },
      ],
    })
    expect(answer.body.fields).toEqual([{ field: 'results.0.number', reason: 'sampled_here' }])
  })
})

describe('what can not be true waits for a person', () => {
  const heldOf = async (answer: Promise<{ body: { held?: { reason: string }[] } }>) =>
    (await answer).body.held?.map(({ reason }) => reason)

  it.each<[string, (barcode: string) => Promise<void>]>([
    ['not_sealed', async () => {}],
    ['not_received', async (barcode) => void (await sampler.seal(barcode, 1))],
  ])('%s', async (reason, prepare) => {
    const [citizen] = await register(1)
    const barcode = await fill('ten', [citizen as RegisteredCitizen])
    await prepare(barcode)
    expect(await heldOf(report(barcode, 'positive'))).toEqual([reason])
    expect((await passOf(citizen as RegisteredCitizen)).colour).toBe('green')
  })

  it('a tube that nobody here has filled, and one that went to another laboratory', async () => {
    expect(await heldOf(report(makeBarcode('ten'), 'negative'))).toEqual(['unknown_tube'])
    const [citizen] = await register(1)
    const barcode = await fill('ten', [citizen as RegisteredCitizen])
    await bring(barcode, 1)
    const other = await createPartner(app, 'laboratory')
    const answer = push([{ action: 'report', barcode, result: 'negative' }], other)
    expect(await heldOf(answer)).toEqual(['other_laboratory'])
  })

  it('is decided by somebody else; what still can not be true does not count', async () => {
    const [citizen] = await register(1)
    const barcode = await fill('ten', [citizen as RegisteredCitizen])
    await sampler.seal(barcode, 1)
    const told = await receiver.call('POST', '/api/v1/laboratory/tube-results', {
      requestId: randomUUID(),
      results: [{ action: 'report', barcode, result: 'positive' }],
    })
    expect(told.body).toMatchObject({ applied: 0, held: [{ barcode, reason: 'not_received' }] })
    const list = await receiver.call('GET', '/api/v1/laboratory/held-results?limit=100')
    const { tubeResultId } = list.body.results.find((each: { barcode: string }) => each.barcode === barcode)
    const decide = (by: TestOperator, id: string, verdict = 'apply') =>
      by.call('POST', `/api/v1/laboratory/held-results/${id}/decision`, { verdict, reason: '已核对原始记录' })
    expect((await decide(receiver, tubeResultId)).body.code).toBe('OWN_PROPOSAL')
    const elsewhere = await createLaboratoryOperator(app, (await createPartnerNamed('徐州第九检验所')).name)
    expect((await decide(elsewhere, tubeResultId)).status).toBe(404)
    const colleague = await createLaboratoryOperator(app, '徐州第一检验所')
    expect((await decide(colleague, tubeResultId)).body.state).toBe('applied')
    expect((await passOf(citizen as RegisteredCitizen)).reasons[0].category).toBe('pool_positive')
    expect((await decide(colleague, tubeResultId)).body.code).toBe('STATE_CONFLICT')
    const unknown = makeBarcode('ten')
    await report(unknown, 'negative')
    const held = (await receiver.call('GET', '/api/v1/laboratory/held-results?limit=100')).body.results
    const id = held.find((each: { barcode: string }) => each.barcode === unknown).tubeResultId
    expect((await decide(colleague, id)).body.fields).toEqual([{ field: 'verdict', reason: 'unknown_tube' }])
    expect((await decide(colleague, id, 'drop')).body.state).toBe('dropped')
  })

  it('many positives at once from a laboratory that had hardly any: nobody turns yellow, headquarters looks', async () => {
    const quiet = await createPartnerNamed('徐州第二检验所')
    const people = await register(6)
    const barcodes: string[] = []
    for (const person of people) {
      const barcode = await fill('ten', [person])
      await sampler.seal(barcode, 1)
      barcodes.push(barcode)
    }
    const own = await createLaboratoryOperator(app, '徐州第二检验所')
    await deliver(sampler, own, quiet.partnerId, barcodes)
    const answer = await push(
      barcodes.map((barcode) => ({ action: 'report', barcode, result: 'positive' })),
      quiet,
    )
    expect(answer.body.held).toHaveLength(6)
    expect(answer.body.held[0].reason).toBe('sudden_rate')
    expect((await passOf(people[0] as RegisteredCitizen)).colour).toBe('green')
    const hq = await createOperator(app, { roles: ['hq'] })
    const held = (await hq.call('GET', '/api/v1/laboratory/held-results?limit=100')).body.results
    const id = held.find((each: { barcode: string }) => each.barcode === barcodes[0]).tubeResultId
    const decision = { verdict: 'apply', reason: '已电话核对' }
    expect((await own.call('POST', `/api/v1/laboratory/held-results/${id}/decision`, decision)).status).toBe(
      403,
    )
    expect((await hq.call('POST', `/api/v1/laboratory/held-results/${id}/decision`, decision)).status).toBe(
      200,
    )
    expect((await passOf(people[0] as RegisteredCitizen)).colour).toBe('yellow')
  })
})

const createPartnerNamed = async (name: string): Promise<TestPartner & { name: string }> => ({
  ...(await createPartner(app, 'laboratory', name)),
  name,
})

describe('the box', () => {
  it('goes with its number of tubes, to one laboratory, which sees codes and no names', async () => {
    const [citizen] = await register(1)
    const barcode = await fill('ten', [citizen as RegisteredCitizen])
    const boxBarcode = makeBarcode('box')
    const pack = () =>
      sampler.call('POST', '/api/v1/sampling/packings', { requestId: randomUUID(), boxBarcode, barcode })
    expect((await pack()).body.fields).toEqual([{ field: 'barcode', reason: 'not_sealed' }])
    await sampler.seal(barcode, 1)
    expect([(await pack()).body.tubes, (await pack()).body.tubes]).toEqual([1, 1])
    const handOver = (count: number, partnerId = laboratory.partnerId) =>
      sampler.call('POST', '/api/v1/sampling/hand-overs', {
        requestId: randomUUID(),
        boxBarcode,
        count,
        carrier: '运送一组',
        partnerId,
      })
    expect((await handOver(2)).body.fields).toEqual([{ field: 'count', reason: 'count_differs' }])
    expect((await handOver(1, '999999')).body.fields).toEqual([{ field: 'partnerId', reason: 'not_found' }])
    expect((await handOver(1)).body).toMatchObject({ tubes: 1, laboratory: '徐州第一检验所' })
    expect((await handOver(1)).body.fields).toEqual([{ field: 'boxBarcode', reason: 'handed_over' }])
    const receive = (by: TestOperator, count: number) =>
      by.call('POST', '/api/v1/laboratory/receipts', { requestId: randomUUID(), boxBarcode, count })
    const other = await createLaboratoryOperator(app, (await createPartnerNamed('徐州第八检验所')).name)
    expect((await receive(other, 1)).status).toBe(404)
    expect((await receive(receiver, 2)).body.fields).toEqual([{ field: 'count', reason: 'count_differs' }])
    const received = await receive(receiver, 1)
    expect(received.body.contents).toEqual([{ barcode }])
    expect((await receive(receiver, 1)).body.fields).toEqual([{ field: 'boxBarcode', reason: 'received' }])
    const list = await receiver.call('GET', '/api/v1/laboratory/boxes')
    expect(JSON.stringify(list.body)).toContain(barcode)
    for (const secret of [
      '张',
      citizen?.documentNumber ?? '',
      citizen?.personId === undefined ? '' : 'personId',
    ])
      expect(JSON.stringify(list.body)).not.toContain(secret)
    const nobody = await createLaboratoryOperator(app, '不是检验所')
    expect((await nobody.call('GET', '/api/v1/laboratory/boxes')).status).toBe(403)
  })
})

it('every step leaves its entry', async () => {
  const [citizen] = await register(1)
  const barcode = await fill('ten', [citizen as RegisteredCitizen])
  await bring(barcode, 1)
  const requestId = randomUUID()
  const record = () =>
    receiver.call('POST', '/api/v1/laboratory/tube-results', {
      requestId,
      results: [{ action: 'report', barcode, result: 'negative' }],
    })
  const first = await record()
  expect(first.body).toEqual({ applied: 1, held: [], persons: 1 })
  expect((await record()).body).toEqual(first.body)
  const actions = async (operatorId: string) =>
    (
      await app.parts.pool.query(
        `select distinct action from audit_entries where actor_kind = 'operator' and actor_id = $1`,
        [operatorId],
      )
    ).rows.map(({ action }) => action)
  for (const action of ['tube.packed', 'sample_box.handed_over'])
    expect(await actions(sampler.operatorId)).toContain(action)
  for (const action of ['sample_box.received', 'tube_results.recorded'])
    expect(await actions(receiver.operatorId)).toContain(action)
  const { rowCount } = await app.parts.pool.query(
    `select from audit_entries where action = 'tube_result.decided'`,
  )
  expect(rowCount).toBeGreaterThan(0)
})

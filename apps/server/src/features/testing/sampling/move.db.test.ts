import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMember, makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createSampler, makeBarcode, type TestSampler } from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let sampler: TestSampler
let second: TestSampler
beforeAll(async () => {
  app = await startTestApp({ limits: { documentChecksPerCallerPerMinute: 10_000 } })
  sampler = await createSampler(app)
  second = await createSampler(app, sampler.siteId)
})
afterAll(() => app.close())

const fill = async (people: number, seal: boolean, kind: Parameters<typeof makeBarcode>[0] = 'ten') => {
  const barcode = makeBarcode(kind)
  await sampler.open(barcode)
  const requestIds: string[] = []
  const citizens = []
  for (let nth = 1; nth <= people; nth += 1) {
    const citizen = await registerCitizen(app)
    const requestId = randomUUID()
    await sampler.sample(barcode, citizen, { requestId })
    citizens.push(citizen)
    requestIds.push(requestId)
  }
  if (seal) expect((await sampler.seal(barcode, people)).status).toBe(200)
  return { barcode, citizens, requestIds }
}
const propose = (barcode: string, more: object = {}, as = sampler) =>
  as.call('POST', '/api/v1/sampling/tube-moves', {
    requestId: randomUUID(),
    barcode,
    toBarcode: makeBarcode('ten'),
    reason: 'broken',
    count: 2,
    ...more,
  })
const decide = (moveId: string, body: object, as = second) =>
  as.call('POST', `/api/v1/sampling/tube-moves/${moveId}/decision`, body)
const peopleIn = async (barcode: string) =>
  (
    await app.parts.pool.query(
      `select s.person_id, s.nth, s.sampled_at from samples s join tubes using (tube_id) where barcode = $1 order by nth`,
      [barcode],
    )
  ).rows

describe('a broken tube', () => {
  it('moves with everybody in it, in their places, once a second person has counted', async () => {
    const { barcode } = await fill(2, true)
    const before = await peopleIn(barcode)
    const toBarcode = makeBarcode('ten')
    const requestId = randomUUID()
    const made = await propose(barcode, { toBarcode, requestId })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body).toMatchObject({ barcode, toBarcode, state: 'open', own: true })
    expect((await propose(barcode, { toBarcode, requestId })).body.moveId).toBe(made.body.moveId)
    expect((await decide(made.body.moveId, { verdict: 'confirmed', count: 2 }, sampler)).body.code).toBe(
      'OWN_PROPOSAL',
    )
    expect((await decide(made.body.moveId, { verdict: 'confirmed', count: 1 })).body.fields).toEqual([
      { field: 'count', reason: 'count_differs' },
    ])
    expect(await peopleIn(barcode)).toEqual(before)
    const { body } = await second.call('GET', '/api/v1/sampling/tube-moves')
    expect(body.moves).toContainEqual(expect.objectContaining({ barcode, own: false }))
    const both = await Promise.all(
      [second, await createSampler(app, sampler.siteId)].map((as) =>
        decide(made.body.moveId, { verdict: 'confirmed', count: 2 }, as),
      ),
    )
    expect(both.map(({ body: { state } }) => state)).toEqual(['confirmed', 'confirmed'])
    expect(await peopleIn(barcode)).toEqual([])
    expect(await peopleIn(toBarcode)).toEqual(before)
    const { rows } = await app.parts.pool.query(
      `select action, details from audit_entries where action like 'tube.move%' and details ->> 'barcode' = $1 order by 1`,
      [barcode],
    )
    expect(rows.map(({ action }) => action)).toEqual(['tube.move_proposed', 'tube.moved'])
    expect(rows[1].details).toMatchObject({ people: 2, reason: 'broken' })
    // The other tube goes on as the first would have: packed, and never the first one again.
    const boxBarcode = makeBarcode('box')
    const pack = (each: string) =>
      sampler.call('POST', '/api/v1/sampling/packings', {
        requestId: randomUUID(),
        boxBarcode,
        barcode: each,
      })
    expect((await pack(barcode)).body.fields).toEqual([{ field: 'barcode', reason: 'moved' }])
    expect((await pack(toBarcode)).status).toBe(200)
    expect((await propose(barcode)).body.fields).toEqual([{ field: 'barcode', reason: 'moved' }])
  })

  it('an open one takes nobody any more; a repeat of a swab that was in it is answered as before', async () => {
    const { barcode, citizens, requestIds } = await fill(2, false)
    const { body } = await propose(barcode)
    await decide(body.moveId, { verdict: 'confirmed', count: 2 })
    expect((await sampler.sample(barcode, await registerCitizen(app))).body.outcome).toBe('tube_closed')
    const [first] = citizens
    if (!first) throw new Error('nobody')
    expect((await sampler.sample(barcode, first, { requestId: requestIds[0] })).body).toMatchObject({
      outcome: 'taken',
      nth: 1,
    })
    expect((await sampler.sample(body.toBarcode, await registerCitizen(app))).body).toMatchObject({
      outcome: 'taken',
      nth: 3,
    })
  })

  it('is refused where it can not be', async () => {
    const { barcode } = await fill(2, true)
    expect((await propose(barcode, { count: 3 })).body.fields).toEqual([
      { field: 'count', reason: 'count_differs' },
    ])
    expect((await propose(barcode, { toBarcode: makeBarcode('five') })).body.fields).toEqual([
      { field: 'toBarcode', reason: 'other_kind' },
    ])
    expect((await propose(barcode, { toBarcode: barcode })).body.fields).toEqual([
      { field: 'toBarcode', reason: 'tube_used' },
    ])
    expect((await propose(makeBarcode('ten'))).status).toBe(404)
    expect((await propose(barcode, {}, await createSampler(app))).status).toBe(404)
    const made = await propose(barcode)
    expect((await propose(barcode)).body.fields).toEqual([{ field: 'barcode', reason: 'move_waits' }])
    expect((await decide(made.body.moveId, { verdict: 'refused' }, await createSampler(app))).status).toBe(
      404,
    )
    expect((await decide(made.body.moveId, { verdict: 'refused' }, sampler)).body.state).toBe('refused')
    expect((await decide(made.body.moveId, { verdict: 'confirmed', count: 2 })).body.fields).toEqual([
      { field: 'moveId', reason: 'move_refused' },
    ])
    expect(await peopleIn(barcode)).toHaveLength(2)
  })
})

describe('who is swabbed', () => {
  it('is found by the eight digits of their phone while these live', async () => {
    const { barcode } = await fill(0, false)
    const citizen = await registerCitizen(app)
    const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: citizen.headers })
    const digits = pass.json().personalCode.numericCode as string
    const sample = (qrText: string) =>
      sampler.call('POST', '/api/v1/sampling/samples', { requestId: randomUUID(), barcode, qrText })
    expect((await sample(digits)).body).toMatchObject({ outcome: 'taken', nth: 1 })
    expect((await sample(digits)).body.outcome).toBe('already_in_tube')
    app.setNow(new Date(Date.now() + 200_000))
    expect((await sample(digits)).body.outcome).toBe('code_expired')
    app.setNow(undefined)
  })

  it('may be a child with the card of its parent: asked which, once the parent was swabbed', async () => {
    const { barcode } = await fill(0, false)
    const parent = await registerCitizen(app)
    const child = await addMember(app, parent, {
      name: '李小小',
      relation: 'child',
      consentMeans: 'guardian',
      documentNumber: makeResidentId({ birthOn: '2018-03-02' }),
    })
    expect((await sampler.sample(barcode, parent)).body.others).toBeUndefined()
    const again = await sampler.sample(barcode, parent)
    expect(again.body).toMatchObject({
      outcome: 'already_in_tube',
      others: [{ memberId: child.memberId, nameMasked: '李**' }],
    })
    const forMember = (memberId: string, who: Parameters<TestSampler['sample']>[1] = parent) =>
      sampler.sample(barcode, who, { forMemberId: memberId })
    expect((await forMember(child.memberId)).body).toMatchObject({
      outcome: 'taken',
      nth: 2,
      nameMasked: '李**',
    })
    const stranger = await registerCitizen(app)
    expect((await forMember(child.memberId, stranger)).body.fields).toEqual([
      { field: 'forMemberId', reason: 'not_found' },
    ])
    const { rows } = await app.parts.pool.query(
      `select l.purpose from lookups l join members m using (person_id) where m.member_id = $1`,
      [child.memberId],
    )
    expect(rows).toEqual([{ purpose: '核酸采样' }])
  })
})

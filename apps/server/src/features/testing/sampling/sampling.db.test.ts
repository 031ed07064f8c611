import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { createSampler, createSite, makeBarcode, type TestSampler } from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let sampler: TestSampler
beforeAll(async () => {
  app = await startTestApp({ limits: { documentChecksPerCallerPerMinute: 10_000 } })
  sampler = await createSampler(app)
})
afterAll(() => app.close())

const post = (path: string, body: object, as: Pick<TestSampler, 'call'> = sampler) =>
  as.call('POST', `/api/v1/sampling/${path}`, { requestId: randomUUID(), ...body })
const openTube = async (kind: Parameters<typeof makeBarcode>[0] = 'ten', as = sampler) => {
  const barcode = makeBarcode(kind)
  expect((await as.open(barcode)).status).toBe(201)
  return barcode
}
const codeOf = async (citizen: { headers: object }): Promise<string> =>
  (
    await app.http.inject({ url: '/api/v1/me/pass', headers: citizen.headers as Record<string, string> })
  ).json().personalCode.qrText
const paint = (personId: string, colour: 'yellow' | 'red' | 'green') =>
  app.parts.pool.query('update status_current set colour = $2 where person_id = $1', [
    personId,
    { green: 1, yellow: 2, red: 3 }[colour],
  ])

describe('samples', () => {
  it('ten people go into a tube by live code and document, each with their place; the eleventh does not', async () => {
    const barcode = await openTube()
    const first = await registerCitizen(app)
    const live = await post('samples', { barcode, qrText: await codeOf(first) })
    expect(live.body).toEqual({
      outcome: 'taken',
      nameMasked: '张**',
      nth: 1,
      capacity: 10,
      sampledAt: expect.any(String),
    })
    for (let nth = 2; nth <= 10; nth += 1)
      expect((await sampler.sample(barcode, await registerCitizen(app))).body).toMatchObject({
        outcome: 'taken',
        nth,
      })
    expect((await sampler.sample(barcode, await registerCitizen(app))).body).toMatchObject({
      outcome: 'tube_full',
      capacity: 10,
    })
    const { body } = await sampler.seal(barcode, 10)
    expect(body).toMatchObject({ state: 'sealed', taken: 10 })
  })

  it('a repeat is answered like the first time and never makes two, also twenty at once', async () => {
    const barcode = await openTube()
    const citizen = await registerCitizen(app)
    const requestId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => sampler.sample(barcode, citizen, { requestId })),
    )
    for (const { body } of answers) expect(body).toMatchObject({ outcome: 'taken', nth: 1 })
    const other = await registerCitizen(app)
    expect((await sampler.sample(barcode, other, { requestId })).body.code).toBe('REQUEST_ID_REUSED')
    expect((await sampler.sample(barcode, citizen)).body.outcome).toBe('already_in_tube')
  })

  it('one person at two tables in the same moment is in one tube', async () => {
    const tables = await Promise.all(Array.from({ length: 6 }, () => createSampler(app, sampler.siteId)))
    const citizen = await registerCitizen(app)
    const barcodes = await Promise.all(tables.map((table) => openTube('ten', table)))
    const answers = await Promise.all(tables.map((table, at) => table.sample(barcodes[at] ?? '', citizen)))
    expect(answers.map(({ body }) => body.outcome).sort()).toEqual([
      'sampled_recently',
      'sampled_recently',
      'sampled_recently',
      'sampled_recently',
      'sampled_recently',
      'taken',
    ])
  })

  it('twenty at once for a tube of ten: ten places, each once', async () => {
    const barcode = await openTube()
    const people = await Promise.all(Array.from({ length: 20 }, () => registerCitizen(app)))
    const answers = await Promise.all(people.map((person) => sampler.sample(barcode, person)))
    const places = answers.flatMap(({ body }) => (body.outcome === 'taken' ? [body.nth] : []))
    expect(places.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    for (const { body } of answers) expect(['taken', 'tube_full']).toContain(body.outcome)
  })

  it('whoever is yellow or red goes into a tube of their own, or of their home', async () => {
    const citizen = await registerCitizen(app)
    await paint(citizen.personId, 'yellow')
    expect((await sampler.sample(await openTube(), citizen)).body).toMatchObject({
      outcome: 'must_be_single',
      nameMasked: '张**',
    })
    expect((await sampler.sample(await openTube('household'), citizen)).body.outcome).toBe('taken')
    expect((await sampler.sample(await openTube('single'), citizen)).body.outcome).toBe('taken')
  })

  it('nobody twice within four hours; a single sample after a pooled one is another matter', async () => {
    const citizen = await registerCitizen(app)
    expect((await sampler.sample(await openTube(), citizen)).body.outcome).toBe('taken')
    expect((await sampler.sample(await openTube(), citizen)).body.outcome).toBe('sampled_recently')
    expect((await sampler.sample(await openTube('single'), citizen)).body.outcome).toBe('taken')
    expect((await sampler.sample(await openTube('single'), citizen)).body.outcome).toBe('sampled_recently')
    const { rows } = await app.parts.pool.query(
      `select purpose, organisation from lookups where person_id = $1 order by lookup_id`,
      [citizen.personId],
    )
    // A refusal names somebody without a sample to show for it: they see that too.
    expect(rows).toEqual([
      { purpose: '核酸采样', organisation: '鼓楼区防控办' },
      { purpose: '核酸采样', organisation: '鼓楼区防控办' },
    ])
  })

  it('somebody unknown is written down by document and phone, once, and is no person until they register', async () => {
    const barcode = await openTube()
    const stranger = { documentNumber: makeResidentId() }
    expect((await sampler.sample(barcode, stranger)).body).toEqual({
      outcome: 'person_unknown',
      capacity: 10,
    })
    expect((await sampler.sample(barcode, stranger, { phone: '123' })).body.fields).toEqual(
      [{ field: 'phone', reason: 'length' }].map((field) => ({ ...field, reason: expect.any(String) })),
    )
    expect((await sampler.sample(barcode, stranger, { phone: '13900000000' })).body).toMatchObject({
      outcome: 'taken',
      nth: 1,
    })
    expect((await sampler.sample(barcode, stranger, { phone: '13900000000' })).body.outcome).toBe(
      'already_in_tube',
    )
    const { rows } = await app.parts.pool.query(
      `select s.* from samples s join tubes using (tube_id) where barcode = $1`,
      [barcode],
    )
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows[0])).not.toContain(stranger.documentNumber)
  })

  it('says expired, forged, revoked and unreadable apart, and adds nobody', async () => {
    const barcode = await openTube()
    const citizen = await registerCitizen(app)
    const qrText = await codeOf(citizen)
    app.setNow(new Date(Date.now() + 100_000))
    expect((await post('samples', { barcode, qrText })).body.outcome).toBe('code_expired')
    app.setNow(undefined)
    const changed = qrText.slice(0, -10) + (qrText.at(-10) === 'A' ? 'B' : 'A') + qrText.slice(-9)
    expect((await post('samples', { barcode, qrText: changed })).body.outcome).toBe('code_forged')
    expect((await post('samples', { barcode, qrText: 'https://example.com/x' })).body.outcome).toBe(
      'code_unreadable',
    )
    expect((await post('samples', { barcode, qrText: '12345678' })).body.outcome).toBe('code_expired')
    const lost = await codeOf(citizen)
    await app.parts.pool.query(
      `update person_codes set revoked_at = now(), revoked_reason = 'reported_lost' where person_id = $1`,
      [citizen.personId],
    )
    expect((await post('samples', { barcode, qrText: lost })).body.outcome).toBe('code_revoked')
    const { rowCount } = await app.parts.pool.query(
      'select from samples join tubes using (tube_id) where barcode = $1',
      [barcode],
    )
    expect(rowCount).toBe(0)
  })

  it('a sample kept without network counts from when it was taken, by the clock of the server', async () => {
    const citizen = await registerCitizen(app)
    const qrText = await codeOf(citizen)
    const taken = Date.now()
    // An hour later, sent by a phone whose clock is three days ahead.
    app.setNow(new Date(taken + 3_600_000))
    const ahead = 3 * 86_400_000
    const late = await createSampler(app, sampler.siteId)
    const tube = makeBarcode('ten')
    expect(
      (
        await post(
          'tubes',
          {
            shiftId: late.shiftId,
            barcode: tube,
            openedAt: new Date(taken + ahead - 60_000).toISOString(),
            sentAt: new Date(taken + ahead + 3_600_000).toISOString(),
          },
          late,
        )
      ).status,
    ).toBe(201)
    const answer = await post(
      'samples',
      {
        barcode: tube,
        qrText,
        sampledAt: new Date(taken + ahead).toISOString(),
        sentAt: new Date(taken + ahead + 3_600_000).toISOString(),
      },
      late,
    )
    expect(answer.body).toMatchObject({ outcome: 'taken', sampledAt: new Date(taken).toISOString() })
    // The same code now, without that hour, is a photograph.
    expect((await post('samples', { barcode: tube, qrText }, late)).body.outcome).toBe('code_expired')
    expect(
      (
        await post(
          'samples',
          { barcode: tube, qrText, sampledAt: new Date(taken + 2 * 3_600_000).toISOString() },
          late,
        )
      ).body.fields,
    ).toEqual([{ field: 'sampledAt', reason: 'in_the_future' }])
    app.setNow(undefined)
  })
})

describe('tubes', () => {
  it('a used code is refused, whoever used it; a repeat of the request is not', async () => {
    const barcode = makeBarcode('ten')
    const requestId = randomUUID()
    const open = () => post('tubes', { requestId, shiftId: sampler.shiftId, barcode })
    expect([(await open()).status, (await open()).status]).toEqual([201, 201])
    expect((await sampler.open(barcode)).body.fields).toEqual([{ field: 'barcode', reason: 'tube_used' }])
    const other = await createSampler(app, sampler.siteId)
    expect((await other.open(barcode)).body.fields).toEqual([{ field: 'barcode', reason: 'tube_used' }])
    expect((await other.sample(barcode, await registerCitizen(app))).body.outcome).toBe('tube_of_other')
    expect((await other.seal(barcode, 1)).status).toBe(404)
    expect((await sampler.sample(makeBarcode('ten'), await registerCitizen(app))).body.outcome).toBe(
      'tube_unknown',
    )
  })

  it.each([
    ['11010119900307001X', 'document_number'],
    ['100000000017100000000017', 'read_twice'],
    ['990000000017', 'unknown_class'],
    ['900000000017', 'box'],
  ])('%s in the field of a tube is refused as %s', async (barcode, reason) => {
    expect((await sampler.open(barcode)).body.fields).toEqual([{ field: 'barcode', reason }])
  })

  it('is sealed with the number in the hand only, then takes and gives nobody', async () => {
    const barcode = await openTube()
    const citizen = await registerCitizen(app)
    const sampleRequestId = randomUUID()
    await sampler.sample(barcode, citizen, { requestId: sampleRequestId })
    await sampler.sample(barcode, await registerCitizen(app))
    expect((await sampler.seal(barcode, 3)).body.fields).toEqual([
      { field: 'count', reason: 'count_differs' },
    ])
    const requestId = randomUUID()
    const seal = () => post('seals', { requestId, barcode, count: 2 })
    expect((await seal()).body.state).toBe('sealed')
    expect((await seal()).body.state).toBe('sealed')
    expect((await sampler.sample(barcode, await registerCitizen(app))).body.outcome).toBe('tube_closed')
    const undo = await post('undos', { barcode, sampleRequestId, reason: 'wrong_person' })
    expect(undo.body.code).toBe('STATE_CONFLICT')
  })

  it('an undone sample leaves no gap, and whoever it was may be sampled', async () => {
    const barcode = await openTube()
    const people = [
      await registerCitizen(app),
      await registerCitizen(app),
      await registerCitizen(app),
    ] as const
    const requests = [randomUUID(), randomUUID(), randomUUID()]
    for (const [at, person] of people.entries())
      await sampler.sample(barcode, person, { requestId: requests[at] })
    const undo = () => post('undos', { barcode, sampleRequestId: requests[0], reason: 'wrong_person' })
    expect((await undo()).body.taken).toBe(2)
    expect((await undo()).body.taken).toBe(2)
    expect((await sampler.sample(barcode, people[0])).body).toMatchObject({ outcome: 'taken', nth: 3 })
    expect(
      (await post('undos', { barcode, sampleRequestId: randomUUID(), reason: 'wrong_person' })).status,
    ).toBe(404)
  })

  it('a shift ends when nothing is open; another one ends the one before', async () => {
    const own = await createSampler(app, sampler.siteId)
    const barcode = makeBarcode('ten')
    await own.open(barcode)
    const end = () => own.call('POST', `/api/v1/sampling/shifts/${own.shiftId}/end`, {})
    expect((await end()).body.fields).toEqual([{ field: 'shiftId', reason: 'tubes_open' }])
    await own.sample(barcode, await registerCitizen(app))
    await own.seal(barcode, 1)
    expect((await end()).body).toMatchObject({ sampled: 1, endedAt: expect.any(String) })
    expect((await own.open(makeBarcode('ten'))).body.fields).toEqual([
      { field: 'shiftId', reason: 'shift_ended' },
    ])
    expect((await own.call('GET', '/api/v1/sampling/shift')).body).toEqual({})
    const again = await post('shifts', { siteId: own.siteId }, own)
    expect((await own.call('GET', '/api/v1/sampling/shift')).body.shift.shiftId).toBe(again.body.shiftId)
  })
})

it('only samplers of the division sample, and only at its active sites', async () => {
  const elsewhere = await createOperator(app, { roles: ['sampler'], divisionCode: '320303' })
  expect((await post('shifts', { siteId: sampler.siteId }, elsewhere)).status).toBe(404)
  expect((await elsewhere.call('GET', '/api/v1/sampling/sites')).body.sites).toEqual([])
  expect(
    (await post('tubes', { shiftId: sampler.shiftId, barcode: makeBarcode('ten') }, elsewhere)).status,
  ).toBe(404)
  const citizen = await registerCitizen(app)
  for (const role of [
    'office',
    'hq',
    'checker',
    'lab',
    'auditor',
    'sysadmin',
    'hotline',
    'venue_manager',
    'epidemiologist',
  ]) {
    const other = await createOperator(app, { roles: [role] })
    for (const [path, body] of Object.entries({
      shifts: { siteId: sampler.siteId },
      tubes: { shiftId: sampler.shiftId, barcode: makeBarcode('ten') },
      samples: { barcode: makeBarcode('ten'), qrText: 'x' },
      undos: { barcode: makeBarcode('ten'), sampleRequestId: randomUUID(), reason: 'wrong_person' },
      seals: { barcode: makeBarcode('ten'), count: 1 },
      packings: { boxBarcode: makeBarcode('box'), barcode: makeBarcode('ten') },
    }))
      expect([role, path, (await post(path, body, other)).status]).toEqual([role, path, 403])
  }
  const asCitizen = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sampling/samples',
    headers: citizen.headers,
    payload: { requestId: randomUUID(), barcode: makeBarcode('ten'), qrText: 'x' },
  })
  expect(asCitizen.statusCode).toBe(401)
})

it('a suspended site takes no shift', async () => {
  const siteId = await createSite(app, { name: '暂停采样点' })
  const office = await createOperator(app, { roles: ['office'] })
  const { body } = await office.call('GET', '/api/v1/operator/test-sites')
  const site = body.sites.find((each: { siteId: string }) => each.siteId === siteId)
  const { name, address, hours, audience, priceCents, walkIn, revision } = site
  const change = { name, address, hours, audience, priceCents, walkIn, revision, state: 'suspended' }
  expect((await office.call('PATCH', `/api/v1/operator/test-sites/${siteId}`, change)).body.state).toBe(
    'suspended',
  )
  expect((await office.call('PATCH', `/api/v1/operator/test-sites/${siteId}`, change)).body.fields).toEqual([
    { field: 'revision', reason: 'changed_meanwhile' },
  ])
  expect((await post('shifts', { siteId }, sampler)).status).toBe(404)
})

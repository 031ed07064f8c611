import { randomUUID, sign } from 'node:crypto'
import { encodePersonalCode } from '@jiankangbao/domain/codes/personal-code'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  createVenue,
  makeResidentId,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const purpose = '入口查验'

/** The last midnight of the city, milliseconds since 1970. */
const shanghaiMidnight = (): number => {
  const eight = 8 * 3_600_000
  return Math.floor((Date.now() + eight) / 86_400_000) * 86_400_000 - eight
}

describe('POST /checks', () => {
  let app: TestApp
  let citizen: RegisteredCitizen
  let checker: TestOperator
  let venue: TestVenue
  beforeAll(async () => {
    app = await startTestApp({
      limits: { documentChecksPerCallerPerMinute: 1000, numericChecksPerCallerPerMinute: 1000 },
    })
    citizen = await registerCitizen(app)
    venue = await createVenue(app)
    checker = await createOperator(app, { roles: ['checker'] })
  })
  afterAll(() => app.close())

  const check = (means: object, extra: object = {}, as = checker) =>
    as.call('POST', '/api/v1/checks', {
      requestId: randomUUID(),
      pointId: String(venue.pointId),
      purpose,
      ...means,
      ...extra,
    })
  const getPass = async (as: { headers: object } = citizen, query = '') =>
    (
      await app.http.inject({ method: 'GET', url: `/api/v1/me/pass${query}`, headers: { ...as.headers } })
    ).json()

  it('reads a live code: colour, decision, masked name; and leaves check, visit and look-up', async () => {
    const pass = await getPass()
    expect(pass).toMatchObject({
      colour: 'green',
      nameMasked: '张**',
      personalCode: { refreshAfterSeconds: 30 },
    })
    expect(pass.personalCode.qrText.length).toBeLessThanOrEqual(180)
    const { status, body } = await check({ qrText: pass.personalCode.qrText })
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        outcome: 'green',
        colour: 'green',
        decision: 'admit',
        nameMasked: '张**',
        documentNeeded: false,
      }),
    ])
    const lookups = await app.http.inject({
      method: 'GET',
      url: '/api/v1/me/lookups',
      headers: citizen.headers,
    })
    expect(lookups.json().lookups[0]).toMatchObject({
      means: 'personal_code',
      purpose,
      by: '鼓楼区防控办',
      place: expect.stringContaining('测试超市'),
    })
    const visits = await app.http.inject({
      method: 'GET',
      url: '/api/v1/me/visits',
      headers: citizen.headers,
    })
    expect(visits.json().visits[0]).toMatchObject({ venueName: '测试超市', decision: 'admit' })
  })

  it('says expired of a screenshot, with its age and never a colour', async () => {
    const { qrText } = (await getPass()).personalCode
    app.setNow(new Date(Date.now() + 90_000))
    const { body } = await check({ qrText })
    app.setNow(undefined)
    expect(body).toMatchObject({ outcome: 'expired', ageSeconds: expect.any(Number), reasons: [] })
    expect(body).not.toHaveProperty('colour')
    expect(body).not.toHaveProperty('nameMasked')
  })

  it('says forged of another key’s code and of a changed one, unknown of other codes', async () => {
    const { keys } = app.parts
    const claims = {
      version: 1 as const,
      keyId: 1,
      codeId: Buffer.alloc(10, 7),
      colour: 'green' as const,
      issuedAtSeconds: Math.floor(Date.now() / 1000),
    }
    const other = (await import('node:crypto')).generateKeyPairSync('ed25519').privateKey
    const forged = encodePersonalCode(claims, (message) => sign(null, message, other))
    expect((await check({ qrText: `https://jkb.example/p/${forged}` })).body.outcome).toBe('forged')
    const unknownKey = encodePersonalCode({ ...claims, keyId: 99 }, (message) => sign(null, message, other))
    expect((await check({ qrText: `https://jkb.example/p/${unknownKey}` })).body).toMatchObject({
      outcome: 'forged',
      detail: 'unknown_key',
    })
    // Signed by us, but of nobody: the code id was never issued.
    const orphan = encodePersonalCode(claims, (message) =>
      sign(null, message, keys.currentSigningKey().privateKey),
    )
    expect((await check({ qrText: `https://jkb.example/p/${orphan}` })).body.outcome).toBe('unknown')
    expect((await check({ qrText: 'https://example.com/something' })).body.outcome).toBe('unknown')
    const { qrText } = (await getPass()).personalCode
    const changed = qrText.slice(0, -10) + (qrText.at(-10) === 'A' ? 'B' : 'A') + qrText.slice(-9)
    expect((await check({ qrText: changed })).body.outcome).toBe('forged')
  })

  it('takes a numeric code once, also when ten check it at the same time', async () => {
    const { numericCode } = (await getPass()).personalCode
    const answers = await Promise.all(Array.from({ length: 10 }, () => check({ numericCode })))
    expect(answers.filter(({ body }) => body.outcome === 'green')).toHaveLength(1)
    for (const { body } of answers.filter(({ body }) => body.outcome !== 'green'))
      expect(body).toMatchObject({ outcome: 'expired', detail: 'used_before', reasons: [] })
    const later = (await getPass()).personalCode.numericCode
    app.setNow(new Date(Date.now() + 61_000))
    expect((await check({ numericCode: later })).body.outcome).toBe('expired')
    app.setNow(undefined)
    expect((await check({ numericCode: '1234567' })).body.fields).toEqual([
      { field: 'numericCode', reason: expect.any(String) },
    ])
  })

  it('answers ten repeats at the same time alike, and writes one check and one look-up', async () => {
    const { numericCode } = (await getPass()).personalCode
    const requestId = randomUUID()
    const count = async () =>
      (
        await app.parts.pool.query('select count(*)::int as n from lookups where person_id = $1', [
          citizen.personId,
        ])
      ).rows[0].n
    const before = await count()
    const answers = await Promise.all(Array.from({ length: 10 }, () => check({ numericCode }, { requestId })))
    for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body)
    expect(answers[0]?.body.outcome).toBe('green')
    expect(await count()).toBe(before + 1)
    const { rows } = await app.parts.pool.query('select from checks where request_id = $1', [requestId])
    expect(rows).toHaveLength(1)
  })

  it('answers a repeat like the first time, although the numeric code is used', async () => {
    const { numericCode } = (await getPass()).personalCode
    const requestId = randomUUID()
    const first = await check({ numericCode }, { requestId })
    expect(first.body.outcome).toBe('green')
    expect((await check({ numericCode }, { requestId })).body).toEqual(first.body)
  })

  it('knows a repeat on the other side of midnight, either way round', async () => {
    const midnight = shanghaiMidnight()
    for (const [first, again] of [
      [500, -1000],
      [-500, 1000],
    ] as const) {
      const requestId = randomUUID()
      const means = { document: { type: 'resident_id', number: citizen.documentNumber } }
      app.setNow(new Date(midnight + first))
      expect((await check(means, { requestId })).status).toBe(200)
      app.setNow(new Date(midnight + Math.max(again, 0) + 2000))
      const scannedAt = new Date(midnight + again).toISOString()
      const repeat = await check(means, { requestId, scannedAt })
      app.setNow(undefined)
      expect([repeat.status, repeat.body.checkedAt]).toEqual([200, new Date(midnight + first).toISOString()])
      const { rows } = await app.parts.pool.query('select 1 from checks where request_id = $1', [requestId])
      expect(rows).toHaveLength(1)
    }
  })

  it('refuses a repeat for another person: nobody gets the answer of somebody else', async () => {
    const other = await registerCitizen(app, { name: '李四' })
    const requestId = randomUUID()
    const documentOf = ({ documentNumber }: { documentNumber: string }) => ({
      document: { type: 'resident_id', number: documentNumber },
    })
    const first = await check(documentOf(citizen), { requestId })
    expect(first.body.outcome).toBe('green')
    expect((await check(documentOf(other), { requestId })).body.code).toBe('REQUEST_ID_REUSED')
    expect((await check(documentOf(citizen), { requestId })).body).toEqual(first.body)
  })

  it('reads a paper code of a member, wants the document beside it, and says when it was reported lost', async () => {
    const member = await addMember(app, citizen)
    const issue = async (requestId: string) =>
      (
        await app.http.inject({
          method: 'POST',
          url: '/api/v1/me/paper-codes',
          headers: citizen.headers,
          payload: { requestId, memberId: member.memberId },
        })
      ).json()
    const requestId = randomUUID()
    const paper = await issue(requestId)
    expect(await issue(requestId)).toEqual(paper)
    expect((await check({ qrText: paper.qrText })).body).toMatchObject({
      outcome: 'green',
      documentNeeded: true,
      nameMasked: '张**',
      documentNumberMasked: expect.stringMatching(/^\d\d\*+\w\w$/),
    })
    const replaced = await issue(randomUUID())
    expect((await check({ qrText: paper.qrText })).body).toMatchObject({
      outcome: 'revoked',
      detail: 'replaced',
    })
    await app.http.inject({
      method: 'POST',
      url: '/api/v1/me/paper-codes/lost',
      headers: citizen.headers,
      payload: { requestId: randomUUID(), memberId: member.memberId },
    })
    expect((await check({ qrText: replaced.qrText })).body).toMatchObject({
      outcome: 'revoked',
      detail: 'reported_lost',
    })
    const own = await app.http.inject({
      method: 'POST',
      url: '/api/v1/me/paper-codes',
      headers: (await registerCitizen(app, { birthOn: '1990-01-01' })).headers,
      payload: { requestId: randomUUID() },
    })
    expect(own.json().code).toBe('PAPER_CODE_NOT_ALLOWED')
  })

  it('finds by document number with a purpose; unknown numbers are unknown, bad ones refused', async () => {
    expect(
      (await check({ document: { type: 'resident_id', number: citizen.documentNumber.toLowerCase() } })).body,
    ).toMatchObject({ outcome: 'green', nameMasked: '张**' })
    expect((await check({ document: { type: 'resident_id', number: makeResidentId() } })).body).toMatchObject(
      { outcome: 'unknown', reasons: [] },
    )
    expect(
      (await check({ document: { type: 'resident_id', number: '320302199001011234' } })).body.fields,
    ).toEqual([{ field: 'document.number', reason: 'check_digit' }])
    expect(
      (
        await check(
          { document: { type: 'resident_id', number: citizen.documentNumber } },
          { purpose: undefined },
        )
      ).status,
    ).toBe(400)
  })

  it('wants exactly one means, and no venue code', async () => {
    expect((await check({})).body.fields).toEqual([{ field: 'qrText', reason: 'means_missing' }])
    expect((await check({ numericCode: '12345678', qrText: 'x' })).body.fields).toEqual([
      { field: 'qrText', reason: 'means_several' },
    ])
    expect((await check({ qrText: `https://jkb.example/v/${venue.venueCode}` })).body.fields).toEqual([
      { field: 'qrText', reason: 'venue_code_not_personal' },
    ])
  })

  it('refuses citizens, other roles, other divisions’ points and writing without the CSRF token', async () => {
    const payload = {
      requestId: randomUUID(),
      pointId: String(venue.pointId),
      numericCode: '12345678',
      purpose,
    }
    const asCitizen = await app.http.inject({
      method: 'POST',
      url: '/api/v1/checks',
      headers: citizen.headers,
      payload,
    })
    expect(asCitizen.statusCode).toBe(401)
    expect(
      (await check({ numericCode: '12345678' }, {}, await createOperator(app, { roles: ['auditor'] })))
        .status,
    ).toBe(403)
    const outside = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    expect((await check({ numericCode: '12345678' }, { pointId: '999999' }, outside)).status).toBe(404)
    const noToken = await app.http.inject({
      method: 'POST',
      url: '/api/v1/checks',
      headers: { cookie: checker.headers.cookie },
      payload,
    })
    expect(noToken.json().code).toBe('CSRF_REFUSED')
  })

  it('lets an enrolled device check at its own point only, until it is revoked', async () => {
    const enrolled = await checker.call('POST', '/api/v1/devices', {
      pointId: String(venue.pointId),
      name: '1 号机',
    })
    expect(enrolled.status).toBe(201)
    const headers = { authorization: `Bearer ${enrolled.body.deviceToken}` }
    const checkAs = async (pointId: number) =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/checks',
        headers,
        payload: {
          requestId: randomUUID(),
          pointId: String(pointId),
          qrText: (await getPass()).personalCode.qrText,
          purpose,
        },
      })
    expect((await checkAs(venue.pointId)).json().outcome).toBe('green')
    const elsewhere = await createVenue(app, { name: '别处' })
    expect((await checkAs(elsewhere.pointId)).statusCode).toBe(404)
    await app.parts.pool.query(`update devices set revoked_at = now() where device_id = $1`, [
      enrolled.body.deviceId,
    ])
    app.setNow(new Date(Date.now() + 31_000))
    expect((await checkAs(venue.pointId)).json().code).toBe('SESSION_REVOKED')
    app.setNow(undefined)
  })

  it('limits document look-ups per caller', async () => {
    const limited = await startTestApp({ limits: { documentChecksPerCallerPerMinute: 2 } })
    const place = await createVenue(limited)
    const operator = await createOperator(limited, { roles: ['checker'] })
    const look = () =>
      operator.call('POST', '/api/v1/checks', {
        requestId: randomUUID(),
        pointId: String(place.pointId),
        document: { type: 'resident_id', number: makeResidentId() },
        purpose,
      })
    const statuses = [await look(), await look(), await look()].map(({ status }) => status)
    await limited.close()
    expect(statuses).toEqual([200, 200, 429])
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMember, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import {
  createLaboratoryOperator,
  createSampler,
  deliver,
  makeBarcode,
  type TestSampler,
} from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeResultSheets } from './purge-sheets.ts'

const MINUTE = 60_000

let app: TestApp
let sampler: TestSampler
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp()
  sampler = await createSampler(app)
  laboratory = await createPartner(app, 'laboratory', '徐州第一检验所')
})
afterAll(() => app.close())

const push = async (barcode: string, action: string, result?: string) => {
  const answer = await laboratory.push('/api/v1/partner/tube-results', {
    batchId: randomUUID(),
    results: [{ action, barcode, ...(result ? { result } : {}) }],
  })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
}
/** Somebody with a result; the code of their tube. */
const result = async (person: Pick<RegisteredCitizen, 'documentNumber'>, word: string): Promise<string> => {
  const barcode = makeBarcode('single')
  await sampler.open(barcode)
  await sampler.sample(barcode, person)
  await sampler.seal(barcode, 1)
  const receiver = await createLaboratoryOperator(app, '徐州第一检验所')
  await deliver(sampler, receiver, laboratory.partnerId, [barcode])
  await push(barcode, 'report', word)
  return barcode
}
const testsOf = async ({ headers }: Pick<RegisteredCitizen, 'headers'>, memberId?: string) =>
  (
    await app.http.inject({ url: `/api/v1/me/tests${memberId ? `?memberId=${memberId}` : ''}`, headers })
  ).json().tests
const sheetOf = async ({ headers }: Pick<RegisteredCitizen, 'headers'>, payload: object) => {
  const answer = await app.http.inject({ method: 'POST', url: '/api/v1/me/result-sheets', headers, payload })
  return { status: answer.statusCode, body: answer.json() }
}
const verify = async (code: string, remoteAddress = '127.0.0.1') => {
  const url = '/api/v1/result-sheets/verifications'
  const answer = await app.http.inject({ method: 'POST', url, payload: { qrText: code }, remoteAddress })
  return { status: answer.statusCode, body: answer.json() }
}

describe('a sheet', () => {
  it('is verified by anybody, shows a masked name and times alone, and stays the same', async () => {
    const citizen = await registerCitizen(app)
    await result(citizen, 'negative')
    const [{ testId }] = await testsOf(citizen)
    const { body } = await sheetOf(citizen, { testId })
    expect(body.qrText).toMatch(/\/r\/[A-Za-z0-9_-]{100,}$/)
    const verified = await verify(body.qrText)
    expect(verified.body).toEqual({
      outcome: 'valid',
      sheet: {
        nameMasked: '张**',
        result: 'negative',
        kind: 'single',
        sampledAt: expect.any(String),
        receivedAt: expect.any(String),
        reportedAt: expect.any(String),
        siteName: '云龙广场采样点',
        laboratory: '徐州第一检验所',
      },
      issuedAt: body.issuedAt,
      serverTime: expect.any(String),
    })
    const [one, other] = await Promise.all([sheetOf(citizen, { testId }), sheetOf(citizen, { testId })])
    expect([one.body.qrText, other.body.qrText]).toEqual([body.qrText, body.qrText])
  })

  it('is revoked once its result is corrected, also back again, or withdrawn', async () => {
    const citizen = await registerCitizen(app)
    const barcode = await result(citizen, 'negative')
    const [{ testId }] = await testsOf(citizen)
    const { qrText } = (await sheetOf(citizen, { testId })).body
    await push(barcode, 'correct', 'positive')
    expect((await verify(qrText)).body).toMatchObject({ outcome: 'revoked' })
    expect((await verify(qrText)).body.sheet).toBeUndefined()
    await push(barcode, 'correct', 'negative')
    expect((await verify(qrText)).body.outcome).toBe('revoked')
    const again = (await sheetOf(citizen, { testId })).body.qrText
    expect((await verify(again)).body.outcome).toBe('valid')
    await push(barcode, 'withdraw')
    expect((await verify(again)).body.outcome).toBe('revoked')
    expect((await sheetOf(citizen, { testId })).status).toBe(404)
  })

  it('is forged where the signature is another’s, unreadable where it is none', async () => {
    const citizen = await registerCitizen(app)
    await result(citizen, 'negative')
    const [{ testId }] = await testsOf(citizen)
    const { qrText } = (await sheetOf(citizen, { testId })).body
    const token = qrText.slice(qrText.lastIndexOf('/') + 1)
    const changed = `${token.slice(0, 30)}${token[30] === 'A' ? 'B' : 'A'}${token.slice(31)}`
    expect((await verify(changed)).body.outcome).toBe('forged')
    for (const text of ['12345', 'https://jkb.example/v/ABCD', 'x'.repeat(600)])
      expect((await verify(text)).body.outcome, text).toBe('unreadable')
    expect((await verify('')).status).toBe(400)
  })

  it('is tried sixty times a minute from one address, not more', async () => {
    const answers = []
    for (let turn = 0; turn < 61; turn += 1) answers.push((await verify('nothing', '10.9.9.9')).status)
    // The window may turn once on the way.
    expect(answers.filter((status) => status === 429).length).toBeLessThanOrEqual(1)
    const more = await Promise.all(Array.from({ length: 130 }, () => verify('nothing', '10.9.9.9')))
    expect(more.some(({ status }) => status === 429)).toBe(true)
    expect((await verify('nothing', '10.9.9.8')).status).toBe(200)
  })

  it('is for the person and whoever looks after them', async () => {
    const citizen = await registerCitizen(app)
    const { memberId, documentNumber } = await addMember(app, citizen)
    await result({ documentNumber }, 'negative')
    const [{ testId }] = await testsOf(citizen, memberId)
    expect((await sheetOf(citizen, { testId, memberId })).status).toBe(200)
    expect((await sheetOf(citizen, { testId })).status).toBe(404)
    const stranger = await registerCitizen(app)
    expect((await sheetOf(stranger, { testId })).status).toBe(404)
    expect((await sheetOf(stranger, { testId, memberId })).status).toBe(404)
  })

  it('goes with the samples of its time, and is no longer valid', async () => {
    const citizen = await registerCitizen(app)
    await result(citizen, 'negative')
    const [{ testId }] = await testsOf(citizen)
    const { qrText } = (await sheetOf(citizen, { testId })).body
    const now = Date.now()
    app.setNow(new Date(now + 61 * 24 * 60 * MINUTE))
    await purgeResultSheets(app.parts)
    app.setNow(undefined)
    expect((await verify(qrText)).body.outcome).toBe('revoked')
  })
})

describe('a positive', () => {
  const desk = '/api/v1/operator/callbacks'
  const call = (outcome: string) => ({ requestId: randomUUID(), outcome, note: '已告知下一步' })

  it('is told by telephone first: the word comes once somebody was reached', async () => {
    const citizen = await registerCitizen(app)
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    await result(citizen, 'positive')
    const [{ testId, state }] = await testsOf(citizen)
    expect(state).toBe('being_called')
    expect((await sheetOf(citizen, { testId })).status).toBe(409)
    const listed = async () =>
      (await office.call('GET', desk)).body.callbacks.find(
        (each: { testId: string }) => each.testId === testId,
      )
    const one = await listed()
    expect(one).toMatchObject({ nameMasked: '张**', hasPhone: true, calls: [] })
    expect(Date.parse(one.shownAt) - Date.parse(one.reportedAt)).toBe(30 * MINUTE)
    const revealed = await office.call('POST', `${desk}/${testId}/phone`, { purpose: '电话告知检测结果' })
    expect(revealed.body).toEqual({ phone: citizen.phone })
    await office.call('POST', `${desk}/${testId}/calls`, call('not_reached'))
    expect((await testsOf(citizen))[0].state).toBe('being_called')
    const reached = call('reached')
    for (let turn = 0; turn < 2; turn += 1)
      expect((await office.call('POST', `${desk}/${testId}/calls`, reached)).body.calls).toMatchObject([
        { outcome: 'reached', note: '已告知下一步' },
        { outcome: 'not_reached' },
      ])
    expect((await testsOf(citizen))[0].state).toBe('positive')
    expect((await sheetOf(citizen, { testId })).body.result).toBe('positive')
    const { rows } = await app.parts.pool.query(
      `select action from audit_entries where object_kind = 'test_result' and object_id = $1 order by audit_id`,
      [testId],
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'test_result.phone_revealed',
      'test_result.called',
      'test_result.called',
    ])
    const lookups = await app.parts.pool.query(
      `select purpose from lookups where person_id = $1 and means = 'unmasking'`,
      [citizen.personId],
    )
    expect(lookups.rows).toEqual([{ purpose: '电话告知检测结果' }])
  })

  it('is said after half an hour whether or not somebody was reached', async () => {
    const citizen = await registerCitizen(app)
    await result(citizen, 'positive')
    app.setNow(new Date(Date.now() + 30 * MINUTE + 1000))
    const [{ state }] = await testsOf(citizen)
    app.setNow(undefined)
    expect(state).toBe('positive')
  })

  it('is called by the offices of its site and the city, nobody else; negatives by nobody', async () => {
    const citizen = await registerCitizen(app)
    const barcode = await result(citizen, 'positive')
    const [{ testId }] = await testsOf(citizen)
    const foreign = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    const city = await createOperator(app, { roles: ['hq'], divisionCode: '320300' })
    const has = async (by: typeof foreign) =>
      (await by.call('GET', desk)).body.callbacks.some((each: { testId: string }) => each.testId === testId)
    expect([await has(foreign), await has(city)]).toEqual([false, true])
    expect(
      (await foreign.call('POST', `${desk}/${testId}/phone`, { purpose: '电话告知检测结果' })).status,
    ).toBe(404)
    expect((await foreign.call('POST', `${desk}/${testId}/calls`, call('reached'))).status).toBe(404)
    await push(barcode, 'correct', 'negative')
    expect(await has(city)).toBe(false)
    expect((await city.call('POST', `${desk}/${testId}/calls`, call('reached'))).status).toBe(404)
  })
})

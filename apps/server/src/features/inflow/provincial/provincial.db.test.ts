import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addMember,
  makeResidentId,
  type RegisteredCitizen,
  registerCitizen,
  signInCitizen,
} from '../../../../test/factories.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { pullDueCodes } from './provincial.service.ts'

const NOW = new Date('2022-03-10T04:00:00.000Z')
const at = (hours: number) => new Date(NOW.getTime() + hours * 3600_000)

let app: TestApp
let province: TestPartner
beforeAll(async () => {
  app = await startTestApp({ now: NOW, limits: { provincialRefreshesPerAccountPerHour: 5 } })
  province = await createPartner(app, 'province')
})
afterAll(() => app.close())
beforeEach(() => {
  app.setNow(NOW)
  app.outside.provincial = { outcome: 'not_found' }
  app.outside.identity = 'match'
})

const get = async (citizen: Pick<RegisteredCitizen, 'headers'>, url = '/api/v1/me/provincial-code') =>
  (await app.http.inject({ url, headers: citizen.headers })).json()
const post = async (citizen: Pick<RegisteredCitizen, 'headers'>, url: string, payload: object = {}) => {
  const answer = await app.http.inject({ method: 'POST', url, headers: citizen.headers, payload })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
}
const refresh = (citizen: Pick<RegisteredCitizen, 'headers'>, payload: object = {}) =>
  post(citizen, '/api/v1/me/provincial-code/refresh', payload)
const colourOf = async (citizen: RegisteredCitizen) => (await get(citizen, '/api/v1/me/pass')).colour

describe('the provincial code', () => {
  it('is asked for once a person has registered, by the jobs', async () => {
    const citizen = await registerCitizen(app)
    expect(await get(citizen)).toEqual({ state: 'waiting', reachable: true })
    app.outside.provincial = { outcome: 'known', colour: 'yellow', observedAt: at(-1) }
    while ((await pullDueCodes(app.parts, 5)) > 0);
    expect(await get(citizen)).toMatchObject({
      state: 'known',
      colour: 'yellow',
      observedAt: at(-1).toISOString(),
      expiresAt: at(47).toISOString(),
    })
    expect(app.outside.provincialQuestions.at(-1)).toMatchObject({ documentType: 'resident_id' })
    expect(await pullDueCodes(app.parts, 5)).toBe(0)
    app.setNow(at(13))
    expect(await pullDueCodes(app.parts, 100)).toBeGreaterThan(0)
  })

  it('is asked for now when its holder wants it, and the pass shows what came', async () => {
    const citizen = await registerCitizen(app)
    app.outside.provincial = { outcome: 'known', colour: 'red', observedAt: NOW }
    expect((await refresh(citizen)).body).toMatchObject({ colour: 'red', reachable: true })
    expect(await colourOf(citizen)).toBe('red')
    app.setNow(at(1))
    app.outside.provincial = { outcome: 'known', colour: 'green', observedAt: at(1) }
    await refresh(citizen)
    expect(await colourOf(citizen)).toBe('green')
    const { rows } = await app.parts.pool.query(
      `select anchor_at, ended_at, details ->> 'colour' as colour from findings where person_id = $1::bigint order by finding_id`,
      [citizen.personId],
    )
    expect(rows).toEqual([
      { anchor_at: NOW, ended_at: at(1), colour: 'red' },
      { anchor_at: at(1), ended_at: null, colour: 'green' },
    ])
  })

  it('older than what is known, or better about the same instant, changes nothing', async () => {
    const citizen = await registerCitizen(app)
    app.outside.provincial = { outcome: 'known', colour: 'red', observedAt: NOW }
    await refresh(citizen)
    for (const observedAt of [at(-5), NOW]) {
      app.outside.provincial = { outcome: 'known', colour: 'green', observedAt }
      expect((await refresh(citizen)).body.colour).toBe('red')
    }
    expect(await colourOf(citizen)).toBe('red')
  })

  it('stays as it is, with its age, while the province does not answer', async () => {
    const citizen = await registerCitizen(app)
    app.outside.provincial = { outcome: 'known', colour: 'yellow', observedAt: NOW }
    await refresh(citizen)
    app.outside.provincial = 'away'
    expect(await refresh(citizen)).toMatchObject({
      status: 200,
      body: { state: 'known', colour: 'yellow', observedAt: NOW.toISOString(), reachable: false },
    })
    expect(await colourOf(citizen)).toBe('yellow')
  })

  it('asks for renewed identity data once, and comes after the update', async () => {
    const citizen = await registerCitizen(app, { name: '张小明' })
    app.outside.provincial = { outcome: 'identity_stale' }
    expect((await refresh(citizen)).body.state).toBe('identity_stale')
    await refresh(citizen)
    const { notices } = await get(citizen, '/api/v1/me/notices')
    expect(
      notices.filter((notice: { kind: string }) => notice.kind === 'provincial_identity_stale'),
    ).toMatchObject([{ details: { name: '张**' } }])

    const update = (body: object) => post(citizen, '/api/v1/me/identity-updates', body)
    const { documentNumber } = citizen
    expect((await update({ name: '张大明', documentNumber: makeResidentId() })).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [{ field: 'documentNumber', reason: 'differs' }],
    })
    app.outside.identity = 'mismatch'
    expect((await update({ name: '张大明', documentNumber })).body.code).toBe('IDENTITY_MISMATCH')
    app.outside.identity = 'match'
    app.outside.provincial = { outcome: 'known', colour: 'green', observedAt: NOW }
    expect(await update({ name: '张大明', documentNumber })).toMatchObject({
      status: 200,
      body: { state: 'known', colour: 'green' },
    })
    expect(app.outside.provincialQuestions.at(-1)).toMatchObject({ name: '张大明' })
  })

  it('of a member is renewed by whoever holds them, who is told about whom', async () => {
    const parent = await registerCitizen(app)
    const { memberId, documentNumber } = await addMember(app, parent, { name: '张小宝' })
    expect(await get(parent, '/api/v1/me/stale-identities')).toEqual({ persons: [] })
    app.outside.provincial = { outcome: 'identity_stale' }
    await refresh(parent, { memberId })
    expect(await get(parent, '/api/v1/me/stale-identities')).toEqual({
      persons: [{ memberId, nameMasked: '张**' }],
    })
    const { notices, unread } = await get(parent, '/api/v1/me/notices')
    expect(notices[0]).toMatchObject({
      kind: 'provincial_identity_stale',
      details: { name: '张**', memberId },
      read: false,
    })
    expect(unread).toBe(1)
    await post(parent, '/api/v1/me/notices/reading', { until: notices[0].at })
    expect(await get(parent, '/api/v1/me/notices')).toMatchObject({ notices: [{ read: true }], unread: 0 })
    app.outside.provincial = { outcome: 'known', colour: 'green', observedAt: NOW }
    const update = { memberId, name: '张小宝', documentNumber }
    expect((await post(parent, '/api/v1/me/identity-updates', update)).body.state).toBe('known')
    expect(await get(parent, '/api/v1/me/stale-identities')).toEqual({ persons: [] })
    expect(await get(await registerCitizen(app), '/api/v1/me/stale-identities')).toEqual({ persons: [] })
  })

  it('is nobody else’s, and asked for at a bounded rate', async () => {
    const citizen = await registerCitizen(app)
    const memberId = randomUUID()
    expect((await refresh(citizen, { memberId })).body.code).toBe('NOT_FOUND')
    expect((await get(citizen, `/api/v1/me/provincial-code?memberId=${memberId}`)).code).toBe('NOT_FOUND')
    expect((await refresh(await signInCitizen(app))).body.code).toBe('NOT_REGISTERED')
    expect((await refresh(citizen, { colour: 'green' })).body.code).toBe('VALIDATION_FAILED')
    const open = await app.http.inject({
      method: 'POST',
      url: '/api/v1/me/provincial-code/refresh',
      payload: {},
    })
    expect(open.json().code).toBe('NOT_SIGNED_IN')
    const statuses: number[] = []
    for (let count = 0; count < 6; count += 1) statuses.push((await refresh(citizen)).status)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('codes pushed by the province', () => {
  const push = (codes: object[], batchId: string = randomUUID()) =>
    province.push('/api/v1/partner/provincial-codes', { batchId, codes })
  const code = (cardNo: string, codeColor: string, updateTime = NOW.getTime()) => ({
    cardType: '1',
    cardNo,
    codeColor,
    updateTime,
  })

  it('take effect for those registered here; bad rows come back, strangers are passed over', async () => {
    const [red, green] = await Promise.all([registerCitizen(app), registerCitizen(app)])
    const batchId = randomUUID()
    const rows = [
      code(red.documentNumber, '10'),
      code(green.documentNumber, '00'),
      code(makeResidentId(), '10'),
      code('320302199006150000', '10'),
      { ...code(makeResidentId(), '10'), cardType: '77' },
      code(makeResidentId(), '77'),
      code(makeResidentId(), '00', NOW.getTime() + 3600_000),
      code(red.documentNumber, '00'),
    ]
    const first = await push(rows, batchId)
    expect(first).toMatchObject({ status: 200, body: { accepted: 2, ignored: 1 } })
    expect(first.body.refused).toEqual([
      { row: 3, field: 'cardNo', reason: 'format' },
      { row: 4, field: 'cardType', reason: 'unknown' },
      { row: 5, field: 'codeColor', reason: 'unknown' },
      { row: 6, field: 'updateTime', reason: 'in_the_future' },
      { row: 7, field: 'cardNo', reason: 'duplicate' },
    ])
    expect(await get(red)).toMatchObject({ colour: 'red' })
    expect(await push(rows, batchId)).toEqual(first)
    expect((await push(rows.slice(1), batchId)).body.code).toBe('REQUEST_ID_REUSED')
  })

  it('come from the province only', async () => {
    const laboratory = await createPartner(app, 'laboratory')
    const answer = await laboratory.push('/api/v1/partner/provincial-codes', {
      batchId: 'x',
      codes: [code(makeResidentId(), '00')],
    })
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    expect((await push([{ ...code(makeResidentId(), '00'), colour: 'green' }])).status).toBe(400)
  })
})

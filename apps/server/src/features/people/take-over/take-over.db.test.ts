import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import {
  addMember,
  createVenue,
  type RegisteredCitizen,
  registerCitizen,
  type SignedIn,
  signInUnproved,
} from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { tellLateTakeOvers } from './late-take-overs.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
beforeEach(() => app.setNow(undefined))

type Headers = Pick<SignedIn, 'headers'>
const call = async ({ headers }: Headers, method: 'GET' | 'POST', path: string, payload?: object) => {
  const response = await app.http.inject({
    ...{ method, url: `/api/v1/${path}`, headers },
    ...(payload ? { payload } : {}),
  })
  return { status: response.statusCode, body: response.body === '' ? {} : response.json() }
}
const object = (who: Headers) => call(who, 'POST', 'me/take-over/objection')

/** Somebody's identity moved to another phone by a face check; the old phone signed in again by SMS. */
const move = async () => {
  const owner = await registerCitizen(app)
  const { name, documentNumber } = owner
  const taker = await registerCitizen(app, { name, documentNumber })
  expect(taker.personId).toBe(owner.personId)
  const old = await signInUnproved(app, owner, { deviceSecret: owner.deviceSecret })
  return { owner, taker, old }
}
const findId = async (personId: string): Promise<string> =>
  (
    await app.parts.pool.query(
      `select take_over_id from take_overs where person_id = $1::bigint order by taken_at desc limit 1`,
      [personId],
    )
  ).rows[0]?.take_over_id
const checkOf = async (body: object) => {
  const { pointId } = await createVenue(app)
  const checker = await createOperator(app, { roles: ['checker'] })
  const payload = { requestId: randomUUID(), pointId: String(pointId), purpose: '入口查验', ...body }
  return (await checker.call('POST', '/api/v1/checks', payload)).body
}
const passOf = (who: Headers) => call(who, 'GET', 'me/pass')
const decide = async (personId: string, verdict: string, roles = ['office']) => {
  const office = await createOperator(app, { roles })
  const path = `/api/v1/operator/take-overs/${await findId(personId)}/decision`
  return office.call('POST', path, { verdict, reason: '两位当事人持证件到场' })
}
const kindsOf = async (who: Headers) =>
  ((await call(who, 'GET', 'me/notices')).body.notices as { kind: string }[]).map(({ kind }) => kind)

describe('the objection of an old phone', () => {
  it('stops the live code on both phones; paper code and document go on, and the colour stays', async () => {
    const { owner, taker, old } = await move()
    const shown = (await passOf(taker)).body
    expect((await call(old, 'GET', 'me/take-over')).body.takeOver).toMatchObject({
      isOld: true,
      mayObject: true,
    })
    const objected = await object(old)
    expect([objected.status, objected.body]).toMatchObject([201, { state: 'objected', mayObject: false }])
    expect((await object(old)).body).toEqual(objected.body)

    expect((await passOf(taker)).body).toMatchObject({ code: 'CODE_ON_HOLD' })
    expect((await passOf(taker)).body).toMatchObject({ code: 'CODE_ON_HOLD' })
    expect(await checkOf({ qrText: shown.personalCode.qrText })).toMatchObject({
      outcome: 'revoked',
      detail: 'objected',
    })
    expect(await checkOf({ numericCode: shown.personalCode.numericCode })).not.toMatchObject({
      outcome: 'green',
    })
    const document = { type: 'resident_id', number: owner.documentNumber }
    expect(await checkOf({ document })).toMatchObject({ outcome: 'green' })
    const { rows } = await app.parts.pool.query(
      `select colour from status_current where person_id = $1::bigint`,
      [owner.personId],
    )
    expect(rows).toEqual([{ colour: 1 }])
    expect(await kindsOf(taker)).toContain('take_over_objected')
    expect((await call(taker, 'GET', 'me/take-over')).body.takeOver).toMatchObject({
      isOld: false,
      state: 'objected',
      dueAt: objected.body.dueAt,
    })
  })

  it('holds while displays are fetched at the same time', async () => {
    const { taker, old } = await move()
    await Promise.all([object(old), ...Array.from({ length: 10 }, () => passOf(taker)), object(old)])
    expect((await passOf(taker)).body).toMatchObject({ code: 'CODE_ON_HOLD' })
  })

  it('stops the code that a family shows as well', async () => {
    const owner = await registerCitizen(app)
    const holder = await registerCitizen(app)
    const member = await addMember(app, holder, { relation: 'parent' })
    const own = await registerCitizen(app, { name: member.name, documentNumber: member.documentNumber })
    const taker = await registerCitizen(app, { name: member.name, documentNumber: member.documentNumber })
    const old = await signInUnproved(app, own)
    await object(old)
    expect((await passOf(taker)).body).toMatchObject({ code: 'CODE_ON_HOLD' })
    const carried = await call(holder, 'GET', `me/pass?memberId=${member.memberId}`)
    expect(['CODE_ON_HOLD', 'MEMBER_CODE_WITHHELD']).toContain(carried.body.code)
    expect((await passOf(owner)).status).toBe(200)
  })

  it('is for the old phone, within a day', async () => {
    const { taker, old } = await move()
    expect((await object(taker)).status).toBe(404)
    expect((await object(await registerCitizen(app))).status).toBe(404)
    expect((await object({ headers: { authorization: '' } })).status).toBe(401)
    await app.parts.pool.query(
      `update take_overs set object_until = now() - interval '1 second' where take_over_id = $1::uuid`,
      [await findId(taker.personId)],
    )
    expect((await call(old, 'GET', 'me/take-over')).body.takeOver).toMatchObject({ mayObject: false })
    expect((await object(old)).body).toMatchObject({
      code: 'STATE_CONFLICT',
      fields: [{ reason: 'too_late' }],
    })
    expect((await passOf(taker)).status).toBe(200)
  })
})

describe('the decision of an office', () => {
  it('kept: the new phone goes on, both are told', async () => {
    const { owner, taker, old } = await move()
    await object(old)
    expect((await decide(owner.personId, 'keep')).status).toBe(204)
    expect((await passOf(taker)).body).toMatchObject({ colour: 'green' })
    expect(await kindsOf(taker)).toContain('take_over_kept')
    expect(await kindsOf(old)).toContain('take_over_kept')
    expect((await decide(owner.personId, 'return')).body).toMatchObject({ code: 'STATE_CONFLICT' })
    expect((await object(old)).body).toMatchObject({ fields: [{ reason: 'decided' }] })
    await eventually(() => {
      const told = app.outside.messages.filter(({ phone }) => phone === owner.phone)
      expect(told.at(-1)?.text).toContain('仍在新手机上')
    })
  })

  it('returned: the identity is on the old phone again, with its family, and on no other device of it', async () => {
    const owner = await registerCitizen(app)
    const member = await addMember(app, owner)
    const taker: RegisteredCitizen = await registerCitizen(app, {
      name: owner.name,
      documentNumber: owner.documentNumber,
    })
    // Not the owner's device: whoever has the number now, with an SMS code alone.
    const old = await signInUnproved(app, owner)
    await object(old)
    expect((await decide(owner.personId, 'return')).status).toBe(204)
    for (const ended of [taker, old])
      expect((await call(ended, 'GET', 'me')).body).toMatchObject({ code: 'SESSION_REVOKED' })
    const stranger = await signInUnproved(app, owner)
    expect((await call(stranger, 'GET', 'me')).body).toMatchObject({ code: 'SIGN_IN_UNPROVED' })
    const back = await signInUnproved(app, owner, { deviceSecret: owner.deviceSecret })
    expect((await call(back, 'GET', 'me')).body).toMatchObject({ registered: true })
    expect((await passOf(back)).body).toMatchObject({ colour: 'green' })
    expect((await call(back, 'GET', 'me/members')).body).toMatchObject({
      members: [{ memberId: member.memberId }],
    })
    expect(await kindsOf(back)).toContain('take_over_returned')
    const gone = await signInUnproved(app, taker, { deviceSecret: taker.deviceSecret })
    expect((await call(gone, 'GET', 'me')).body).toMatchObject({ registered: false })
    const { rows } = await app.parts.pool.query(
      `select action from audit_entries where action like 'take_over.%' and object_id = $1::text order by audit_id`,
      [owner.personId],
    )
    expect(rows.map(({ action }) => action)).toEqual(['take_over.objected', 'take_over.returned'])
  })

  it('is one, whoever else decides in the same moment', async () => {
    const { owner, taker, old } = await move()
    await object(old)
    const answers = await Promise.all(
      ['keep', 'return', 'keep', 'return'].map((verdict) => decide(owner.personId, verdict)),
    )
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    expect([200, 401]).toContain((await passOf(taker)).status)
  })

  it('names nobody in the list; whoever opens one is a look-up that the person sees', async () => {
    const { owner, taker, old } = await move()
    await object(old)
    const office = await createOperator(app, { roles: ['office'] })
    const takeOverId = await findId(owner.personId)
    const { takeOvers } = (await office.call('GET', '/api/v1/operator/take-overs')).body
    const entry = takeOvers.find((each: { takeOverId: string }) => each.takeOverId === takeOverId)
    expect(Date.parse(entry.dueAt) - Date.parse(entry.objectedAt)).toBe(2 * 3600_000)
    expect(Object.keys(entry).sort()).toEqual(['dueAt', 'objectedAt', 'takeOverId', 'takenAt'])
    const path = `/api/v1/operator/take-overs/${takeOverId}`
    const opened = await office.call('GET', `${path}?purpose=${encodeURIComponent('核实身份与证件')}`)
    expect(opened.body).toMatchObject({ nameMasked: '张**', oldPhoneMasked: expect.any(String) })
    expect(JSON.stringify(opened.body)).not.toContain(owner.documentNumber)
    const { lookups } = (await call(taker, 'GET', 'me/lookups')).body
    expect(lookups[0]).toMatchObject({ purpose: '核实身份与证件' })
    expect((await office.call('GET', path)).status).toBe(400)
    const checker = await createOperator(app, { roles: ['checker'] })
    expect((await checker.call('GET', '/api/v1/operator/take-overs')).status).toBe(403)
    expect((await decide(owner.personId, 'keep', ['hotline'])).status).toBe(403)
    expect((await decide(owner.personId, 'perhaps')).status).toBe(400)
  })

  it('late, headquarters are told, and again after half an hour', async () => {
    const { old } = await move()
    await object(old)
    const at = (minutes: number) => app.setNow(new Date(Date.now() + minutes * 60_000))
    await tellLateTakeOvers(app.parts)
    at(121)
    expect(await tellLateTakeOvers(app.parts)).toBeGreaterThan(0)
    expect(await tellLateTakeOvers(app.parts)).toBe(0)
    at(152)
    expect(await tellLateTakeOvers(app.parts)).toBeGreaterThan(0)
    const { rows } = await app.parts.pool.query(`select times from incidents where kind = 'take_over_late'`)
    expect(rows).toHaveLength(1)
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  makeResidentId,
  registerCitizen,
  type SignedIn,
  signInCitizen,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

type Headers = Pick<SignedIn, 'headers'>
const url = '/api/v1/me/members'
const add = ({ headers }: Headers, payload: object) =>
  app.http.inject({ method: 'POST', url, headers, payload })
const list = async ({ headers }: Headers) =>
  (await app.http.inject({ method: 'GET', url, headers })).json<{
    members: { memberId: string }[]
    limit: number
  }>()
const remove = ({ headers }: Headers, memberId: string) =>
  app.http.inject({ method: 'DELETE', url: `${url}/${memberId}`, headers })
const bodyOf = (more: object = {}) => ({
  requestId: randomUUID(),
  name: '张老太',
  documentType: 'resident_id',
  documentNumber: makeResidentId({ birthOn: '1945-03-02' }),
  relation: 'parent',
  consentMeans: 'given_in_person',
  ...more,
})
const codeOf = (response: { json: <T>() => T }) => response.json<{ code: string }>().code

describe('adding a member', () => {
  it('shows the member masked, with a colour', async () => {
    const citizen = await registerCitizen(app)
    const body = bodyOf()
    const response = await add(citizen, body)
    expect(response.statusCode, response.body).toBe(201)
    expect(response.json()).toEqual({
      memberId: expect.any(String),
      nameMasked: '张**',
      documentType: 'resident_id',
      documentNumberMasked: `32${'*'.repeat(14)}${body.documentNumber.slice(-2)}`,
      relation: 'parent',
      colour: 'green',
      mayHoldPaperCode: true,
      addedAt: expect.any(String),
    })
    expect(await list(citizen)).toEqual({ members: [response.json()], limit: 12 })
    const { rows } = await app.parts.pool.query(
      `select count(*)::int as entries from audit_entries where action = 'member.added' and actor_id = $1::text`,
      [citizen.accountId],
    )
    expect(rows[0]?.entries).toBe(1)
  })

  it('asks for a caller who is registered', async () => {
    expect((await add({ headers: { authorization: '' } }, bodyOf())).statusCode).toBe(401)
    const response = await add(await signInCitizen(app), bodyOf())
    expect([response.statusCode, codeOf(response)]).toEqual([403, 'NOT_REGISTERED'])
  })

  it.each([
    [{ relation: 'friend' }, 'relation', 'not_allowed'],
    [{ consentMeans: 'none' }, 'consentMeans', 'not_allowed'],
    [{ name: 7 }, 'name', 'wrong_type'],
    [{ personId: '1' }, 'personId', 'unknown_field'],
    [{ requestId: 'x' }, 'requestId', 'format'],
    [{ documentNumber: '320302194503020011' }, 'documentNumber', 'check_digit'],
    [{ consentMeans: 'guardian' }, 'consentMeans', 'not_for_adults'],
  ])('refuses %j', async (more, field, reason) => {
    const citizen = await registerCitizen(app)
    const known = { documentNumber: '320302194503020011' }
    const body = 'documentNumber' in more ? bodyOf({ ...more, ...known }) : bodyOf(more)
    const response = await add(citizen, body)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ field, reason }] })
  })

  it('takes a child or a ward by a guardian', async () => {
    const citizen = await registerCitizen(app)
    const child = { documentNumber: makeResidentId({ birthOn: '2015-03-02' }), relation: 'child' }
    expect((await add(citizen, bodyOf({ ...child, consentMeans: 'guardian' }))).statusCode).toBe(201)
    expect((await add(citizen, bodyOf({ relation: 'ward', consentMeans: 'guardian' }))).statusCode).toBe(201)
  })

  it('refuses the caller themselves and somebody who is a member already', async () => {
    const citizen = await registerCitizen(app)
    const own = await add(citizen, bodyOf({ name: citizen.name, documentNumber: citizen.documentNumber }))
    expect(own.json()).toMatchObject({ fields: [{ field: 'documentNumber', reason: 'own_identity' }] })
    const body = bodyOf()
    await add(citizen, body)
    const twice = await add(citizen, { ...body, requestId: randomUUID() })
    expect([twice.statusCode, codeOf(twice)]).toEqual([409, 'MEMBER_EXISTS'])
  })

  it('leaves nothing behind when the authority says no or nothing', async () => {
    const citizen = await registerCitizen(app)
    for (const [answer, code] of [
      ['mismatch', 'IDENTITY_MISMATCH'],
      ['unknown', 'IDENTITY_MISMATCH'],
      ['away', 'PROVIDER_UNAVAILABLE'],
    ] as const) {
      app.outside.identity = answer
      const response = await add(citizen, bodyOf())
      app.outside.identity = 'match'
      expect(codeOf(response)).toBe(code)
    }
    expect((await list(citizen)).members).toEqual([])
  })

  it('answers a repeat like the first time, also in parallel, without asking the authority again', async () => {
    const citizen = await registerCitizen(app)
    const body = bodyOf()
    const responses = await Promise.all(Array.from({ length: 6 }, () => add(citizen, body)))
    const answers = new Set(responses.map((response) => `${response.statusCode} ${response.body}`))
    expect([...answers]).toEqual([`201 ${responses[0]?.body}`])
    const asked = app.outside.identityQuestions.length
    expect((await add(citizen, body)).body).toBe(responses[0]?.body)
    expect(app.outside.identityQuestions).toHaveLength(asked)
    expect((await list(citizen)).members).toHaveLength(1)
    const reused = await add(citizen, bodyOf({ requestId: body.requestId }))
    expect([reused.statusCode, codeOf(reused)]).toEqual([409, 'REQUEST_ID_REUSED'])
  })

  it('stops at twelve, exactly, also in parallel', async () => {
    const citizen = await registerCitizen(app)
    const responses = await Promise.all(Array.from({ length: 16 }, () => add(citizen, bodyOf())))
    expect(responses.filter((response) => response.statusCode === 201)).toHaveLength(12)
    for (const response of responses.filter(({ statusCode }) => statusCode !== 201))
      expect(codeOf(response)).toBe('MEMBER_LIMIT_REACHED')
    const [first] = (await list(citizen)).members
    await remove(citizen, first?.memberId ?? '')
    expect((await add(citizen, bodyOf())).statusCode).toBe(201)
  })

  it('lets several accounts look after one person, who has one row', async () => {
    const documentNumber = makeResidentId({ birthOn: '1945-03-02' })
    const children = await Promise.all(Array.from({ length: 4 }, () => registerCitizen(app)))
    const responses = await Promise.all(children.map((child) => add(child, bodyOf({ documentNumber }))))
    expect(responses.map((response) => response.statusCode)).toEqual([201, 201, 201, 201])
    const { rows } = await app.parts.pool.query(
      `select count(distinct person_id)::int as persons from members where account_id = any($1::bigint[])`,
      [children.map((child) => child.accountId)],
    )
    expect(rows[0]?.persons).toBe(1)
  })

  it('tells somebody with an account of their own, and refuses strangers', async () => {
    const wife = await registerCitizen(app, { name: '王芳' })
    const husband = await registerCitizen(app, { name: '赵铁柱' })
    const identity = { name: wife.name, documentNumber: wife.documentNumber }
    const stranger = await add(husband, bodyOf({ ...identity, relation: 'other' }))
    expect(stranger.json()).toMatchObject({ fields: [{ field: 'relation', reason: 'has_own_account' }] })
    expect((await add(husband, bodyOf({ ...identity, relation: 'spouse' }))).statusCode).toBe(201)
    const notices = await app.http.inject({ method: 'GET', url: '/api/v1/me/notices', headers: wife.headers })
    expect(notices.json()).toMatchObject({
      notices: [{ kind: 'added_as_member', details: { by: '赵**', relation: 'spouse' } }],
    })
  })
})

describe('removing a member', () => {
  it('removes once, repeats quietly, and touches nobody else’s', async () => {
    const citizen = await registerCitizen(app)
    const stranger = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    expect((await remove(stranger, memberId)).statusCode).toBe(404)
    expect((await remove(citizen, randomUUID())).statusCode).toBe(404)
    expect((await remove(citizen, 'x')).statusCode).toBe(400)
    expect((await remove({ headers: { authorization: '' } }, memberId)).statusCode).toBe(401)
    expect((await list(citizen)).members).toHaveLength(1)
    const responses = await Promise.all([remove(citizen, memberId), remove(citizen, memberId)])
    expect(responses.map((response) => response.statusCode)).toEqual([204, 204])
    expect((await list(citizen)).members).toEqual([])
    const { rows } = await app.parts.pool.query(
      `select count(*)::int as entries from audit_entries where action = 'member.removed' and details ->> 'memberId' = $1::text`,
      [memberId],
    )
    expect(rows[0]?.entries).toBe(1)
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  addRelative,
  createVenue,
  makeResidentId,
  registerCitizen,
  type SignedIn,
  signInCitizen,
  takeFaceCheck,
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
    waiting: { familyRequestId: string }[]
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
  consentMeans: 'own_phone',
  ...more,
})
const faced = async (citizen: Headers, more: object = {}) => {
  const body = bodyOf({ consentMeans: 'face', ...more })
  const { faceCheckId } = await takeFaceCheck(app, citizen, body)
  return { ...body, faceCheckId }
}
const childOf = (more: object = {}) =>
  bodyOf({
    documentNumber: makeResidentId({ birthOn: '2015-03-02' }),
    relation: 'child',
    consentMeans: 'guardian',
    ...more,
  })
const codeOf = (response: { json: <T>() => T }) => response.json<{ code: string }>().code

describe('adding a member', () => {
  it('whose face passed here shows the member masked, with a colour', async () => {
    const citizen = await registerCitizen(app)
    const body = await faced(citizen)
    const response = await add(citizen, body)
    expect(response.statusCode, response.body).toBe(201)
    expect(response.json()).toEqual({
      member: {
        memberId: expect.any(String),
        nameMasked: '张**',
        documentType: 'resident_id',
        documentNumberMasked: `32${'*'.repeat(14)}${body.documentNumber.slice(-2)}`,
        relation: 'parent',
        consentMeans: 'face',
        colour: 'green',
        ownAccount: false,
        showsCode: true,
        mayHoldPaperCode: true,
        addedAt: expect.any(String),
      },
    })
    expect(await list(citizen)).toEqual({ members: [response.json().member], limit: 12, waiting: [] })
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
    // As it went before: the word of whoever asks.
    [{ consentMeans: 'given_in_person' }, 'consentMeans', 'not_allowed'],
    [{ consentMeans: 'written' }, 'consentMeans', 'not_allowed'],
    [{ name: 7 }, 'name', 'wrong_type'],
    [{ personId: '1' }, 'personId', 'unknown_field'],
    [{ requestId: 'x' }, 'requestId', 'format'],
    [{ documentNumber: '320302194503020011' }, 'documentNumber', 'check_digit'],
    [{ consentMeans: 'guardian' }, 'consentMeans', 'not_for_adults'],
    [{ consentMeans: 'guardian', relation: 'ward' }, 'consentMeans', 'not_for_adults'],
    [{ consentMeans: 'face' }, 'faceCheckId', 'required'],
    [
      { documentNumber: makeResidentId({ birthOn: '2003-02-02' }), relation: 'grandparent' },
      'relation',
      'impossible_ages',
    ],
    [{ consentMeans: 'office' }, 'consentMeans', 'not_allowed'],
    [
      { documentType: 'passport', documentNumber: 'E12345678', country: 'FRA', name: 'Ann Lee' },
      'birthOn',
      'required',
    ],
  ])('refuses %j', async (more, field, reason) => {
    const citizen = await registerCitizen(app)
    const response = await add(citizen, bodyOf(more))
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ field, reason }] })
  })

  it('takes a child by the word of a guardian who is grown up', async () => {
    const citizen = await registerCitizen(app)
    expect((await add(citizen, childOf())).json()).toMatchObject({
      member: { consentMeans: 'guardian', showsCode: true },
    })
    const young = await registerCitizen(app, { birthOn: `${new Date().getUTCFullYear() - 16}-01-01` })
    expect((await add(young, childOf({ relation: 'other' }))).json()).toMatchObject({
      fields: [{ field: 'consentMeans', reason: 'guardian_not_adult' }],
    })
  })

  it('wants a face check that passed, of this account, once', async () => {
    const citizen = await registerCitizen(app)
    const stranger = await registerCitizen(app)
    const foreign = await add(citizen, await faced(stranger))
    expect([foreign.statusCode, codeOf(foreign)]).toEqual([422, 'FACE_CHECK_REQUIRED'])
    app.outside.face = 'fail'
    const failed = await add(citizen, await faced(citizen))
    app.outside.face = 'pass'
    expect([failed.statusCode, codeOf(failed)]).toEqual([422, 'FACE_CHECK_FAILED'])
    const body = await faced(citizen)
    expect((await add(citizen, body)).statusCode).toBe(201)
    const again = await add(citizen, bodyOf({ consentMeans: 'face', faceCheckId: body.faceCheckId }))
    expect(codeOf(again)).toBe('FACE_CHECK_REQUIRED')
    expect((await list(citizen)).members).toHaveLength(1)
  })

  it('refuses the caller themselves and somebody who is a member already', async () => {
    const citizen = await registerCitizen(app)
    const own = await add(
      citizen,
      bodyOf({ name: citizen.name, documentNumber: citizen.documentNumber, relation: 'other' }),
    )
    expect(own.json()).toMatchObject({ fields: [{ field: 'documentNumber', reason: 'own_identity' }] })
    const body = await faced(citizen)
    await add(citizen, body)
    const { documentNumber } = body
    for (const again of [bodyOf({ documentNumber }), await faced(citizen, { documentNumber })]) {
      const twice = await add(citizen, again)
      expect([twice.statusCode, codeOf(twice)]).toEqual([409, 'MEMBER_EXISTS'])
    }
    expect((await list(citizen)).members).toHaveLength(1)
  })

  it('leaves nothing behind when the authority says no or nothing', async () => {
    const citizen = await registerCitizen(app)
    for (const [answer, code] of [
      ['mismatch', 'IDENTITY_MISMATCH'],
      ['unknown', 'IDENTITY_MISMATCH'],
      ['away', 'PROVIDER_UNAVAILABLE'],
    ] as const) {
      app.outside.identity = answer
      const responses = [await add(citizen, bodyOf()), await add(citizen, await faced(citizen))]
      app.outside.identity = 'match'
      for (const response of responses) expect(codeOf(response)).toBe(code)
    }
    expect(await list(citizen)).toMatchObject({ members: [], waiting: [] })
  })

  it('answers a repeat like the first time, also in parallel, without asking the authority again', async () => {
    const citizen = await registerCitizen(app)
    for (const body of [await faced(citizen), bodyOf()]) {
      const responses = await Promise.all(Array.from({ length: 6 }, () => add(citizen, body)))
      const answers = new Set(responses.map((response) => `${response.statusCode} ${response.body}`))
      expect([...answers]).toEqual([`201 ${responses[0]?.body}`])
      const asked = app.outside.identityQuestions.length
      expect((await add(citizen, body)).body).toBe(responses[0]?.body)
      expect(app.outside.identityQuestions).toHaveLength(asked)
      const reused = await add(citizen, bodyOf({ requestId: body.requestId }))
      expect([reused.statusCode, codeOf(reused)]).toEqual([409, 'REQUEST_ID_REUSED'])
    }
    const { members, waiting } = await list(citizen)
    expect([members.length, waiting.length]).toEqual([1, 1])
  })

  it('stops at twelve, exactly, also in parallel', async () => {
    const citizen = await registerCitizen(app)
    const responses = await Promise.all(Array.from({ length: 16 }, () => add(citizen, childOf())))
    expect(responses.filter((response) => response.statusCode === 201)).toHaveLength(12)
    for (const response of responses.filter(({ statusCode }) => statusCode !== 201))
      expect(codeOf(response)).toBe('MEMBER_LIMIT_REACHED')
    const [first] = (await list(citizen)).members
    await remove(citizen, first?.memberId ?? '')
    expect((await add(citizen, childOf())).statusCode).toBe(201)
  })

  it('lets several accounts look after one person, who has one row; who was there is told', async () => {
    const documentNumber = makeResidentId({ birthOn: '1945-03-02' })
    const children = await Promise.all(Array.from({ length: 4 }, () => registerCitizen(app)))
    for (const child of children) await addMember(app, child, { documentNumber })
    const { rows } = await app.parts.pool.query(
      `select count(distinct person_id)::int as persons from members where account_id = any($1::bigint[])`,
      [children.map((child) => child.accountId)],
    )
    expect(rows[0]?.persons).toBe(1)
    const notices = await app.http.inject({ url: '/api/v1/me/notices', headers: children[0]?.headers ?? {} })
    expect(notices.json<{ notices: object[] }>().notices).toHaveLength(3)
    expect(notices.json()).toMatchObject({
      notices: [
        { kind: 'added_as_member', details: { by: '张**', name: '张**', relation: 'parent' } },
        {},
        {},
      ],
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

describe('who is written down from before', () => {
  it('hands out no code until they agree, and is added anew by their face', async () => {
    const citizen = await registerCitizen(app)
    const { memberId, documentNumber } = await addMember(app, citizen)
    await app.parts.pool.query(
      `update members set consent_means = 'given_in_person' where member_id = $1::uuid`,
      [memberId],
    )
    expect((await list(citizen)).members).toMatchObject([
      { showsCode: false, consentMeans: 'given_in_person' },
    ])
    const pass = (id: string) =>
      app.http.inject({ url: `/api/v1/me/pass?memberId=${id}`, headers: citizen.headers })
    const refused = await pass(memberId)
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'MEMBER_CODE_WITHHELD'])
    const again = await addMember(app, citizen, { documentNumber })
    expect((await list(citizen)).members).toMatchObject([{ memberId: again.memberId, showsCode: true }])
    expect((await pass(again.memberId)).statusCode).toBe(200)
  })
})

describe('a relative with a phone of their own', () => {
  it('goes along through a door and keeps code, paper code and history', async () => {
    const husband = await registerCitizen(app)
    const wife = await registerCitizen(app, { name: '王芳', birthOn: '1950-01-01' })
    const { memberId } = await addRelative(app, husband, wife)
    const { venueCode } = await createVenue(app)
    const scan = await app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: husband.headers,
      payload: { requestId: randomUUID(), venueCode, self: false, memberIds: [memberId] },
    })
    expect(scan.json()).toMatchObject({ visits: [{ memberId, decision: 'admit' }] })
    const paper = await app.http.inject({
      method: 'POST',
      url: '/api/v1/me/paper-codes',
      headers: husband.headers,
      payload: { requestId: randomUUID(), memberId },
    })
    expect([paper.statusCode, codeOf(paper)]).toEqual([403, 'MEMBER_CODE_WITHHELD'])
  })
})

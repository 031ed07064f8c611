import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  addRelative,
  createDivisions,
  makeResidentId,
  type RegisteredCitizen,
  registerCitizen,
  type SignedIn,
  signInCitizen,
  takeFaceCheck,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await createDivisions(app)
})
afterAll(() => app.close())

type Headers = Pick<SignedIn, 'headers'>
/** Somebody of that age today. */
const bornYearsAgo = (years: number) => `${new Date().getUTCFullYear() - years}-01-01`

const call = async (
  { headers }: Headers,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
) => {
  const response = await app.http.inject({
    method,
    url: `/api/v1/me/${path}`,
    headers,
    ...(payload ? { payload } : {}),
  })
  return { status: response.statusCode, body: response.body === '' ? undefined : response.json() }
}

const ask = (asker: Headers, asked: { name: string; documentNumber: string }, more: object = {}) =>
  call(asker, 'POST', 'members', {
    ...{ requestId: randomUUID(), name: asked.name, documentType: 'resident_id' },
    ...{ documentNumber: asked.documentNumber, relation: 'other', consentMeans: 'own_phone', ...more },
  })
const answer = (asked: Headers, familyRequestId: string, said: string) =>
  call(asked, 'POST', `family-requests/${familyRequestId}/answer`, { answer: said })
const membersOf = async (citizen: Headers) => (await call(citizen, 'GET', 'members')).body
const requestsOf = async (citizen: Headers) => (await call(citizen, 'GET', 'family-requests')).body.requests
const holdersOf = async (citizen: Headers, memberId?: string) =>
  (await call(citizen, 'GET', `holders${memberId ? `?memberId=${memberId}` : ''}`)).body.holders
const kindsOf = async (citizen: Headers): Promise<string[]> =>
  (await call(citizen, 'GET', 'notices')).body.notices.map(({ kind }: { kind: string }) => kind)
const passOf = (citizen: Headers, memberId: string) => call(citizen, 'GET', `pass?memberId=${memberId}`)
const asked = async (asker: Headers, who: RegisteredCitizen, more: object = {}): Promise<string> => {
  const { status, body } = await ask(asker, who, more)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.waiting.familyRequestId
}

describe('a stranger who knows name and number', () => {
  it('holds nothing of somebody grown up: neither colour nor code, by no way in', async () => {
    const victim = await registerCitizen(app, { name: '王芳' })
    const stranger = await registerCitizen(app, { name: '赵铁柱' })
    const { body } = await ask(stranger, victim)
    expect(body).toEqual({
      waiting: {
        familyRequestId: expect.any(String),
        nameMasked: '王*',
        relation: 'other',
        sentAt: expect.any(String),
        expiresAt: expect.any(String),
      },
    })
    expect((await membersOf(stranger)).members).toEqual([])
    for (const path of ['pass', 'code-events', 'holders'])
      expect((await call(stranger, 'GET', `${path}?memberId=${body.waiting.familyRequestId}`)).status).toBe(
        404,
      )
    // A face that passed asks the phone all the same.
    const { faceCheckId } = await takeFaceCheck(app, stranger, victim)
    await call(stranger, 'DELETE', `members/requests/${body.waiting.familyRequestId}`)
    const byFace = await ask(stranger, victim, { consentMeans: 'face', faceCheckId })
    expect(byFace.body).toMatchObject({ waiting: { nameMasked: '王*' } })
    for (const more of [{ consentMeans: 'guardian' }, { consentMeans: 'guardian', relation: 'ward' }])
      expect((await ask(stranger, victim, more)).status).toBe(400)
    expect((await membersOf(stranger)).members).toEqual([])
  })

  it('learns nothing: with a phone, known without one, and unknown all look the same, whatever they say', async () => {
    const stranger = await registerCitizen(app)
    const keeper = await registerCitizen(app)
    const victim = await registerCitizen(app)
    const refusing = await registerCitizen(app)
    const reporting = await registerCitizen(app)
    const carried = await addMember(app, keeper)
    const unknown = { name: '张小明', documentNumber: makeResidentId() }
    const people = [victim, refusing, reporting, carried, unknown]
    const shapes: string[] = []
    for (const person of people) {
      const { status, body } = await ask(stranger, person)
      shapes.push(`${status} ${Object.keys(body.waiting).join()} ${body.waiting.relation}`)
      const again = await ask(stranger, person)
      shapes.push(JSON.stringify([again.status, again.body.code, again.body.fields]))
      if (person === refusing) await answer(refusing, body.waiting.familyRequestId, 'refused')
      if (person === reporting) await answer(reporting, body.waiting.familyRequestId, 'reported')
    }
    expect(new Set(shapes)).toEqual(
      new Set([
        '201 familyRequestId,nameMasked,relation,sentAt,expiresAt other',
        '[409,"STATE_CONFLICT",[{"field":"documentNumber","reason":"asked_already"}]]',
      ]),
    )
    expect((await membersOf(stranger)).waiting).toHaveLength(5)
    expect(await kindsOf(stranger)).toEqual([])
  })

  it('may ask so often, and one person is asked so often, known or not', async () => {
    for (const person of [await registerCitizen(app), { name: '张小明', documentNumber: makeResidentId() }]) {
      const statuses: number[] = []
      for (let n = 0; n < 5; n += 1) statuses.push((await ask(await registerCitizen(app), person)).status)
      expect(statuses).toEqual([201, 201, 201, 201, 429])
    }
    const stranger = await registerCitizen(app)
    const statuses: number[] = []
    for (let n = 0; n < 13; n += 1) {
      const { status, body } = await ask(stranger, { name: '张小明', documentNumber: makeResidentId() })
      statuses.push(status)
      if (body.waiting) await call(stranger, 'DELETE', `members/requests/${body.waiting.familyRequestId}`)
    }
    expect(statuses).toEqual([...Array(12).fill(201), 429])
  })

  it('who is reported asks that person in vain from then on, and an audit entry says so', async () => {
    const victim = await registerCitizen(app)
    const stranger = await registerCitizen(app)
    const first = await asked(stranger, victim)
    await answer(victim, first, 'reported')
    await call(stranger, 'DELETE', `members/requests/${first}`)
    const second = await asked(stranger, victim)
    expect(await requestsOf(victim)).toEqual([])
    expect((await answer(victim, second, 'agreed')).status).toBe(404)
    const { rows } = await app.parts.pool.query(
      `select count(*)::int as n from audit_entries where action = 'family_request.reported' and object_id = $1::text`,
      [first],
    )
    expect(rows[0]?.n).toBe(1)
    const incidents = await app.parts.pool.query(
      `select kind, details, times from incidents where subject = 'account:' || $1::text`,
      [stranger.accountId],
    )
    expect(incidents.rows).toEqual([
      { kind: 'family_reported', details: { account: stranger.accountId, count: 1 }, times: 1 },
    ])
  })
})

describe('who is asked', () => {
  it('hears who asks, and agrees on their own phone', async () => {
    const wife = await registerCitizen(app, { name: '王芳' })
    const husband = await registerCitizen(app, { name: '赵铁柱' })
    const familyRequestId = await asked(husband, wife, { relation: 'spouse' })
    expect(await kindsOf(wife)).toEqual(['family_request'])
    expect(await requestsOf(wife)).toEqual([
      {
        familyRequestId,
        askedBy: '赵铁柱',
        relation: 'spouse',
        sentAt: expect.any(String),
        expiresAt: expect.any(String),
      },
    ])
    expect((await answer(wife, familyRequestId, 'agreed')).status).toBe(204)
    expect(await membersOf(husband)).toMatchObject({
      members: [{ nameMasked: '王*', consentMeans: 'own_phone', ownAccount: true, showsCode: false }],
      waiting: [],
    })
    expect(await kindsOf(husband)).toEqual(['family_agreed'])
    expect((await answer(wife, familyRequestId, 'agreed')).status).toBe(204)
    expect((await answer(wife, familyRequestId, 'refused')).status).toBe(409)
  })

  it('alone answers; nobody else sees it', async () => {
    const wife = await registerCitizen(app)
    const husband = await registerCitizen(app)
    const stranger = await registerCitizen(app)
    const familyRequestId = await asked(husband, wife)
    for (const other of [stranger, husband]) {
      expect(await requestsOf(other)).toEqual([])
      expect((await answer(other, familyRequestId, 'agreed')).status).toBe(404)
    }
    expect((await call(stranger, 'DELETE', `members/requests/${familyRequestId}`)).status).toBe(404)
    expect((await answer(wife, randomUUID(), 'agreed')).status).toBe(404)
    expect((await answer(wife, 'x', 'agreed')).status).toBe(400)
    expect((await answer(wife, familyRequestId, 'maybe')).status).toBe(400)
    expect((await call({ headers: { authorization: '' } }, 'GET', 'family-requests')).status).toBe(401)
  })

  it('joins once, also when the answer comes many times at once', async () => {
    const wife = await registerCitizen(app)
    const husband = await registerCitizen(app)
    const familyRequestId = await asked(husband, wife)
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => answer(wife, familyRequestId, 'agreed')),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(204))
    expect((await membersOf(husband)).members).toHaveLength(1)
  })

  it('can not agree to what was withdrawn, has expired, or came from a phone that holds somebody else now', async () => {
    const wife = await registerCitizen(app)
    const husband = await registerCitizen(app)
    const withdrawn = await asked(husband, wife)
    expect((await call(husband, 'DELETE', `members/requests/${withdrawn}`)).status).toBe(204)
    expect((await call(husband, 'DELETE', `members/requests/${withdrawn}`)).status).toBe(204)
    expect((await answer(wife, withdrawn, 'agreed')).status).toBe(404)

    const expired = await asked(husband, wife)
    await app.parts.pool.query(
      `update family_requests set created_at = created_at - interval '4 days', expires_at = expires_at - interval '4 days' where family_request_id = $1::uuid`,
      [expired],
    )
    expect((await answer(wife, expired, 'agreed')).status).toBe(404)
    expect((await membersOf(husband)).waiting).toEqual([])

    const moved = await asked(husband, wife)
    await registerCitizen(app, { name: husband.name, documentNumber: husband.documentNumber })
    expect((await answer(wife, moved, 'agreed')).status).toBe(404)
    expect(await requestsOf(wife)).toEqual([])
  })
})

describe('children', () => {
  const child = () => ({ name: '张小宝', documentNumber: makeResidentId({ birthOn: bornYearsAgo(10) }) })
  const asGuardian = { relation: 'child', consentMeans: 'guardian' }

  it('have a guardian who is asked before there is another one', async () => {
    const [mother, stranger] = [await registerCitizen(app), await registerCitizen(app, { name: '赵铁柱' })]
    const who = child()
    await addMember(app, mother, { ...who, ...asGuardian })
    const { body } = await ask(stranger, who, asGuardian)
    expect(Object.keys(body)).toEqual(['waiting'])
    expect(await requestsOf(mother)).toMatchObject([
      { askedBy: '赵铁柱', relation: 'child', aboutMasked: '张**' },
    ])
    expect((await answer(mother, body.waiting.familyRequestId, 'agreed')).status).toBe(204)
    expect((await membersOf(stranger)).members).toMatchObject([{ consentMeans: 'guardian', showsCode: true }])
    expect((await holdersOf(mother, (await membersOf(mother)).members[0].memberId)).length).toBe(2)
  })

  it('with a phone of their own agree themselves, after the guardian', async () => {
    const [mother, father] = [await registerCitizen(app), await registerCitizen(app)]
    const teenager = await registerCitizen(app, { birthOn: bornYearsAgo(15) })
    const first = await ask(mother, teenager, asGuardian)
    expect((await membersOf(mother)).members).toEqual([])
    await answer(teenager, first.body.waiting.familyRequestId, 'agreed')
    expect((await membersOf(mother)).members).toMatchObject([{ consentMeans: 'own_phone' }])
    // Somebody who was there as a guardian before the phone.
    await app.parts.pool.query(
      `update members set consent_means = 'guardian' where account_id = $1::bigint`,
      [mother.accountId],
    )
    const second = await ask(father, teenager, asGuardian)
    const { familyRequestId } = second.body.waiting
    expect(await requestsOf(teenager)).toEqual([])
    expect((await answer(teenager, familyRequestId, 'agreed')).status).toBe(404)
    expect((await answer(mother, familyRequestId, 'agreed')).status).toBe(204)
    expect((await membersOf(father)).members).toEqual([])
    expect((await answer(teenager, familyRequestId, 'agreed')).status).toBe(204)
    expect((await membersOf(father)).members).toHaveLength(1)
  })
})

describe('who holds me', () => {
  it('is for everybody, with an end to each link; the codes of it end too', async () => {
    const [wife, husband, stranger] = [
      await registerCitizen(app),
      await registerCitizen(app, { name: '赵铁柱' }),
      await registerCitizen(app),
    ]
    const { memberId } = await addRelative(app, husband, wife)
    expect(await holdersOf(wife)).toEqual([
      {
        holderId: memberId,
        nameMasked: '赵**',
        relation: 'spouse',
        consentMeans: 'own_phone',
        since: expect.any(String),
        isCaller: false,
        showsCode: false,
        mayAllowCode: true,
        mayRemove: true,
      },
    ])
    expect((await call(husband, 'GET', `holders?memberId=${memberId}`)).status).toBe(404)
    expect((await passOf(husband, memberId)).body.code).toBe('MEMBER_CODE_WITHHELD')
    for (const other of [husband, stranger])
      expect((await call(other, 'PUT', `holders/${memberId}/code`, { allowed: true })).status).toBe(404)
    expect((await call(wife, 'PUT', `holders/${memberId}/code`, { allowed: true })).status).toBe(204)
    const shown = (await passOf(husband, memberId)).body.personalCode
    const before = await codesOf(wife)
    expect((await call(wife, 'PUT', `holders/${memberId}/code`, { allowed: false })).status).toBe(204)
    expect((await passOf(husband, memberId)).status).toBe(403)
    expect(await codesOf(wife)).toEqual({ live: 0, digits: 0 })
    expect(before).toEqual({ live: 1, digits: 2 })
    expect(shown.numericCode).toMatch(/^\d{8}$/)

    expect((await call(stranger, 'DELETE', `holders/${memberId}`)).status).toBe(404)
    expect((await call(wife, 'DELETE', `holders/${memberId}`)).status).toBe(204)
    expect((await call(wife, 'DELETE', `holders/${memberId}`)).status).toBe(204)
    expect((await membersOf(husband)).members).toEqual([])
    expect(await kindsOf(husband)).toEqual(['family_ended', 'family_agreed'])
    expect(await holdersOf(wife)).toEqual([])
  })

  it('is for whoever holds a person without a phone; who came later puts out nobody', async () => {
    const [son, daughter] = [await registerCitizen(app), await registerCitizen(app)]
    const mother = await addMember(app, son)
    const second = await addMember(app, daughter, mother)
    expect(await holdersOf(son, mother.memberId)).toMatchObject([
      { isCaller: true, mayRemove: true, mayAllowCode: false, showsCode: true },
      { isCaller: false, mayRemove: true },
    ])
    expect(await holdersOf(daughter, second.memberId)).toMatchObject([
      { isCaller: false, mayRemove: false },
      { isCaller: true, mayRemove: true },
    ])
    expect((await call(daughter, 'DELETE', `holders/${mother.memberId}`)).status).toBe(404)
    const paper = (of: Headers, memberId: string) =>
      call(of, 'POST', 'paper-codes', { requestId: randomUUID(), memberId })
    expect((await paper(daughter, second.memberId)).status).toBe(201)
    expect((await passOf(daughter, second.memberId)).status).toBe(200)
    expect((await call(son, 'DELETE', `holders/${second.memberId}`)).status).toBe(204)
    expect((await passOf(daughter, second.memberId)).status).toBe(404)
    const { rows } = await app.parts.pool.query(
      `select kind, revoked_reason from person_codes c join members m using (person_id) where m.member_id = $1::uuid order by kind`,
      [mother.memberId],
    )
    expect(rows).toEqual([
      { kind: 'live', revoked_reason: 'link_ended' },
      { kind: 'paper', revoked_reason: 'link_ended' },
    ])
    expect((await passOf(son, mother.memberId)).status).toBe(200)
  })

  it('keeps the paper code of another link', async () => {
    const [son, daughter] = [await registerCitizen(app), await registerCitizen(app)]
    const mother = await addMember(app, son)
    const second = await addMember(app, daughter, mother)
    await call(son, 'POST', 'paper-codes', { requestId: randomUUID(), memberId: mother.memberId })
    await call(daughter, 'DELETE', `members/${second.memberId}`)
    const { rows } = await app.parts.pool.query(
      `select count(*)::int as n from person_codes where member_id = $1::uuid and revoked_at is null`,
      [mother.memberId],
    )
    expect(rows[0]?.n).toBe(1)
  })

  it('withholds the code from a holder once the person has a phone of their own', async () => {
    const daughter = await registerCitizen(app)
    const mother = await addMember(app, daughter)
    expect((await passOf(daughter, mother.memberId)).status).toBe(200)
    const self = await registerCitizen(app, mother)
    expect((await passOf(daughter, mother.memberId)).body.code).toBe('MEMBER_CODE_WITHHELD')
    expect(await holdersOf(self)).toMatchObject([{ holderId: mother.memberId, showsCode: false }])
  })
})

const codesOf = async ({ personId }: RegisteredCitizen) => {
  const { rows } = await app.parts.pool.query(
    `select (select count(*)::int from person_codes where person_id = $1::bigint and kind = 'live' and revoked_at is null) as live,
       (select count(*)::int from numeric_codes where person_id = $1::bigint) as digits`,
    [personId],
  )
  return rows[0]
}

describe('registration alone', () => {
  it.each([
    [bornYearsAgo(13), 400],
    [bornYearsAgo(14), 201],
    ['1990-06-15', 201],
  ])('of somebody born %s: %i', async (birthOn, status) => {
    const citizen = await signInCitizen(app)
    const child = { name: '张小宝', documentType: 'resident_id', documentNumber: makeResidentId({ birthOn }) }
    const { faceCheckId } = await takeFaceCheck(app, citizen, child)
    const registered = await call(citizen, 'POST', 'registration', {
      ...child,
      faceCheckId,
      consentVersion: app.parts.config.consentVersion,
    })
    expect(registered.status).toBe(status)
    if (status === 400)
      expect(registered.body.fields).toEqual([{ field: 'documentNumber', reason: 'guardian_registers' }])
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import {
  addMember,
  makePhone,
  makeResidentId,
  type Named,
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
})
afterAll(() => app.close())

const register = (citizen: Pick<SignedIn, 'headers'>, payload: object) =>
  app.http.inject({ method: 'POST', url: '/api/v1/me/registration', headers: citizen.headers, payload })
const getMe = (citizen: Pick<SignedIn, 'headers'>) =>
  app.http.inject({ method: 'GET', url: '/api/v1/me', headers: citizen.headers })
const bodyOf = (faceCheckId: string, identity: Named) => ({
  documentType: 'resident_id',
  ...identity,
  faceCheckId,
  consentVersion: app.parts.config.consentVersion,
})
const codeOf = (response: { json: <T>() => T }) => response.json<{ code: string }>().code
/** Somebody signed in whose face was checked for an identity, and the registration of it. */
const prepare = async ({ name, documentNumber }: Pick<Named, 'name' | 'documentNumber'>) => {
  const citizen = await signInCitizen(app)
  const { faceCheckId } = await takeFaceCheck(app, citizen, { name, documentNumber })
  return { citizen, body: bodyOf(faceCheckId, { name, documentNumber }) }
}
const count = async (sql: string, values: unknown[]) =>
  Number((await app.parts.pool.query(`select count(*) from ${sql}`, values)).rows[0]?.count)
const noticesOf = async (citizen: Pick<SignedIn, 'headers'>) =>
  (await app.http.inject({ method: 'GET', url: '/api/v1/me/notices', headers: citizen.headers })).json<{
    notices: { kind: string }[]
  }>().notices

describe('taking an identity over', () => {
  const takeOver = async (old: RegisteredCitizen) => {
    const { citizen, body } = await prepare(old)
    return { citizen, body, response: await register(citizen, body) }
  }

  it('moves the person with its members, ends the old sessions and tells the old phone', async () => {
    const old = await registerCitizen(app)
    const member = await addMember(app, old)
    const { citizen, body, response } = await takeOver(old)
    expect(response.json()).toMatchObject({ takenOver: true, person: { nameMasked: '张**' } })
    expect((await register(citizen, body)).body).toBe(response.body)
    expect(codeOf(await getMe(old))).toBe('SESSION_REVOKED')
    expect(await count('accounts where person_id = $1::bigint', [old.personId])).toBe(1)
    const members = await app.http.inject({
      method: 'GET',
      url: '/api/v1/me/members',
      headers: citizen.headers,
    })
    expect(members.json()).toMatchObject({ members: [{ memberId: member.memberId }] })
    await eventually(() => {
      const told = app.outside.messages.filter((message) => message.phone === old.phone)
      expect(told.at(-1)?.text).toContain('另一手机号')
    })
    await app.parts.pool.query(
      `update sms_challenges set created_at = created_at - interval '2 minutes' where phone_index = $1::bytea`,
      [app.parts.encryption.blindIndex('phone', old.phone)],
    )
    const back = await signInCitizen(app, { phone: old.phone })
    expect((await getMe(back)).json()).toMatchObject({ registered: false })
    expect(await noticesOf(back)).toContainEqual(expect.objectContaining({ kind: 'identity_taken_over' }))
  })

  it('does not depend on the SMS', async () => {
    const old = await registerCitizen(app)
    const { citizen, body } = await prepare(old)
    app.outside.smsAway = true
    const response = await register(citizen, body)
    app.outside.smsAway = false
    expect(response.json()).toMatchObject({ takenOver: true })
  })

  it('needs a face check that passed', async () => {
    const old = await registerCitizen(app)
    app.outside.face = 'fail'
    const { citizen, body } = await prepare(old)
    app.outside.face = 'pass'
    expect(codeOf(await register(citizen, body))).toBe('FACE_CHECK_FAILED')
    expect((await getMe(old)).json()).toMatchObject({ registered: true })
  })

  it('leaves exactly one owner when many claim one identity at once', async () => {
    const documentNumber = makeResidentId()
    const identity = { name: '张小明', documentNumber }
    const claims = await Promise.all(Array.from({ length: 10 }, () => prepare(identity)))
    const responses = await Promise.all(claims.map(({ citizen, body }) => register(citizen, body)))
    // Whoever lost it between commit and answer hears that the session is over.
    for (const response of responses) expect([201, 401]).toContain(response.statusCode)
    const index = app.parts.encryption.blindIndex('document', `resident_id::${documentNumber}`)
    const owners = 'accounts a join identity_documents d using (person_id) where document_index = $1::bytea'
    expect(await count(owners, [index])).toBe(1)
    const ids = claims.map(({ citizen }) => citizen.accountId)
    const live = 'sessions where account_id = any($1::bigint[]) and revoked_at is null'
    expect(await count(live, [ids])).toBe(1)
    const taken = `audit_entries where action = 'person.taken_over' and actor_id = any($1::text[])`
    expect(await count(taken, [ids])).toBe(9)
  })

  it('does not lock up when identities change hands both ways at once', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => registerCitizen(app)))
    const claims = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const target = people[index % people.length]
        if (!target) throw new Error('nobody to claim')
        return { ...(await prepare(target)), target }
      }),
    )
    const responses = await Promise.all(
      claims.map(({ citizen, body, target }, index) => {
        const adding = people[(index + 1) % people.length]
        const more = { name: target.name, documentNumber: target.documentNumber }
        return Promise.all([
          register(citizen, body),
          adding &&
            app.http.inject({
              method: 'POST',
              url: '/api/v1/me/members',
              headers: adding.headers,
              payload: {
                ...{ requestId: randomUUID(), documentType: 'resident_id', relation: 'spouse' },
                ...{ consentMeans: 'own_phone', ...more },
              },
            }),
        ])
      }),
    )
    for (const response of responses.flat()) expect(response?.statusCode).not.toBe(500)
    for (const { personId } of people)
      expect(await count('accounts where person_id = $1::bigint', [personId])).toBe(1)
  })

  it('uses the row of somebody who was added as a member before', async () => {
    const daughter = await registerCitizen(app)
    const member = await addMember(app, daughter)
    const phone = makePhone()
    const mother = await registerCitizen(app, {
      phone,
      name: member.name,
      documentNumber: member.documentNumber,
    })
    expect(
      await count('members where person_id = $1::bigint and removed_at is null', [mother.personId]),
    ).toBe(1)
    expect((await noticesOf(mother)).map(({ kind }) => kind)).not.toContain('identity_taken_over')
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  addMember,
  createVenue,
  makeResidentId,
  registerCitizen,
  type SignedIn,
  signInCitizen,
  signInUnproved,
} from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

type Headers = Pick<SignedIn, 'headers'>
const call = async (
  { headers }: Headers,
  method: 'GET' | 'DELETE' | 'PUT',
  path: string,
  payload?: object,
) => {
  const response = await app.http.inject({
    method,
    url: `/api/v1/${path}`,
    headers,
    ...(payload ? { payload } : {}),
  })
  return { status: response.statusCode, body: response.body === '' ? {} : response.json() }
}
const signInAgain = (phone: string) => signInUnproved(app, { phone })

it('a number that had an owner before begins anew; its former owner stays a person and comes back by their face', async () => {
  const former = await registerCitizen(app)
  const member = await addMember(app, former)
  const newOwner = await signInAgain(former.phone)

  expect((await call(newOwner, 'DELETE', 'me/number')).status).toBe(204)
  // Every phone that was signed in with the number, this one too.
  for (const phone of [newOwner, former])
    expect((await call(phone, 'GET', 'me')).body).toMatchObject({ code: 'SESSION_REVOKED' })
  const refreshed = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sessions/refresh',
    payload: { refreshToken: former.refreshToken },
  })
  expect(refreshed.json()).toMatchObject({ code: 'SESSION_REVOKED' })

  const begun = await signInAgain(former.phone)
  expect(begun.accountId).not.toBe(former.accountId)
  expect((await call(begun, 'GET', 'me')).body).toEqual({
    phoneMasked: expect.any(String),
    registered: false,
  })
  expect((await call(begun, 'GET', 'me/notices')).body).toMatchObject({ notices: [] })
  expect((await call(begun, 'GET', 'sessions')).body.sessions).toHaveLength(1)
  const registered = await registerCitizen(app, {
    as: begun,
    name: '李四',
    documentNumber: makeResidentId(),
  })
  expect(registered.personId).not.toBe(former.personId)

  const told = app.outside.messages.filter(({ phone }) => phone === former.phone).length
  const back = await registerCitizen(app, { name: former.name, documentNumber: former.documentNumber })
  expect(back.personId).toBe(former.personId)
  const members = await call(back, 'GET', 'me/members')
  expect(members.body).toMatchObject({ members: [{ memberId: member.memberId }] })
  // The number is somebody else's: what became of its former owner is none of their business.
  expect(app.outside.messages.filter(({ phone }) => phone === former.phone)).toHaveLength(told)
  expect((await call(registered, 'GET', 'me')).body).toMatchObject({ registered: true })
})

it('whoever left a number is checked by their document as before, and offices see no number', async () => {
  const former = await registerCitizen(app)
  await call(former, 'DELETE', 'me/number')
  const venue = await createVenue(app)
  const checker = await createOperator(app, { roles: ['checker'] })
  const checked = await checker.call('POST', '/api/v1/checks', {
    requestId: randomUUID(),
    pointId: String(venue.pointId),
    purpose: '入口查验',
    document: { type: 'resident_id', number: former.documentNumber },
  })
  expect(checked.body).toMatchObject({ outcome: 'green' })
  const office = await createOperator(app, { roles: ['office'] })
  const searched = await office.call('POST', '/api/v1/operator/person-searches', {
    document: { type: 'resident_id', number: former.documentNumber },
    purpose: '核实赋码依据',
  })
  expect(searched.body.persons).toMatchObject([{ personId: former.personId }])
  expect(searched.body.persons[0]).not.toHaveProperty('phoneMasked')
  const { rows } = await app.parts.pool.query(
    'select number_left_at is not null as is_left, phone_index = $2::bytea as is_number from accounts where person_id = $1::bigint',
    [former.personId, app.parts.encryption.blindIndex('phone', former.phone)],
  )
  expect(rows).toEqual([{ is_left: true, is_number: false }])
  const { rows: written } = await app.parts.pool.query(
    `select actor_id, details from audit_entries where action = 'account.number_left' and object_id = $1::text`,
    [former.accountId],
  )
  expect(written).toEqual([{ actor_id: former.accountId, details: { personId: former.personId } }])
})

it('leaving a number that holds nobody changes nothing', async () => {
  const citizen = await signInCitizen(app)
  const refused = await call(citizen, 'DELETE', 'me/number')
  expect([refused.status, refused.body.code]).toEqual([403, 'NOT_REGISTERED'])
  expect((await call(citizen, 'GET', 'me')).status).toBe(200)
  expect((await call({ headers: { authorization: '' } }, 'DELETE', 'me/number')).status).toBe(401)
})

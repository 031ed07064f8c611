import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeResidentId, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const now = new Date('2022-04-20T02:00:00Z')
const certificate = {
  name: '张新',
  documentType: 'birth_certificate',
  documentNumber: 'T320012345',
  birthOn: '2022-04-02',
}

let app: TestApp
let mother: RegisteredCitizen
beforeAll(async () => {
  app = await startTestApp({ now })
  mother = await registerCitizen(app)
})
afterAll(() => app.close())

const add = async (citizen: RegisteredCitizen, child: object) => {
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/me/members',
    headers: citizen.headers,
    payload: { requestId: randomUUID(), relation: 'child', consentMeans: 'guardian', ...child },
  })
  return { status: answer.statusCode, body: answer.json() }
}

it('is taken by the certificate of its birth, by a guardian, with a colour and a paper code', async () => {
  const { status, body } = await add(mother, certificate)
  expect(status).toBe(201)
  expect(body.member).toMatchObject({
    ...{ nameMasked: '张*', documentType: 'birth_certificate', colour: 'green', mayHoldPaperCode: true },
    documentNumberMasked: expect.stringMatching(/^T.*5$/),
  })
  const paper = await app.http.inject({
    method: 'POST',
    url: '/api/v1/me/paper-codes',
    headers: mother.headers,
    payload: { requestId: randomUUID(), memberId: body.member.memberId },
  })
  expect(paper.statusCode, paper.body).toBe(201)
})

it.each([
  ['the form of no certificate', { documentNumber: 'T990012345' }, 'documentNumber', 'format'],
  ['a place missing', { documentNumber: 'T32001234' }, 'documentNumber', 'length'],
  ['no birth date', { birthOn: undefined }, 'birthOn', 'required'],
  ['tomorrow', { birthOn: '2022-04-21' }, 'birthOn', 'birth_date_future'],
  ['three years old', { birthOn: '2019-04-20' }, 'documentType', 'until_three'],
])('is refused by %s', async (_what, more, field, reason) => {
  const { status, body } = await add(mother, { ...certificate, documentNumber: 'T320054321', ...more })
  expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED'])
  expect(body.fields).toContainEqual({ field, reason })
})

it('is one child with its certificate and its number: the second one waits for an office, a twin does not', async () => {
  const father = await registerCitizen(app)
  const born = { ...certificate, name: '李小雨', documentNumber: 'T320099999' }
  expect((await add(father, born)).status).toBe(201)
  const number = makeResidentId({ birthOn: born.birthOn })
  const followed = await add(father, { name: born.name, documentType: 'resident_id', documentNumber: number })
  expect([followed.status, followed.body.member.colour]).toEqual([201, 'none'])
  const { rows } = await app.parts.pool.query(
    `select matters.cause, matters.state from identity_matters as matters join persons on persons.person_id = matters.first_person_id
     where persons.document_type = 'birth_certificate'`,
  )
  expect(rows).toEqual([{ cause: 'likeness', state: 'open' }])
  // A twin has another name.
  const twin = await add(father, { ...born, name: '李小雪', documentNumber: 'T320099998' })
  expect([twin.status, twin.body.member.colour]).toEqual([201, 'green'])
})

it('is none with another birth date than the authority knows, whose number may be red', async () => {
  app.outside.birthOf.T320011111 = '2015-04-02'
  const stated = { ...certificate, documentNumber: 'T320011111', name: '王大宝' }
  expect(await add(mother, stated)).toMatchObject({ body: { code: 'IDENTITY_MISMATCH' } })
  expect(await add(mother, { ...stated, birthOn: '2015-04-02' })).toMatchObject({
    body: { fields: [{ field: 'documentType', reason: 'until_three' }] },
  })
})

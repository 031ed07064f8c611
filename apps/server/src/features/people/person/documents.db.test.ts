import { randomUUID } from 'node:crypto'
import { residentIdCheckCharacter } from '@jiankangbao/domain/written/document-types'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  createVenue,
  type Named,
  registerCitizen,
  signInCitizen,
  takeFaceCheck,
} from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { createPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { readFormerDocuments } from './read-former-documents.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const register = async (document: Partial<Named> & { documentNumber: string }) => {
  const citizen = await signInCitizen(app)
  const identity = { name: '陈大文', birthOn: '1980-01-01', ...document }
  const { faceCheckId } = await takeFaceCheck(app, citizen, identity)
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/me/registration',
    headers: citizen.headers,
    payload: {
      ...identity,
      faceCheckId,
      consentVersion: app.parts.config.consentVersion,
    },
  })
  expect(response.statusCode, response.body).toBe(201)
  const { rows } = await app.parts.pool.query<{ person_id: string }>(
    'select person_id from accounts where account_id = $1::bigint',
    [citizen.accountId],
  )
  return { ...citizen, ...response.json<{ takenOver: boolean }>(), personId: rows[0]?.person_id ?? '' }
}
const personsOf = async (personIds: string[]) =>
  (
    await app.parts.pool.query('select person_id from test_results where person_id = any($1::bigint[])', [
      personIds,
    ])
  ).rows

const issues: [string, string, string, string][] = [
  ['hk_macao_permit', 'H8800000101', 'H8800000102', 'H88000001'],
  ['taiwan_permit', '7700000101(B)', '7700000102', '77000001'],
]

it.each(issues)(
  'a %s that was issued anew is the same person on every way in',
  async (documentType, first, second, third) => {
    const before = await register({ documentType, documentNumber: first })
    const after = await register({ documentType, documentNumber: second })
    expect([after.personId, after.takenOver]).toEqual([before.personId, true])

    const laboratory = await createPartner(app, 'laboratory')
    const pushed = await laboratory.push('/api/v1/partner/test-results', {
      batchId: randomUUID(),
      results: [
        {
          action: 'report',
          number: randomUUID(),
          kind: 'single',
          result: 'negative',
          sampledAt: new Date(Date.now() - 3600_000).toISOString(),
          persons: [{ documentType, documentNumber: third }],
        },
      ],
    })
    expect(pushed.status, JSON.stringify(pushed.body)).toBeLessThan(300)
    expect(await personsOf([before.personId])).toHaveLength(1)

    const venue = await createVenue(app)
    const checker = await createOperator(app, { roles: ['checker'] })
    for (const number of [first, second, third]) {
      const { body } = await checker.call('POST', '/api/v1/checks', {
        requestId: randomUUID(),
        pointId: String(venue.pointId),
        purpose: '入口查验',
        document: { type: documentType, number },
      })
      expect(body).toMatchObject({ outcome: 'green', nameMasked: '陈**' })
    }

    const office = await createOperator(app, { roles: ['office'] })
    for (const number of [first, second, third]) {
      const { body } = await office.call('POST', '/api/v1/operator/person-searches', {
        document: { type: documentType, number },
        purpose: '核实赋码依据',
      })
      expect(body.persons).toEqual([expect.objectContaining({ personId: before.personId })])
    }

    const family = await registerCitizen(app)
    const add = (documentNumber: string) =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/me/members',
        headers: family.headers,
        payload: {
          ...{ requestId: randomUUID(), name: '陈大文', birthOn: '1980-01-01', documentType, documentNumber },
          ...{ relation: 'spouse', consentMeans: 'own_phone' },
        },
      })
    const members = [await add(second), await add(third)].map((answer) => answer.json().code)
    // One human: asked once, by whichever number.
    expect(members).toEqual([undefined, 'STATE_CONFLICT'])
    const { rows } = await app.parts.pool.query(
      'select count(distinct person_id)::int as persons, count(*)::int as documents from identity_documents where person_id = $1::bigint',
      [before.personId],
    )
    expect(rows[0]).toEqual({ persons: 1, documents: 1 })
  },
)

it('the number of the latest issue is the one that the door shows', async () => {
  await register({ documentType: 'hk_macao_permit', documentNumber: 'H8800000201' })
  await register({ documentType: 'hk_macao_permit', documentNumber: 'H8800000277' })
  const venue = await createVenue(app)
  const checker = await createOperator(app, { roles: ['checker'] })
  const { body } = await checker.call('POST', '/api/v1/checks', {
    requestId: randomUUID(),
    pointId: String(venue.pointId),
    purpose: '入口查验',
    document: { type: 'hk_macao_permit', number: 'H88000002' },
  })
  expect(body.documentNumberMasked).toMatch(/^H8\*+77$/)
})

it('people and results that version 0.2.0 kept by the whole number stay theirs', async () => {
  const { encryption, pool } = app.parts
  const former = (number: string) => encryption.blindIndex('document', `hk_macao_permit::${number}`)
  const citizen = await register({ documentType: 'hk_macao_permit', documentNumber: 'H8800000301' })
  await pool.query(
    'update identity_documents set document_index = $2::bytea, document_type = null, likeness = null where person_id = $1::bigint',
    [citizen.personId, former('H8800000301')],
  )
  // Registering finds them before the job has come to them.
  const again = await register({ documentType: 'hk_macao_permit', documentNumber: 'H8800000302' })
  expect(again.personId).toBe(citizen.personId)
  const untouched = await register({ documentType: 'hk_macao_permit', documentNumber: 'H8800000501' })
  await pool.query(
    'update identity_documents set document_index = $2::bytea, document_type = null, likeness = null where person_id = $1::bigint',
    [untouched.personId, former('H8800000501')],
  )
  expect(await readFormerDocuments(app.parts)).toBe(2)
  expect(await readFormerDocuments(app.parts)).toBe(0)
  const { rows } = await pool.query(
    'select count(*)::int as documents, count(likeness)::int as alike from identity_documents where person_id = $1::bigint',
    [untouched.personId],
  )
  expect(rows[0]).toEqual({ documents: 2, alike: 2 })

  const laboratory = await createPartner(app, 'laboratory')
  await pool.query(
    `insert into unclaimed_results (partner_id, laboratory_number, document_index, sampled_at, reported_at, result, kind)
     values ($1::bigint, 'former', $2::bytea, now(), now(), 'positive', 'single')`,
    [laboratory.partnerId, former('H8800000401')],
  )
  const claimed = await register({ documentType: 'hk_macao_permit', documentNumber: 'H8800000402' })
  expect(await personsOf([claimed.personId])).toHaveLength(1)
})

it('takes a permit of the 2024 kind, and residence permits as resident numbers', async () => {
  await register({ documentType: 'hk_macao_permit', documentNumber: 'HA1234567', name: 'John Smith' })
  const first17 = '83000019800101001'
  const documentNumber = first17 + residentIdCheckCharacter(first17)
  await register({ documentType: 'resident_id', documentNumber })
})

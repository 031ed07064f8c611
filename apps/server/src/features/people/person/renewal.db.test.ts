import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocumentHolders, passportOf } from '../../../../test/document-holders.ts'
import { type Named, registerCitizen, signInCitizen, takeFaceCheck } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let holders: ReturnType<typeof createDocumentHolders>
beforeAll(async () => {
  app = await startTestApp()
  holders = createDocumentHolders(app)
})
afterAll(() => app.close())

const register = (document: Named) => holders.register(document)
const coloursOf = (...people: { headers: object }[]) => holders.coloursOf(...people)
const makeRed = (personId: string) => holders.makeRed(personId)

describe('my new passport', () => {
  const renew = async (citizen: { headers: { authorization: string } }, document: Named, face = 'pass') => {
    app.outside.face = face as 'pass'
    const { faceCheckId } = await takeFaceCheck(app, citizen, document)
    app.outside.face = 'pass'
    return app.http.inject({
      method: 'POST',
      url: '/api/v1/me/document-renewals',
      headers: citizen.headers,
      payload: { ...document, faceCheckId },
    })
  }

  it('replaces the former one, which still finds the same person', async () => {
    const before = passportOf('FRA', 'Léa Martin', '1962-01-01')
    const citizen = await register(before)
    await makeRed(citizen.personId)
    const next = passportOf('FRA', 'MARTIN LEA', '1962-01-01')
    const answer = await renew(citizen, next)
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json().documentNumberMasked).toMatch(new RegExp(`${next.documentNumber.slice(-2)}$`))
    expect((await renew(citizen, next)).statusCode).toBe(200)
    for (const { documentNumber } of [before, next]) {
      const again = await register({ ...next, documentNumber })
      expect(again.personId).toBe(citizen.personId)
      expect(await coloursOf(again)).toEqual(['red'])
    }
    const { rows } = await app.parts.pool.query(
      'select count(*)::int as matters from identity_matters where $1::bigint in (first_person_id, second_person_id)',
      [citizen.personId],
    )
    expect(rows).toEqual([{ matters: 0 }])
  })

  it('is nobody else’s: another birth date, country or name, a resident ID, a face that failed', async () => {
    const citizen = await register(passportOf('FRA', 'Paul Petit', '1963-01-01'))
    const refused = async (document: Named) => (await renew(citizen, document)).json().fields?.[0]
    expect(await refused(passportOf('FRA', 'Paul Petit', '1963-01-02'))).toEqual({
      field: 'birthOn',
      reason: 'differs',
    })
    expect(await refused(passportOf('USA', 'Paul Petit', '1963-01-01'))).toEqual({
      field: 'country',
      reason: 'differs',
    })
    expect(await refused(passportOf('FRA', 'Jean Grand', '1963-01-01'))).toEqual({
      field: 'name',
      reason: 'differs',
    })
    const good = passportOf('FRA', 'Paul Petit', '1963-01-01')
    expect((await renew(citizen, good, 'fail')).json().code).toBe('FACE_CHECK_FAILED')
    app.outside.identity = 'mismatch'
    expect((await renew(citizen, good)).json().code).toBe('IDENTITY_MISMATCH')
    app.outside.identity = 'match'
    const resident = await registerCitizen(app)
    expect((await renew(resident, passportOf('CHN', '张小明', '1990-06-15'))).json().fields).toEqual([
      { field: 'documentType', reason: 'number_is_for_life' },
    ])
    expect((await renew(await signInCitizen(app), good)).json().code).toBe('NOT_REGISTERED')
  })

  it('somebody registered with it: an office looks at both', async () => {
    const next = passportOf('FRA', 'Luc Leroy', '1964-01-01')
    const citizen = await register(passportOf('FRA', 'Luc Leroy', '1964-01-01'))
    const taken = await register({ ...next, name: 'Other Name' })
    expect(await coloursOf(taken)).toEqual(['green'])
    const answer = await renew(citizen, next)
    expect([answer.statusCode, answer.json().fields]).toEqual([
      409,
      [{ field: 'document', reason: 'registered' }],
    ])
    expect(await coloursOf(citizen, taken)).toEqual(['green', 'none'])
  })
})

import { expect } from 'vitest'
import { inTransaction } from '../src/db/pool.ts'
import { evaluateNow } from '../src/features/colours/status/status.service.ts'
import { type Named, signInCitizen, takeFaceCheck } from './factories.ts'
import type { TestApp } from './test-app.ts'

let numbers = 0
/** Digits that no other call gives. */
export const nextNumber = (): string => String(10_000_000 + ++numbers)

export const passportOf = (country: string, name: string, birthOn: string) => ({
  documentType: 'passport',
  documentNumber: `P${nextNumber()}`,
  country,
  name,
  birthOn,
})

/** For people who have more than one document. */
export const createDocumentHolders = (app: TestApp) => {
  /** Registers on a phone of its own; the person may be somebody's second one. */
  const register = async (document: Named) => {
    const citizen = await signInCitizen(app)
    const { faceCheckId } = await takeFaceCheck(app, citizen, document)
    const { consentVersion } = app.parts.config
    const response = await app.http.inject({
      method: 'POST',
      url: '/api/v1/me/registration',
      headers: citizen.headers,
      payload: { ...document, faceCheckId, consentVersion },
    })
    expect(response.statusCode, response.body).toBe(201)
    const { rows } = await app.parts.pool.query<{ person_id: string }>(
      'select person_id from accounts where account_id = $1::bigint',
      [citizen.accountId],
    )
    return { ...citizen, personId: rows[0]?.person_id ?? '' }
  }
  const passOf = async ({ headers }: { headers: object }) =>
    (await app.http.inject({ url: '/api/v1/me/pass', headers: { ...headers } })).json()
  const coloursOf = async (...people: { headers: object }[]): Promise<string[]> =>
    Promise.all(people.map(async (each) => (await passOf(each)).colour))
  const makeRed = async (personId: string) => {
    await app.parts.pool.query(
      `insert into findings (person_id, category, anchor_at, evidence, source) values ($1::bigint, 'close_contact', now(), '通告', '测试')`,
      [personId],
    )
    await inTransaction(app.parts.pool, (tx) => evaluateNow(tx, [personId], 'finding'))
  }
  return { register, passOf, coloursOf, makeRed }
}

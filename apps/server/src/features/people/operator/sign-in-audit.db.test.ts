import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDivisions } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { hashPassword } from './credentials.ts'
import { insertOperator } from './operator.queries.ts'

const PASSWORD = 'twelve letters at least'
const secret = new Secret({ size: 20 })

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: new Date('2022-03-10T02:00:00Z') })
  await createDivisions(app)
})
afterAll(() => app.close())

const createAccount = async () => {
  const username = `u${randomUUID().slice(0, 12)}`
  const passwordHash = await hashPassword(PASSWORD)
  const operatorId = await inTransaction(app.parts.pool, (tx) =>
    insertOperator(tx, {
      username,
      displayName: '李四',
      organisation: '鼓楼区防控办',
      roles: ['office'],
      divisionCode: '320302',
      passwordHash,
      totpSecretEncrypted: (id) =>
        app.parts.encryption.encrypt(secret.base32, inRow('operators.totp_secret', id)),
      mustChangePassword: false,
      requestId: null,
    }),
  )
  return { username, operatorId }
}
const totp = () => new TOTP({ secret }).generate({ timestamp: app.parts.clock().getTime() })
const trySignIn = async (payload: { username: string; password?: string; totp?: string }) => {
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/operator/sessions',
    payload: { password: PASSWORD, totp: totp(), ...payload },
    remoteAddress: '192.0.2.1',
  })
  return answer.json<{ code?: string }>().code
}
const failures = async () =>
  (
    await app.parts.pool.query(
      `select actor_kind, object_id, details from audit_entries where action = 'operator.sign_in_failed' order by audit_id`,
    )
  ).rows

it('leaves an entry for every failed sign-in, with the operator where there is one and never a value', async () => {
  const { username, operatorId } = await createAccount()
  expect(await trySignIn({ username, password: 'wrong password' })).toBe('CREDENTIALS_WRONG')
  expect(await trySignIn({ username, totp: '000000' })).toBe('TOTP_WRONG')
  expect(await trySignIn({ username })).toBeUndefined()
  expect(await trySignIn({ username })).toBe('TOTP_WRONG')
  const known = { actor_kind: 'system', object_id: operatorId }
  expect(await failures()).toEqual([
    { ...known, details: { reason: 'password' } },
    { ...known, details: { reason: 'totp' } },
    { ...known, details: { reason: 'totp_used_before' } },
  ])
})

it('keeps of a name nobody has a keyed hash, the same for the same name', async () => {
  const before = (await failures()).length
  for (const username of ['my-Secret-Password', 'my-secret-password ', 'someone-else'])
    expect(await trySignIn({ username })).toBe('CREDENTIALS_WRONG')
  const rows = (await failures()).slice(before)
  expect(rows.map(({ object_id, details }) => [object_id, details.reason])).toEqual(
    Array(3).fill([null, 'unknown']),
  )
  const [first, second, third] = rows.map(({ details }) => details.nameHash)
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect([second === first, third === first]).toEqual([true, false])
  expect(JSON.stringify(rows)).not.toContain('secret')
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  makeResidentId,
  type Named,
  registerCitizen,
  type SignedIn,
  signInCitizen,
  takeFaceCheck,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

// What a stranger tries with a face check: each of these took an identity over before checks named anybody.

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const someone = (name = '张小明'): Named => ({ name, documentNumber: makeResidentId() })
const register = async (
  citizen: Pick<SignedIn, 'headers'>,
  { name, documentNumber }: Named,
  faceCheckId: string,
): Promise<string> => {
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/me/registration',
    headers: citizen.headers,
    payload: {
      ...{ documentType: 'resident_id', name, documentNumber },
      faceCheckId,
      consentVersion: app.parts.config.consentVersion,
    },
  })
  return response.statusCode === 201 ? 'registered' : response.json<{ code: string }>().code
}
const check = async (citizen: SignedIn, named: Named) =>
  (await takeFaceCheck(app, citizen, named)).faceCheckId
const signInAgain = async (phone: string) => {
  await app.parts.pool.query(
    `update sms_challenges set created_at = created_at - interval '2 minutes' where phone_index = $1::bytea`,
    [app.parts.encryption.blindIndex('phone', phone)],
  )
  return signInCitizen(app, { phone })
}

it('a face check made for one person registers nobody else', async () => {
  const victim = await registerCitizen(app)
  const stranger = await signInCitizen(app)
  const own = someone('李四')
  const faceCheckId = await check(stranger, own)
  expect(await register(stranger, victim, faceCheckId)).toBe('FACE_CHECK_REQUIRED')
  expect(await register(stranger, { ...own, name: '李五' }, faceCheckId)).toBe('FACE_CHECK_REQUIRED')
  expect(await register(stranger, own, faceCheckId)).toBe('registered')
})

it("a stranger's face is not that of the person whose number they know", async () => {
  const victim = await registerCitizen(app)
  const stranger = await signInCitizen(app)
  app.outside.faceOf[victim.documentNumber] = 'fail'
  const failed = await check(stranger, victim)
  expect(await register(stranger, victim, failed)).toBe('FACE_CHECK_FAILED')
  app.outside.faceOf[victim.documentNumber] = 'unsure'
  const unsure = await check(stranger, victim)
  expect(await register(stranger, victim, unsure)).toBe('FACE_CHECK_FAILED')
  delete app.outside.faceOf[victim.documentNumber]
  const me = await app.http.inject({ method: 'GET', url: '/api/v1/me', headers: victim.headers })
  expect(me.json()).toMatchObject({ registered: true })
})

it('a face check is good once', async () => {
  const stranger = await signInCitizen(app)
  const named = someone()
  const faceCheckId = await check(stranger, named)
  expect(await register(stranger, named, faceCheckId)).toBe('registered')
  // Somebody else holds the identity meanwhile; the check of before does not bring it back.
  const next = await signInCitizen(app)
  expect(await register(next, named, await check(next, named))).toBe('registered')
  const back = await signInAgain(stranger.phone)
  await app.parts.pool.query('update face_checks set session_id = $1::uuid where face_check_id = $2::uuid', [
    back.sessionId,
    faceCheckId,
  ])
  expect(await register(back, named, faceCheckId)).toBe('FACE_CHECK_REQUIRED')
})

it('a face check is over after ten minutes', async () => {
  const citizen = await signInCitizen(app)
  const named = someone()
  const faceCheckId = await check(citizen, named)
  const { rows } = await app.parts.pool.query(
    'select expires_at - checked_at as life from face_checks where face_check_id = $1::uuid',
    [faceCheckId],
  )
  expect(rows[0]?.life).toMatchObject({ minutes: 10 })
  app.setNow(new Date(Date.now() + 10 * 60_000))
  expect(await register(citizen, named, faceCheckId)).toBe('FACE_CHECK_REQUIRED')
  app.setNow(undefined)
  expect(await register(citizen, named, faceCheckId)).toBe('registered')
})

it('a face check belongs to the session that asked, not to the account and not to anybody else', async () => {
  const citizen = await signInCitizen(app)
  const named = someone()
  const faceCheckId = await check(citizen, named)
  expect(await register(await signInCitizen(app), named, faceCheckId)).toBe('FACE_CHECK_REQUIRED')
  expect(await register(await signInAgain(citizen.phone), named, faceCheckId)).toBe('FACE_CHECK_REQUIRED')
  expect(await register(citizen, named, randomUUID())).toBe('FACE_CHECK_REQUIRED')
  expect(await register(citizen, named, faceCheckId)).toBe('registered')
})

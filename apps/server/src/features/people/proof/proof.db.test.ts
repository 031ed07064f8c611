import { randomUUID } from 'node:crypto'
import { operations } from '@jiankangbao/contracts/operations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makePhone,
  makeResidentId,
  type RegisteredCitizen,
  readSmsCode,
  registerCitizen,
  type SignedIn,
  signInCitizen,
  signInUnproved,
  takeFaceCheck,
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
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  payload?: object,
) => {
  const response = await app.http.inject({
    ...{ method, url: `/api/v1/${path}`, headers },
    ...(payload ? { payload } : {}),
  })
  return { status: response.statusCode, body: response.body === '' ? {} : response.json() }
}
/** Who the server takes somebody for after their token was renewed. */
const renewed = async (citizen: SignedIn) => {
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sessions/refresh',
    payload: { refreshToken: citizen.refreshToken },
  })
  const { accessToken, proved } = answer.json<{ accessToken: string; proved: boolean }>()
  return { proved, headers: { authorization: `Bearer ${accessToken}` } }
}
const isShown = async (citizen: SignedIn) => {
  const { proved, headers } = await renewed(citizen)
  const me = await call({ headers }, 'GET', 'me')
  expect(me.status).toBe(proved ? 200 : 403)
  return proved
}
const named = ({ name, documentNumber }: Pick<RegisteredCitizen, 'name' | 'documentNumber'>) => ({
  ...{ name, documentType: 'resident_id', documentNumber },
})
const byFace = async (phone: SignedIn, whose: Pick<RegisteredCitizen, 'name' | 'documentNumber'>) => {
  const { faceCheckId } = await takeFaceCheck(app, phone, named(whose))
  return call(phone, 'POST', 'me/sign-in-proof/face', { ...named(whose), faceCheckId })
}

describe('an SMS code alone on a new device', () => {
  it('opens nothing of the person: every operation but a short list is refused', async () => {
    const owner = await registerCitizen(app)
    const stranger = await signInUnproved(app, owner)
    const open: string[] = []
    for (const [name, { method, path, access }] of Object.entries(operations)) {
      if (access.kind !== 'citizen') continue
      const answer = await app.http.inject({
        method,
        url: path.replaceAll(/:\w+/g, randomUUID()),
        headers: stranger.headers,
      })
      if ('unproved' in access) open.push(name)
      else expect([name, answer.statusCode, answer.json().code]).toEqual([name, 403, 'SIGN_IN_UNPROVED'])
      // The session ended by what it may do.
      if (answer.statusCode === 204)
        Object.assign(stranger, await signInUnproved(app, await registerCitizen(app)))
    }
    expect(open.sort()).toEqual([
      'askOwnDevice',
      'createFaceCheck',
      'endSession',
      'getSignInProof',
      'leaveNumber',
      'proveByFace',
    ])
  })

  it('tells nothing: the same answer whoever the number belongs to', async () => {
    const owner = await registerCitizen(app)
    const stranger = await signInUnproved(app, owner)
    const shown = await call(stranger, 'GET', 'me/sign-in-proof')
    expect(shown.body).toEqual({
      state: 'open',
      proofCode: expect.stringMatching(/^\d{8}$/),
      expiresAt: expect.any(String),
    })
    expect((await call(stranger, 'GET', 'me/sign-in-proof')).body).toEqual(shown.body)
    const payload = JSON.parse(
      Buffer.from(stranger.accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'),
    )
    expect(payload).not.toHaveProperty('pid')
    expect(await isShown(stranger)).toBe(false)
    expect(await isShown(owner)).toBe(true)
  })

  it('is enough where nobody is registered, and on the device on which somebody registered', async () => {
    const newcomer = await signInCitizen(app)
    expect(await isShown(newcomer)).toBe(true)
    const owner = await registerCitizen(app)
    await call(owner, 'DELETE', 'sessions/current')
    const { deviceSecret } = owner
    expect(await isShown(await signInUnproved(app, owner, { deviceSecret }))).toBe(true)
    // The secret of one device opens no other account.
    const other = await registerCitizen(app)
    expect(await isShown(await signInUnproved(app, other, { deviceSecret }))).toBe(false)
  })

  it('is not enough any more on a device that was signed out from another one', async () => {
    const owner = await registerCitizen(app)
    const lost = await signInUnproved(app, owner)
    await byFace(lost, owner)
    expect((await call(owner, 'DELETE', `sessions/${lost.sessionId}`)).status).toBe(204)
    const { deviceSecret } = lost
    expect(await isShown(await signInUnproved(app, owner, { deviceSecret }))).toBe(false)
  })

  it('a browser keeps the secret in a cookie that no page can read', async () => {
    const owner = await registerCitizen(app)
    const signIn = async (cookie?: string) => {
      await app.parts.pool.query(
        `update sms_challenges set created_at = created_at - interval '2 minutes' where phone_index = $1::bytea`,
        [app.parts.encryption.blindIndex('phone', owner.phone)],
      )
      await app.http.inject({
        method: 'POST',
        url: '/api/v1/sms-codes',
        payload: { phone: owner.phone, purpose: 'sign-in' },
        remoteAddress: '10.9.8.7',
      })
      return app.http.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        payload: { phone: owner.phone, smsCode: readSmsCode(app, owner.phone) },
        ...(cookie ? { headers: { cookie } } : {}),
      })
    }
    const first = await signIn()
    expect(first.json()).not.toHaveProperty('deviceSecret')
    expect(first.json()).toMatchObject({ proved: false })
    const set = String(first.headers['set-cookie'])
    expect(set).toMatch(/jkb_device=[\w-]{43};.*HttpOnly/)
    const headers = { authorization: `Bearer ${first.json().accessToken}` }
    const { faceCheckId } = await takeFaceCheck(app, { headers }, named(owner))
    await call({ headers }, 'POST', 'me/sign-in-proof/face', { ...named(owner), faceCheckId })
    expect((await signIn(set.split(';')[0])).json()).toMatchObject({ proved: true })
    expect((await signIn('__Host-jkb_device=nonsense')).json()).toMatchObject({ proved: false })
  })

  it('whoever was signed in before somebody registered is signed out by it', async () => {
    const phone = makePhone()
    const earlier = await signInCitizen(app, { phone })
    const owner = await registerCitizen(app, { as: await signInUnproved(app, earlier) })
    expect((await call(earlier, 'GET', 'me')).body).toMatchObject({ code: 'SESSION_REVOKED' })
    expect(await isShown(owner)).toBe(true)
  })
})

describe('the second proof by face', () => {
  it('opens the account, and the device is known from then on', async () => {
    const owner = await registerCitizen(app)
    const phone = await signInUnproved(app, owner)
    expect((await byFace(phone, owner)).body).toMatchObject({ state: 'proved' })
    expect(await isShown(phone)).toBe(true)
    const { deviceSecret } = phone
    expect(await isShown(await signInUnproved(app, owner, { deviceSecret }))).toBe(true)
    const { rows } = await app.parts.pool.query(
      `select details ->> 'means' as means from audit_entries where action = 'sign_in.proved' and object_id = $1::text`,
      [owner.accountId],
    )
    expect(rows).toEqual([{ means: 'face' }])
  })

  it('is that of the account’s person and of nobody else', async () => {
    const owner = await registerCitizen(app)
    const phone = await signInUnproved(app, owner)
    const somebody = { name: '李四', documentNumber: makeResidentId() }
    expect((await byFace(phone, somebody)).body).toMatchObject({ code: 'IDENTITY_MISMATCH' })
    expect((await byFace(phone, await registerCitizen(app))).body).toMatchObject({
      code: 'IDENTITY_MISMATCH',
    })
    expect((await byFace(phone, { ...owner, name: '张大明' })).body).toMatchObject({
      code: 'IDENTITY_MISMATCH',
    })
    app.outside.faceOf[owner.documentNumber] = 'fail'
    expect((await byFace(phone, owner)).body).toMatchObject({ code: 'FACE_CHECK_FAILED' })
    delete app.outside.faceOf[owner.documentNumber]
    const { faceCheckId } = await takeFaceCheck(app, owner, named(owner))
    const others = await call(phone, 'POST', 'me/sign-in-proof/face', { ...named(owner), faceCheckId })
    expect(others.body).toMatchObject({ code: 'FACE_CHECK_REQUIRED' })
    expect((await call(phone, 'POST', 'me/sign-in-proof/face', named(owner))).status).toBe(400)
    expect(await isShown(phone)).toBe(false)
  })
})

describe('the second proof by a device of the account', () => {
  const ask = async (deviceName?: string) => {
    const owner = await registerCitizen(app)
    const phone = await signInUnproved(app, owner, deviceName ? { deviceName } : {})
    expect((await call(phone, 'POST', 'me/sign-in-proof/device-request')).status).toBe(202)
    const { requests } = (await call(owner, 'GET', 'me/sign-in-requests')).body
    return { owner, phone, requests, proofId: requests[0]?.proofId as string }
  }
  const answer = (who: Headers, proofId: string, said: string) =>
    call(who, 'POST', `me/sign-in-requests/${proofId}/answer`, { answer: said })

  it('shows kind and time, and opens the account where that device agrees', async () => {
    const { owner, phone, requests, proofId } = await ask('华为 P50')
    expect(requests).toEqual([
      {
        proofId,
        deviceName: '华为 P50',
        signedInAt: expect.any(String),
        askedAt: expect.any(String),
        expiresAt: expect.any(String),
      },
    ])
    const { notices } = (await call(owner, 'GET', 'me/notices')).body
    expect(notices[0]).toMatchObject({ kind: 'sign_in_asked', details: { deviceName: '华为 P50' } })
    expect((await answer(owner, proofId, 'agreed')).status).toBe(204)
    expect((await answer(owner, proofId, 'agreed')).status).toBe(204)
    expect((await answer(owner, proofId, 'refused')).body).toMatchObject({ code: 'STATE_CONFLICT' })
    expect((await call(phone, 'GET', 'me/sign-in-proof')).body).toMatchObject({ state: 'proved' })
    expect(await isShown(phone)).toBe(true)
  })

  it('refused, the new device is signed out', async () => {
    const { owner, phone, proofId } = await ask()
    expect((await answer(owner, proofId, 'refused')).status).toBe(204)
    expect((await call(phone, 'GET', 'me/sign-in-proof')).body).toMatchObject({ code: 'SESSION_REVOKED' })
    expect((await call(owner, 'GET', 'me/sign-in-requests')).body).toEqual({ requests: [] })
  })

  it('is nobody else’s to answer, and not that of a second unproved device', async () => {
    const { owner, phone, proofId } = await ask()
    expect((await answer(await registerCitizen(app), proofId, 'agreed')).status).toBe(404)
    expect((await answer(phone, proofId, 'agreed')).body).toMatchObject({ code: 'SIGN_IN_UNPROVED' })
    const second = await signInUnproved(app, owner)
    expect((await answer(second, proofId, 'agreed')).body).toMatchObject({ code: 'SIGN_IN_UNPROVED' })
    expect((await answer(owner, randomUUID(), 'agreed')).status).toBe(404)
    expect((await answer(owner, proofId, 'perhaps')).status).toBe(400)
    expect(await isShown(phone)).toBe(false)
  })

  it('many answers at once are one', async () => {
    const { owner, phone, proofId } = await ask()
    const said = await Promise.all(
      Array.from({ length: 8 }, (_, at) => answer(owner, proofId, at % 2 ? 'agreed' : 'refused')),
    )
    const [agreed, refused] = [1, 0].map((odd) =>
      said.filter((_, at) => at % 2 === odd && said[at]?.status === 204),
    )
    expect([agreed?.length, refused?.length].sort()).toEqual([0, 4])
    const { rows } = await app.parts.pool.query(
      `select state from sign_in_proofs where session_id = $1::uuid`,
      [phone.sessionId],
    )
    expect(rows).toEqual([{ state: agreed?.length ? 'proved' : 'refused' }])
  })

  it('does not pester: so often in an hour', async () => {
    const { phone } = await ask()
    for (let times = 0; times < 4; times += 1)
      expect((await call(phone, 'POST', 'me/sign-in-proof/device-request')).status).toBe(202)
    expect((await call(phone, 'POST', 'me/sign-in-proof/device-request')).status).toBe(429)
  })
})

describe('the second proof by an office or the hotline', () => {
  const begin = async () => {
    const owner = await registerCitizen(app)
    const phone = await signInUnproved(app, owner)
    const { proofCode } = (await call(phone, 'GET', 'me/sign-in-proof')).body
    const body = {
      requestId: randomUUID(),
      proofCode: `${proofCode.slice(0, 4)} ${proofCode.slice(4)}`,
      documentType: 'resident_id',
      documentNumber: owner.documentNumber,
      reason: '本人持身份证到场，已核对',
    }
    return { owner, phone, body }
  }
  const path = '/api/v1/operator/sign-in-proofs'

  it('an office that sees the document proves it; the person sees who looked', async () => {
    const office = await createOperator(app, { roles: ['office'] })
    const { owner, phone, body } = await begin()
    const proved = await office.call('POST', path, body)
    expect([proved.status, proved.body]).toMatchObject([
      201,
      { state: 'proved', means: 'office', allowed: [] },
    ])
    expect((await office.call('POST', path, body)).body).toEqual(proved.body)
    expect((await office.call('POST', path, { ...body, reason: '别的理由' })).body).toMatchObject({
      code: 'REQUEST_ID_REUSED',
    })
    expect(await isShown(phone)).toBe(true)
    const { lookups } = (await call(owner, 'GET', 'me/lookups')).body
    expect(lookups[0]).toMatchObject({ purpose: body.reason })
  })

  it('code and document have to belong together, and nobody learns which one is wrong', async () => {
    const office = await createOperator(app, { roles: ['office'] })
    const { phone, body } = await begin()
    const other = await registerCitizen(app)
    const refusals = [
      { ...body, documentNumber: other.documentNumber },
      { ...body, documentNumber: makeResidentId() },
      { ...body, proofCode: '00000000' },
    ]
    for (const refused of refusals)
      expect((await office.call('POST', path, refused)).body).toMatchObject({
        code: 'VALIDATION_FAILED',
        fields: [{ field: 'proofCode', reason: 'not_this_person' }],
      })
    expect((await office.call('POST', path, { ...body, documentNumber: '123' })).status).toBe(400)
    expect((await office.call('POST', path, { ...body, extra: 1 })).status).toBe(400)
    expect(await isShown(phone)).toBe(false)
    const checker = await createOperator(app, { roles: ['checker'] })
    expect((await checker.call('POST', path, body)).status).toBe(403)
  })

  it('the hotline proposes and never decides its own', async () => {
    const first = await createOperator(app, { roles: ['hotline'] })
    const second = await createOperator(app, { roles: ['hotline'] })
    const { phone, body } = await begin()
    const proposed = await first.call('POST', path, body)
    expect([proposed.status, proposed.body]).toMatchObject([201, { state: 'open', nameMasked: '张**' }])
    expect(await isShown(phone)).toBe(false)
    const decision = `${path}/${proposed.body.proofId}/decision`
    const approve = { verdict: 'approve', reason: '已回拨核对' }
    expect((await first.call('POST', decision, approve)).body).toMatchObject({ code: 'OWN_PROPOSAL' })
    const listed = (await second.call('GET', path)).body.proofs as { proofId: string }[]
    expect(listed.find(({ proofId }) => proofId === proposed.body.proofId)).toMatchObject({
      reason: body.reason,
      allowed: ['approve', 'reject'],
    })
    const decided = await second.call('POST', decision, approve)
    expect([decided.status, decided.body]).toMatchObject([200, { state: 'proved', means: 'hotline' }])
    expect((await second.call('POST', decision, approve)).status).toBe(404)
    expect(await isShown(phone)).toBe(true)
    const { rows } = await app.parts.pool.query(
      `select action from audit_entries where actor_kind = 'operator' and details ->> 'proofId' = $1::text order by audit_id`,
      [proposed.body.proofId],
    )
    expect(rows.map(({ action }) => action)).toEqual(['sign_in.proof_proposed', 'sign_in.proved'])
  })

  it('rejected by the second person, the sign-in ends', async () => {
    const first = await createOperator(app, { roles: ['hotline'] })
    const office = await createOperator(app, { roles: ['office'] })
    const { phone, body } = await begin()
    const { proofId } = (await first.call('POST', path, body)).body
    const reject = { verdict: 'reject', reason: '回拨不是本人' }
    expect((await office.call('POST', `${path}/${proofId}/decision`, reject)).body).toMatchObject({
      state: 'refused',
    })
    expect((await call(phone, 'GET', 'me/sign-in-proof')).body).toMatchObject({ code: 'SESSION_REVOKED' })
  })

  it('a code is good for a day', async () => {
    const office = await createOperator(app, { roles: ['office'] })
    const { phone, body } = await begin()
    await app.parts.pool.query(
      `update sign_in_proofs set expires_at = now() - interval '1 second' where session_id = $1::uuid`,
      [phone.sessionId],
    )
    expect((await office.call('POST', path, body)).body).toMatchObject({ code: 'VALIDATION_FAILED' })
    const { proofCode } = (await call(phone, 'GET', 'me/sign-in-proof')).body
    expect((await office.call('POST', path, { ...body, proofCode })).status).toBe(201)
  })
})

import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDivisions, createOperatorRow } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { hashPassword } from './credentials.ts'

const totpAt = (secret: string, now: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() })
const creation = (extra: object = {}) => ({
  requestId: randomUUID(),
  username: `op-${randomUUID().slice(0, 8)}`,
  displayName: '测试员',
  organisation: '示例单位',
  roles: ['office'],
  divisionCode: '320302',
  reason: '新入职',
  ...extra,
})

describe('operators', () => {
  let app: TestApp
  let sysadmin: TestOperator
  beforeAll(async () => {
    app = await startTestApp({
      limits: { operatorSignInPerUserPerQuarterHour: 6, operatorSignInPerAddressPerQuarterHour: 1000 },
    })
    await createDivisions(app)
    sysadmin = await createOperator(app, { roles: ['sysadmin'] })
  })
  afterAll(() => app.close())

  /** Somebody whose first password another one knows, as the demonstration has them. */
  const create = async () => {
    const { operatorId } = await createOperatorRow(app)
    const password = 'a first password of a test'
    const totpSecret = new Secret({ size: 20 }).base32
    const { rows } = await app.parts.pool.query<{ username: string }>(
      `update operators set password_hash = $2::text, totp_secret_encrypted = $3::bytea where operator_id = $1::bigint returning username`,
      [
        operatorId,
        await hashPassword(password),
        app.parts.encryption.encrypt(totpSecret, inRow('operators.totp_secret', operatorId)),
      ],
    )
    return {
      operator: { operatorId, username: rows[0]?.username ?? '' },
      initialPassword: password,
      totpSecret,
    }
  }
  const signIn = async (payload: object) => {
    const answer = await app.http.inject({ method: 'POST', url: '/api/v1/operator/sessions', payload })
    const cookie = String(answer.headers['set-cookie'] ?? '')
    return {
      status: answer.statusCode,
      body: answer.json(),
      cookie,
      headers: { cookie: cookie.split(';')[0] ?? '', 'x-csrf-token': answer.json().csrfToken },
    }
  }
  const credentials = (
    made: { operator: { username: string }; initialPassword: string; totpSecret: string },
    now = new Date(),
  ) => ({
    username: made.operator.username,
    password: made.initialPassword,
    totp: totpAt(made.totpSecret, now),
  })

  it('signs in with both factors, over a cookie that scripts and other sites can not use', async () => {
    const made = await create()
    const answer = await signIn(credentials(made))
    expect([answer.status, answer.body]).toEqual([
      201,
      expect.objectContaining({
        username: made.operator.username,
        roles: ['office'],
        mustChangePassword: true,
      }),
    ])
    expect(answer.cookie).toMatch(/HttpOnly/)
    expect(answer.cookie).toMatch(/SameSite=Strict/)
    expect(answer.cookie).toMatch(/Secure/)
  })

  it('takes a one-time password once, also in parallel', async () => {
    const made = await create()
    const body = credentials(made)
    const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401])
  })

  it('answers an unknown name and a wrong password alike, and limits the tries', async () => {
    const made = await create()
    const wrong = await signIn({ ...credentials(made), password: 'not the password' })
    const unknown = await signIn({ username: 'nobody-here', password: 'not the password', totp: '000000' })
    expect([wrong.status, wrong.body.code]).toEqual([401, 'CREDENTIALS_WRONG'])
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
    expect((await signIn({ ...credentials(made), totp: '000000' })).body.code).toBe('TOTP_WRONG')
    const statuses: number[] = []
    for (let tries = 0; tries < 5; tries += 1)
      statuses.push((await signIn({ ...credentials(made), password: 'wrong' })).status)
    expect(statuses.at(-1)).toBe(429)
  })

  it('wants the first password replaced before anything else, and ends the other sessions then', async () => {
    const made = await create()
    const first = await signIn(credentials(made))
    const second = await signIn(credentials(made, new Date(Date.now() + 30_000)))
    const get = (as: { headers: object }, url: string) =>
      app.http.inject({ method: 'GET', url, headers: { ...as.headers } })
    expect((await get(first, '/api/v1/operator/venues')).json().fields).toEqual([
      { field: 'password', reason: 'must_be_changed' },
    ])
    const change = (payload: object) =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/operator/me/password',
        headers: first.headers,
        payload,
      })
    expect((await change({ currentPassword: 'wrong', newPassword: 'a much longer one' })).json().code).toBe(
      'CREDENTIALS_WRONG',
    )
    expect(
      (await change({ currentPassword: made.initialPassword, newPassword: 'short' })).json().fields,
    ).toEqual([{ field: 'newPassword', reason: 'too_short' }])
    expect(
      (await change({ currentPassword: made.initialPassword, newPassword: 'a much longer one' })).statusCode,
    ).toBe(204)
    expect((await get(first, '/api/v1/operator/venues')).statusCode).toBe(200)
    expect((await get(second, '/api/v1/operator/me')).statusCode).toBe(401)
  })

  it('ends an idle session after half an hour and any after eight hours; signing out ends it at once', async () => {
    const made = await create()
    const { headers } = await signIn(credentials(made))
    const me = () => app.http.inject({ method: 'GET', url: '/api/v1/operator/me', headers })
    const start = Date.now()
    app.setNow(new Date(start + 29 * 60_000))
    expect((await me()).statusCode).toBe(200)
    app.setNow(new Date(start + 58 * 60_000))
    expect((await me()).statusCode).toBe(200)
    app.setNow(new Date(start + 89 * 60_000))
    expect((await me()).statusCode).toBe(401)
    app.setNow(undefined)
    const again = await signIn(credentials(made, new Date(Date.now() + 30_000)))
    const out = await app.http.inject({
      method: 'DELETE',
      url: '/api/v1/operator/sessions/current',
      headers: again.headers,
    })
    expect(out.statusCode).toBe(204)
    expect(
      (await app.http.inject({ method: 'GET', url: '/api/v1/operator/me', headers: again.headers }))
        .statusCode,
    ).toBe(401)
  })

  it('keeps apart who changes colours and who administers users', async () => {
    const mixed = await sysadmin.call(
      'POST',
      '/api/v1/operator/operators',
      creation({ roles: ['sysadmin', 'hq'] }),
    )
    expect(mixed.body.fields).toEqual([{ field: 'roles', reason: 'roles_conflict' }])
    for (const url of [
      '/api/v1/operator/persons/1?purpose=flow',
      '/api/v1/operator/proposals',
      '/api/v1/operator/audit-entries',
    ])
      expect((await sysadmin.call('GET', url)).status).toBe(403)
    const hq = await createOperator(app, { roles: ['hq'] })
    expect((await hq.call('GET', '/api/v1/operator/operators')).status).toBe(403)
    expect((await hq.call('POST', '/api/v1/operator/operators', creation())).status).toBe(403)
  })

  it('names a taken username and an unknown division', async () => {
    const made = await create()
    const post = (body: object) => sysadmin.call('POST', '/api/v1/operator/operators', body)
    expect((await post(creation({ username: made.operator.username }))).body).toMatchObject({
      code: 'USERNAME_TAKEN',
      fields: [{ field: 'username', reason: 'taken' }],
    })
    expect((await post(creation({ divisionCode: '999999' }))).body.fields).toEqual([
      { field: 'divisionCode', reason: 'not_found' },
    ])
    expect((await post(creation({ reason: undefined }))).body.fields).toEqual([
      { field: 'reason', reason: 'required' },
    ])
  })

  it('whoever ends a decider, or many, is seen, and does not take note of it themselves', async () => {
    const admin = await createOperator(app, { roles: ['sysadmin'] })
    const auditor = await createOperator(app, { roles: ['auditor'] })
    const end = async (roles: string[]) => {
      const { operatorId } = await createOperator(app, { roles })
      const url = `/api/v1/operator/operators/${operatorId}`
      expect((await admin.call('PATCH', url, { active: false })).status).toBe(200)
    }
    const incidents = async (): Promise<{ times: number; details: object; mayAcknowledge: boolean }[]> =>
      (await auditor.call('GET', '/api/v1/operator/incidents?kind=operators_ended')).body.incidents
    await end(['office'])
    expect(await incidents()).toEqual([])
    await end(['hq'])
    expect(await incidents()).toMatchObject([
      { operator: { operatorId: admin.operatorId }, times: 1, details: { count: 2 } },
    ])
    await end(['office'])
    expect(await incidents()).toMatchObject([{ times: 2, details: { count: 3 }, mayAcknowledge: true }])
    const { body } = await admin.call('GET', '/api/v1/operator/incidents?kind=operators_ended')
    expect(body.incidents).toMatchObject([{ mayAcknowledge: false }])
  })

  it('signs out whoever is deactivated, and nobody changes their own rights', async () => {
    const made = await create()
    const { headers } = await signIn(credentials(made))
    const url = `/api/v1/operator/operators/${made.operator.operatorId}`
    expect((await sysadmin.call('PATCH', url, { active: false })).body.operator.active).toBe(false)
    expect((await app.http.inject({ method: 'GET', url: '/api/v1/operator/me', headers })).statusCode).toBe(
      401,
    )
    expect((await signIn(credentials(made, new Date(Date.now() + 30_000)))).body.code).toBe(
      'CREDENTIALS_WRONG',
    )
    expect(
      (await sysadmin.call('PATCH', `/api/v1/operator/operators/${sysadmin.operatorId}`, { active: false }))
        .status,
    ).toBe(403)
    expect(
      (await sysadmin.call('PATCH', '/api/v1/operator/operators/999999', { active: false })).status,
    ).toBe(404)
    const list = await sysadmin.call('GET', `/api/v1/operator/operators?search=${made.operator.username}`)
    expect(list.body.operators).toMatchObject([{ username: made.operator.username, active: false }])
    expect(JSON.stringify(list.body)).not.toMatch(/password|secret/i)
  })
})

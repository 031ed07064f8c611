import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDivisions } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { takeId } from '../../../db/take-ids.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { hashPassword } from './credentials.ts'

const start = new Date('2022-03-10T02:00:00Z')
const PASSWORD = 'twelve letters at least'

let app: TestApp
let passwordHash: string
beforeAll(async () => {
  app = await startTestApp({ now: start })
  await createDivisions(app)
  passwordHash = await hashPassword(PASSWORD)
})
afterAll(() => app.close())

const minutesLater = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

const createAccount = async (options: { mustChangePassword?: boolean } = {}) => {
  app.setNow(start)
  const secret = new Secret({ size: 20 })
  const username = `u${randomUUID().slice(0, 12)}`
  const operatorId = await takeId(app.parts.pool, 'operators', 'operator_id')
  await app.parts.pool.query(
    `insert into operators (operator_id, username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted, must_change_password)
     overriding system value
     values ($5::bigint, $1::text, '李四', '鼓楼区防控办', '{office}', '320302', $2::text, $3::bytea, $4::boolean)`,
    [
      username,
      passwordHash,
      app.parts.encryption.encrypt(secret.base32, inRow('operators.totp_secret', operatorId)),
      options.mustChangePassword ?? false,
      operatorId,
    ],
  )
  const totpAt = (at: Date) => new TOTP({ secret }).generate({ timestamp: at.getTime() })
  return { username, operatorId, totpAt }
}
type Account = Awaited<ReturnType<typeof createAccount>>

const post = (payload: object, remoteAddress = '192.0.2.1') =>
  app.http.inject({ method: 'POST', url: '/api/v1/operator/sessions', payload, remoteAddress })
const trySignIn = (account: Account, more: object = {}) =>
  post({ username: account.username, password: PASSWORD, totp: account.totpAt(app.parts.clock()), ...more })

const signIn = async (account: Account) => {
  const response = await trySignIn(account)
  expect(response.statusCode, response.body).toBe(201)
  const set = response.cookies.find(({ name }) => name === '__Host-jkb_operator')
  const me = response.json<{ csrfToken: string }>()
  return { set, me, headers: { cookie: `__Host-jkb_operator=${set?.value}`, 'x-csrf-token': me.csrfToken } }
}
const WAITING = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
const getMe = (headers: object) =>
  app.http.inject({ method: 'GET', url: '/api/v1/operator/me', headers: { ...headers } })
const codeOf = (response: { json(): { code?: string } }) => response.json().code

describe('signing in', () => {
  it('gives a cookie that scripts cannot read and keeps only its hash', async () => {
    const account = await createAccount()
    const { set, me, headers } = await signIn(account)
    expect(set).toMatchObject({ httpOnly: true, sameSite: 'Strict', secure: true, path: '/' })
    expect(Buffer.from(set?.value ?? '', 'base64url')).toHaveLength(32)
    expect(me).toEqual({
      operatorId: account.operatorId,
      username: account.username,
      displayName: '李四',
      organisation: '鼓楼区防控办',
      roles: ['office'],
      divisionCode: '320302',
      divisionName: '鼓楼区',
      csrfToken: expect.any(String),
      sessionExpiresAt: minutesLater(480).toISOString(),
      mustChangePassword: false,
    })
    expect((await getMe(headers)).json()).toEqual(me)
    const { rows } = await app.parts.pool.query(
      `select encode(session_hash, 'escape') as kept from operator_sessions where operator_id = $1::bigint`,
      [account.operatorId],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.kept).not.toContain(set?.value)
  })

  it('answers the same for an unknown name, a wrong password and somebody deactivated', async () => {
    const account = await createAccount()
    const gone = await createAccount()
    await app.parts.pool.query('update operators set active = false where operator_id = $1::bigint', [
      gone.operatorId,
    ])
    const answers = [
      await trySignIn(account, { password: 'wrong password' }),
      await trySignIn(account, { password: 'wrong password', totp: '000000' }),
      await trySignIn(account, { username: 'nobody-of-that-name' }),
      await trySignIn(gone),
    ]
    for (const answer of answers) {
      const { requestId, ...body } = answer.json<{ requestId: string }>()
      expect(requestId).toEqual(expect.any(String))
      expect([answer.statusCode, body]).toEqual([
        401,
        { code: 'CREDENTIALS_WRONG', message: expect.any(String) },
      ])
      expect(answer.cookies).toEqual([])
    }
  })

  it('takes a one-time password of this step and its neighbours, once', async () => {
    const account = await createAccount()
    const at = (seconds: number) => account.totpAt(new Date(start.getTime() + seconds * 1000))
    for (const totp of [at(-60), at(60)])
      expect(codeOf(await trySignIn(account, { totp }))).toBe('TOTP_WRONG')
    expect((await trySignIn(account, { totp: at(-30) })).statusCode).toBe(201)
    expect((await trySignIn(account, { totp: at(0) })).statusCode).toBe(201)
    expect(codeOf(await trySignIn(account, { totp: at(0) }))).toBe('TOTP_WRONG')
    expect(codeOf(await trySignIn(account, { totp: at(-30) }))).toBe('TOTP_WRONG')
  })

  it('lets one of several simultaneous uses of a one-time password in', async () => {
    const account = await createAccount()
    const answers = await Promise.all(Array.from({ length: 6 }, () => trySignIn(account)))
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
  })

  it('takes no credentials that were replaced while they were compared', async () => {
    const account = await createAccount()
    const client = await app.parts.pool.connect()
    try {
      await client.query('begin')
      await client.query(`update operators set password_hash = 'none' where operator_id = $1::bigint`, [
        account.operatorId,
      ])
      const answer = trySignIn(account)
      await expect
        .poll(async () => (await client.query(WAITING)).rowCount, { timeout: 5000, interval: 10 })
        .toBeGreaterThan(0)
      await client.query('commit')
      expect((await answer).statusCode).toBe(401)
    } finally {
      client.release()
    }
  })

  it('limits tries per name, also with the right password, and not for others', async () => {
    const account = await createAccount()
    const { operatorSignInPerUserPerQuarterHour: limit } = app.parts.config.limits
    for (let index = 0; index < limit; index += 1) await trySignIn(account, { password: 'wrong password' })
    const refused = await trySignIn(account)
    expect([refused.statusCode, codeOf(refused)]).toEqual([429, 'TOO_MANY_REQUESTS'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    await signIn(await createAccount())
  })

  it('no stranger locks an operator out: not from elsewhere, and not in a browser of the operator', async () => {
    const account = await createAccount()
    const { operatorSignInPerUserPerQuarterHour: limit } = app.parts.config.limits
    const first = await trySignIn(account)
    const browser = first.cookies.find(({ name }) => name === '__Host-jkb_browser')
    for (let address = 1; address <= 3; address += 1)
      for (let index = 0; index <= limit; index += 1)
        await post(
          { username: account.username, password: 'wrong password', totp: '000000' },
          `203.0.113.${address}`,
        )
    // The next step's one-time password: the first is used up.
    const right = () => ({
      username: account.username,
      password: PASSWORD,
      totp: account.totpAt(new Date(app.parts.clock().getTime() + 30_000)),
    })
    const fromOwnBrowser = await app.http.inject({
      method: 'POST',
      url: '/api/v1/operator/sessions',
      payload: right(),
      remoteAddress: '203.0.113.1',
      cookies: { [browser?.name ?? '']: browser?.value ?? '' },
    })
    expect(fromOwnBrowser.statusCode, fromOwnBrowser.body).toBe(201)
    // At the same address without that browser it has to wait.
    expect((await post(right(), '203.0.113.1')).statusCode).toBe(429)
    // From a new place only the used-up one-time password speaks against it.
    expect(codeOf(await post(right(), '203.0.113.9'))).toBe('TOTP_WRONG')
    const incidents = await app.parts.pool.query(
      `select kind, operator_id, times from incidents where subject = 'operator:' || $1::text`,
      [account.operatorId],
    )
    expect(incidents.rows).toEqual([{ kind: 'sign_in_guessing', operator_id: account.operatorId, times: 1 }])
  })

  it('whoever knows the password guesses the second factor no faster from many addresses', async () => {
    const account = await createAccount()
    const { operatorSignInPerUserPerQuarterHour: limit } = app.parts.config.limits
    const guess = (index: number) =>
      post({ username: account.username, password: PASSWORD, totp: '000000' }, `198.51.100.${index}`)
    for (let index = 1; index <= limit; index += 1) expect(codeOf(await guess(index))).toBe('TOTP_WRONG')
    expect((await guess(limit + 1)).statusCode).toBe(429)
  })

  it('limits tries per address over all names', async () => {
    const { operatorSignInPerAddressPerQuarterHour: limit } = app.parts.config.limits
    const address = '192.0.2.77'
    const tries = Array.from({ length: limit + 1 }, (_, index) => ({
      username: `nobody${index}`,
      password: 'x',
      totp: '000000',
    }))
    // Ten at a time: a crowd in one moment is refused as busy on a busy machine, which counts as no try.
    const statuses: number[] = []
    for (let sent = 0; sent < tries.length; sent += 10) {
      const answers = await Promise.all(tries.slice(sent, sent + 10).map((body) => post(body, address)))
      statuses.push(...answers.map(({ statusCode }) => statusCode))
    }
    expect(statuses.filter((status) => status !== 401)).toEqual([429])
    const { username, totpAt } = await createAccount()
    const body = { username, password: PASSWORD, totp: totpAt(start) }
    expect((await post(body, address)).statusCode).toBe(429)
    expect((await post(body)).statusCode).toBe(201)
  }, 60_000)

  it.each([
    ['an unknown field', { admin: true }],
    ['a one-time password that is no six digits', { totp: '12345' }],
    ['a number as password', { password: 5 }],
  ])('refuses %s', async (_, more) => {
    const answer = await trySignIn(await createAccount(), more)
    expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'VALIDATION_FAILED'])
  })
})

describe('a session', () => {
  it('ends when idle for 30 minutes and goes on while used', async () => {
    const { headers } = await signIn(await createAccount())
    app.setNow(minutesLater(29))
    expect((await getMe(headers)).statusCode).toBe(200)
    app.setNow(minutesLater(58))
    expect((await getMe(headers)).statusCode).toBe(200)
    app.setNow(minutesLater(88))
    expect([(await getMe(headers)).statusCode]).toEqual([401])
  })

  it('ends after 8 hours however much it is used', async () => {
    const { headers } = await signIn(await createAccount())
    for (let minutes = 20; minutes < 480; minutes += 20) {
      app.setNow(minutesLater(minutes))
      expect((await getMe(headers)).statusCode).toBe(200)
    }
    app.setNow(minutesLater(480))
    expect((await getMe(headers)).statusCode).toBe(401)
  })

  it('writes only with its CSRF token and ends by signing out', async () => {
    const { headers } = await signIn(await createAccount())
    const signOut = (sent: object) =>
      app.http.inject({ method: 'DELETE', url: '/api/v1/operator/sessions/current', headers: { ...sent } })
    expect(codeOf(await signOut({ cookie: headers.cookie }))).toBe('CSRF_REFUSED')
    expect(codeOf(await signOut({ ...headers, 'x-csrf-token': 'other' }))).toBe('CSRF_REFUSED')
    const out = await signOut(headers)
    expect(out.statusCode).toBe(204)
    expect(out.cookies[0]).toMatchObject({ name: '__Host-jkb_operator', value: '' })
    expect(codeOf(await getMe(headers))).toBe('NOT_SIGNED_IN')
    expect(codeOf(await getMe({ cookie: '__Host-jkb_operator=guess' }))).toBe('NOT_SIGNED_IN')
    expect(codeOf(await getMe({}))).toBe('NOT_SIGNED_IN')
  })
})

describe('the own password', () => {
  const change = (headers: object, payload: object) =>
    app.http.inject({ method: 'POST', url: '/api/v1/operator/me/password', headers: { ...headers }, payload })
  const newPassword = 'another twelve letters'

  it('has to be replaced before anything else where it is the first one', async () => {
    const { headers } = await signIn(await createAccount({ mustChangePassword: true }))
    const list = () => app.http.inject({ method: 'GET', url: '/api/v1/operator/proposals', headers })
    expect([codeOf(await list()), (await list()).statusCode]).toEqual(['FORBIDDEN', 403])
    expect((await change(headers, { currentPassword: PASSWORD, newPassword })).statusCode).toBe(204)
    expect((await list()).statusCode).toBe(200)
  })

  it('ends every other session when it changes', async () => {
    const account = await createAccount()
    const other = await signIn(account)
    app.setNow(minutesLater(1))
    const own = await signIn(account)
    expect((await change(own.headers, { currentPassword: PASSWORD, newPassword })).statusCode).toBe(204)
    expect((await getMe(other.headers)).statusCode).toBe(401)
    expect((await getMe(own.headers)).statusCode).toBe(200)
    app.setNow(minutesLater(2))
    expect(codeOf(await trySignIn(account))).toBe('CREDENTIALS_WRONG')
    expect((await trySignIn(account, { password: newPassword })).statusCode).toBe(201)
  })

  it.each([
    ['a wrong current one', { currentPassword: 'guess', newPassword }, 'CREDENTIALS_WRONG'],
    ['the same again', { currentPassword: PASSWORD, newPassword: PASSWORD }, 'VALIDATION_FAILED'],
    ['a short one', { currentPassword: PASSWORD, newPassword: 'short' }, 'VALIDATION_FAILED'],
  ])('is not changed with %s', async (_, body, code) => {
    const account = await createAccount()
    const { headers } = await signIn(account)
    expect(codeOf(await change(headers, body))).toBe(code)
    app.setNow(minutesLater(1))
    expect((await trySignIn(account)).statusCode).toBe(201)
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { browserName } from './browser-name.ts'
import { makeSessionToken } from './credentials.ts'
import { insertSession } from './operator.queries.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const MINE = '/api/v1/operator/me/sessions'

/** The same operator on another machine. */
const alsoOn = async (operatorId: string, address: string, deviceName: string, at = app.parts.clock()) => {
  const { cookie, sessionHash } = makeSessionToken()
  const csrfToken = randomUUID()
  const expiresAt = new Date(at.getTime() + 8 * 3600_000)
  const session = { sessionHash, operatorId, csrfToken, now: at, expiresAt, address, deviceName }
  await insertSession(app.parts.pool, session)
  const headers = { cookie: `__Host-jkb_operator=${cookie}`, 'x-csrf-token': csrfToken }
  return { isIn: async () => (await app.http.inject({ url: MINE, headers })).statusCode === 200 }
}
const sessionsOf = async (operator: TestOperator) => (await operator.call('GET', MINE)).body.sessions

it('lists where somebody is signed in, masked, this one first; what is over or idle is not there', async () => {
  const checker = await createOperator(app, { roles: ['checker'] })
  await alsoOn(checker.operatorId, '10.1.22.33', 'Edge · Windows')
  await alsoOn(checker.operatorId, '2001:db8:1:2:3:4:5:6', '')
  await alsoOn(checker.operatorId, '10.9.9.9', 'Idle', new Date(Date.now() - 31 * 60_000))
  await createOperator(app, { roles: ['checker'] })
  const sessions = await sessionsOf(checker)
  expect(sessions).toHaveLength(3)
  expect(sessions[0]).toMatchObject({ current: true, addressMasked: '127.0.*.*' })
  expect(sessions.slice(1)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ current: false, addressMasked: '10.1.*.*', deviceName: 'Edge · Windows' }),
      expect.objectContaining({ current: false, addressMasked: '2001:db8:*' }),
    ]),
  )
  const addresses = sessions.map(({ addressMasked }: { addressMasked: string }) => addressMasked)
  expect(addresses.join(' ')).not.toMatch(/22|33/)
})

it('ends one, ends all others, and never somebody else’s', async () => {
  const office = await createOperator(app, { roles: ['office'] })
  const other = await createOperator(app, { roles: ['office'] })
  const [one, two, three] = [
    await alsoOn(office.operatorId, '10.0.0.1', 'One'),
    await alsoOn(office.operatorId, '10.0.0.2', 'Two'),
    await alsoOn(office.operatorId, '10.0.0.3', 'Three'),
  ]
  const idOf = async (name: string) =>
    (await sessionsOf(office)).find(({ deviceName }: { deviceName: string }) => deviceName === name)
      ?.sessionId
  const first = await idOf('One')
  expect((await other.call('DELETE', `${MINE}/${first}`)).status).toBe(404)
  expect(await one.isIn()).toBe(true)
  expect((await office.call('DELETE', `${MINE}/${first}`)).status).toBe(204)
  expect((await office.call('DELETE', `${MINE}/${first}`)).status).toBe(404)
  expect([await one.isIn(), await two.isIn()]).toEqual([false, true])
  const headers = { cookie: office.headers.cookie }
  expect((await app.http.inject({ method: 'DELETE', url: MINE, headers })).statusCode).toBe(403)
  expect((await office.call('DELETE', MINE)).body).toEqual({ ended: 2 })
  expect([await two.isIn(), await three.isIn()]).toEqual([false, false])
  const { rows: entries } = await app.parts.pool.query(
    `select details from audit_entries where action = 'operator.session_ended' and object_id = $1 order by audit_id`,
    [office.operatorId],
  )
  expect(entries.map(({ details }) => details)).toEqual([{}, { ended: 2 }])
  expect((await sessionsOf(office)).length).toBe(1)
  expect((await sessionsOf(other)).length).toBe(1)
  expect((await app.http.inject({ url: MINE })).statusCode).toBe(401)
})

it('an administrator signs somebody out everywhere, with a reason; nobody else does', async () => {
  const office = await createOperator(app, { roles: ['office'] })
  const elsewhere = await alsoOn(office.operatorId, '10.0.0.9', 'Lost')
  const admin = await createOperator(app, { roles: ['sysadmin'] })
  const url = `/api/v1/operator/operators/${office.operatorId}/sign-outs`
  const hq = await createOperator(app, { roles: ['hq'] })
  expect((await hq.call('POST', url, { reason: '笔记本丢失' })).status).toBe(403)
  expect((await admin.call('POST', url, {})).status).toBe(400)
  expect(
    (await admin.call('POST', '/api/v1/operator/operators/99999999/sign-outs', { reason: '不存在' })).status,
  ).toBe(404)
  expect((await admin.call('POST', url, { reason: '笔记本丢失' })).body).toEqual({ ended: 2 })
  expect(await elsewhere.isIn()).toBe(false)
  expect((await office.call('GET', MINE)).status).toBe(401)
  const { rows } = await app.parts.pool.query(
    `select action, purpose, details from audit_entries where object_kind = 'operator' and object_id = $1 order by audit_id desc limit 1`,
    [office.operatorId],
  )
  expect(rows).toEqual([
    { action: 'operator.signed_out_by_administrator', purpose: '笔记本丢失', details: { ended: 2 } },
  ])
})

it('names the browser by known words alone', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36'
  expect(browserName(chrome)).toBe('Chrome · Windows')
  expect(browserName(`${chrome} Edg/120.0`)).toBe('Edge · Windows')
  expect(
    browserName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1'),
  ).toBe('Safari · iPhone')
  expect(browserName('<script>alert(1)</script>')).toBe('')
  expect(browserName(undefined)).toBe('')
})

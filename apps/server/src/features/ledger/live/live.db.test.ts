import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { addMember, registerCitizen, type SignedIn, signInCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

interface Phone {
  messages: string[]
  closedWith: number | undefined
  send(text: string): void
  close(): void
}

/** A phone with an open socket, listening from the first moment. */
const connect = async (): Promise<Phone> => {
  const messages: string[] = []
  let closedWith: number | undefined
  const onInit: NonNullable<Parameters<typeof app.http.injectWS>[2]>['onInit'] = (ws) => {
    ws.on('message', (data) => messages.push((JSON.parse(String(data)) as { type: string }).type))
    ws.on('close', (code) => {
      closedWith = code
    })
  }
  // Limits count the address, which an injected connection does not have of itself.
  const from = { socket: { remoteAddress: '192.0.2.1' } as never }
  const socket = await app.http.injectWS('/api/v1/me/live', from, { onInit })
  return {
    messages,
    get closedWith() {
      return closedWith
    },
    send: (text) => socket.send(text),
    close: () => socket.terminate(),
  }
}

const signInLive = async ({ accessToken }: Pick<SignedIn, 'accessToken'>): Promise<Phone> => {
  const phone = await connect()
  phone.send(JSON.stringify({ type: 'auth', accessToken }))
  await eventually(() => expect(phone.messages).toEqual(['ready']))
  return phone
}

const notify = (channel: string, payload: string) =>
  app.parts.pool.query('select pg_notify($1::text, $2::text)', [channel, payload])
const expectClosed = (phone: Phone, code: number) => eventually(() => expect(phone.closedWith).toBe(code))

describe('a live connection', () => {
  it('hears of own and members’ colours, and of nobody else’s', async () => {
    const citizen = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    const stranger = await registerCitizen(app)
    const phone = await signInLive(citizen)
    const other = await signInLive(stranger)
    const { rows } = await app.parts.pool.query('select person_id from members where member_id = $1::uuid', [
      memberId,
    ])
    await notify('status_changed', citizen.personId)
    await eventually(() => expect(phone.messages).toEqual(['ready', 'status_changed']))
    await notify('status_changed', rows[0]?.person_id)
    await eventually(() => expect(phone.messages).toEqual(['ready', 'status_changed', 'status_changed']))
    await notify('notice', citizen.accountId)
    await eventually(() => expect(phone.messages.at(-1)).toBe('notice'))
    expect(other.messages).toEqual(['ready'])
    // A batch of changes names many in one message.
    await notify('status_changed', `${stranger.personId} ${citizen.personId}`)
    await eventually(() => expect(phone.messages.at(-1)).toBe('status_changed'))
    await eventually(() => expect(other.messages).toEqual(['ready', 'status_changed']))
    phone.close()
    other.close()
  })

  it('follows a member from when they are added until they are removed', async () => {
    const citizen = await registerCitizen(app)
    const phone = await signInLive(citizen)
    const { memberId } = await addMember(app, citizen)
    const { rows } = await app.parts.pool.query('select person_id from members where member_id = $1::uuid', [
      memberId,
    ])
    const changes = () => phone.messages.filter((type) => type === 'status_changed').length
    await eventually(async () => {
      await notify('status_changed', rows[0]?.person_id)
      expect(changes()).toBeGreaterThan(0)
    })
    const url = `/api/v1/me/members/${memberId}`
    await app.http.inject({ method: 'DELETE', url, headers: citizen.headers })
    await eventually(async () => {
      const before = changes()
      await notify('status_changed', rows[0]?.person_id)
      // The own person's change comes after the member's on the same channel: by then the other would be there.
      await notify('status_changed', citizen.personId)
      await eventually(() => expect(changes()).toBeGreaterThan(before))
      expect(changes()).toBe(before + 1)
    })
    phone.close()
  })

  it('follows the person of an account that registers meanwhile', async () => {
    const first = await signInCitizen(app)
    const phone = await signInLive(first)
    const { personId } = await registerCitizen(app, { as: first })
    await eventually(async () => {
      await notify('status_changed', personId)
      expect(phone.messages).toContain('status_changed')
    })
    phone.close()
  })

  it.each([
    ['no JSON', 'hello'],
    ['null', 'null'],
    ['another message', '{"type":"ping"}'],
    ['a forged token', '{"type":"auth","accessToken":"eyJhbGciOiJub25lIn0.eyJraW5kIjoiY2l0aXplbiJ9."}'],
    ['a token of the wrong type', '{"type":"auth","accessToken":7}'],
  ])('is closed after %s', async (_, message) => {
    const phone = await connect()
    phone.send(message)
    await expectClosed(phone, 4401)
    expect(phone.messages).toEqual([])
  })

  it('is closed for a device token, and for what is too large', async () => {
    const device = app.parts.tokens.signDevice({ deviceId: 'd', pointId: '1', organisation: 'x' })
    const phone = await connect()
    phone.send(JSON.stringify({ type: 'auth', accessToken: device }))
    await expectClosed(phone, 4401)
    const large = await connect()
    large.send('x'.repeat(5000))
    await eventually(() => expect(large.closedWith).toBeDefined())
  })

  it('is closed for whatever is no token, and nobody else’s with it', async () => {
    const neighbour = await signInLive(await registerCitizen(app))
    const first = [
      '',
      'null',
      '[]',
      '"auth"',
      '{"type":"auth"}',
      '{"type":"auth","accessToken":null}',
      '{"type":"auth","accessToken":"\u0000"}',
      '{"type":"auth","accessToken":"\\ud800.\\udc00.x"}',
      '{"type":"auth","accessToken":"a.b.c"}',
      '{"type":"auth","accessToken":"eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."}',
      '{"type":{"__proto__":"auth"},"accessToken":[]}',
      '['.repeat(4000),
      '{"a":'.repeat(800),
      '\u0000'.repeat(100),
    ]
    await Promise.all(
      first.map(async (text) => {
        const phone = await connect()
        phone.send(text)
        await expectClosed(phone, 4401)
      }),
    )
    expect(neighbour.closedWith).toBeUndefined()
    expect(neighbour.messages).toEqual(['ready'])
    neighbour.close()
  })

  it('is closed after five seconds of silence', async () => {
    // From before the connection: the server's own five seconds begin later than this, never earlier.
    const began = performance.now()
    const phone = await connect()
    await expectClosed(phone, 4401)
    expect(performance.now() - began).toBeGreaterThan(4500)
  })

  it('ends with its session, and a dead session opens none', async () => {
    const citizen = await signInCitizen(app)
    const phone = await signInLive(citizen)
    const url = '/api/v1/sessions/current'
    await app.http.inject({ method: 'DELETE', url, headers: citizen.headers })
    await expectClosed(phone, 4401)
    const again = await connect()
    again.send(JSON.stringify({ type: 'auth', accessToken: citizen.accessToken }))
    await expectClosed(again, 4401)
  })

  it('keeps five of an account, the newest', async () => {
    const citizen = await signInCitizen(app)
    const phones: Phone[] = []
    for (let index = 0; index < 6; index += 1) phones.push(await signInLive(citizen))
    await eventually(() => expect(phones[0]?.closedWith).toBe(4429))
    await notify('notice', citizen.accountId)
    await eventually(() => expect(phones.at(-1)?.messages).toEqual(['ready', 'notice']))
    expect(phones.slice(1).map(({ closedWith }) => closedWith)).toEqual(Array(5).fill(undefined))
    for (const phone of phones) phone.close()
  })

  it('catches up after the listening connection was lost', async () => {
    const [staying, leaving] = [await registerCitizen(app), await signInCitizen(app)]
    const phone = await signInLive(staying)
    const gone = await signInLive(leaving)
    // Revoked without anybody hearing of it.
    await app.parts.pool.query(
      `update sessions set revoked_at = now(), revoked_reason = 'revoked' where session_id = $1::uuid`,
      [leaving.sessionId],
    )
    await app.parts.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jkb-listener' and datname = current_database()`,
    )
    await expectClosed(gone, 4401)
    await eventually(() => expect(phone.messages).toContain('status_changed'))
    const url = '/api/v1/sessions'
    const response = await app.http.inject({ method: 'GET', url, headers: leaving.headers })
    expect(response.statusCode).toBe(401)
    phone.close()
  })

  it('answers a plain request without an upgrade', async () => {
    const response = await app.http.inject({ method: 'GET', url: '/api/v1/me/live' })
    expect(response.statusCode).toBe(404)
  })
})

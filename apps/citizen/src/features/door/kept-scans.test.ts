import type { TransportRequest, TransportResponse } from '@jiankangbao/api-client/client'
import { encodeBase64Url } from '@jiankangbao/domain/codes/base64url'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { answerOf, visitAt } from './scan-examples.ts'

const stored = new Map<string, string>()
vi.mock('../../platform/storage.ts', () => ({
  readStored: (key: string) => {
    const text = stored.get(key)
    return text === undefined ? undefined : JSON.parse(text)
  },
  writeStored: (key: string, value: unknown) => stored.set(key, JSON.stringify(value)) !== undefined,
  removeStored: (key: string) => stored.delete(key),
  storedKeys: (start: string) => [...stored.keys()].filter((key) => key.startsWith(start)),
}))
let serve: (request: TransportRequest) => Promise<TransportResponse>
vi.mock('../../platform/transport.ts', () => ({
  createTransport: () => (request: TransportRequest) => serve(request),
}))

const { outbox } = await import('./kept-scans.ts')
const { endSession, writeSession } = await import('../session/session.ts')

const tokenOf = (sub: string, at = 1): string =>
  `h.${encodeBase64Url(new TextEncoder().encode(JSON.stringify({ kind: 'citizen', sub, iat: at })))}.s`
const signIn = (sub: string, at = 1): void =>
  writeSession({ accessToken: tokenOf(sub, at), refreshToken: `r-${sub}`, registered: true, renewedAt: 0 })
const now = (): ReturnType<typeof visitAt> => visitAt('a', Date.now())

describe('scans on a phone', () => {
  const visits: string[] = []
  beforeEach(() => {
    stored.clear()
    visits.length = 0
    serve = async (request) => {
      visits.push(request.headers.authorization ?? '')
      return { status: 201, body: answerOf() }
    }
  })

  it('survive a session that ends, and wait for their own person', async () => {
    signIn('li')
    expect(outbox.keep(now())).toBe('stored')
    endSession(true)
    await outbox.flush()
    signIn('wang')
    expect(outbox.list()).toEqual([])
    expect(outbox.isAnothers('a')).toBe(true)
    await outbox.flush()
    expect(visits).toEqual([])
    endSession()
    signIn('li', 2)
    expect(outbox.list()).toHaveLength(1)
    expect(outbox.isAnothers('a')).toBe(false)
    await outbox.flush()
    expect(visits).toEqual([`Bearer ${tokenOf('li', 2)}`])
    expect(outbox.countAll()).toBe(0)
  })

  it('are not sent by the person who signs in while an expired token is being renewed', async () => {
    signIn('li')
    outbox.keep(now())
    serve = async (request) => {
      if (request.path.endsWith('/refresh'))
        return { status: 201, body: { accessToken: tokenOf('wang', 2), refreshToken: 'r', registered: true } }
      visits.push(request.headers.authorization ?? '')
      signIn('wang')
      return { status: 401, body: { code: 'SESSION_EXPIRED' } }
    }
    await outbox.flush()
    expect(visits).toEqual([`Bearer ${tokenOf('li')}`])
    expect(outbox.countAll()).toBe(1)
  })

  it('stay where the phone’s clock runs ahead, and are told where the server finds them too old', async () => {
    signIn('li')
    outbox.keep(now())
    const refuse = (reason: string) => async () => ({
      status: 400,
      body: { code: 'VALIDATION_FAILED', fields: [{ field: 'scannedAt', reason }] },
    })
    serve = refuse('in_the_future')
    await outbox.flush()
    expect(outbox.list()).toHaveLength(1)
    serve = refuse('too_old')
    await outbox.flush()
    expect(outbox.list()).toEqual([])
    expect(outbox.listLost()).toMatchObject([{ why: 'too_old' }])
  })
})

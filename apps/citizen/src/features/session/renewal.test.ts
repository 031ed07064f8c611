import { ApiError } from '@jiankangbao/api-client/client'
import { describe, expect, it } from 'vitest'
import { createRenewal, type StoredSession } from './renewal.ts'

/** One browser: storage and lock shared by its tabs, a server that counts refresh tokens used. */
const setUp = (refresh?: (token: string) => Promise<Omit<StoredSession, 'renewedAt'>>) => {
  let stored: StoredSession | undefined = {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    registered: true,
    renewedAt: 0,
  }
  const used: string[] = []
  let now = 100_000
  let lock: Promise<unknown> = Promise.resolve()
  const tab = () =>
    createRenewal({
      read: () => stored,
      write: (session) => {
        stored = session
      },
      end: () => {
        stored = undefined
      },
      refresh:
        refresh ??
        (async (token) => {
          used.push(token)
          await Promise.resolve()
          const number = used.length
          return { accessToken: `access-${number}`, refreshToken: `refresh-${number}`, registered: true }
        }),
      runExclusive: (_, run) => {
        const next = lock.then(run, run)
        lock = next.catch(() => undefined)
        return next
      },
      now: () => now,
    })
  return {
    tab,
    used,
    session: () => stored,
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('renewal', () => {
  it('uses a refresh token once, however many requests and tabs ask', async () => {
    const { tab, used, session } = setUp()
    const [one, two] = [tab(), tab()]
    expect(await Promise.all([one.renew(), two.renew(), one.renew(), two.renew(), two.renew()])).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect(used).toEqual(['refresh-0'])
    expect(session()?.refreshToken).toBe('refresh-1')
  })

  it('does not renew again what was renewed a moment ago', async () => {
    const { tab, used, pass } = setUp()
    const { renew } = tab()
    await renew()
    expect(await renew()).toBe(true)
    expect(used).toHaveLength(1)
    pass(60_000)
    await renew()
    expect(used).toEqual(['refresh-0', 'refresh-1'])
  })

  it('ends the session when the refresh token is refused', async () => {
    const { tab, session } = setUp(async () => {
      throw new ApiError(401, 'REFRESH_TOKEN_REUSED')
    })
    expect(await tab().renew()).toBe(false)
    expect(session()).toBeUndefined()
  })

  it('keeps the session when there is no network, and tells so', async () => {
    const { tab, session } = setUp(async () => {
      throw new ApiError(0, 'NO_NETWORK')
    })
    await expect(tab().renew()).rejects.toMatchObject({ code: 'NO_NETWORK' })
    expect(session()?.refreshToken).toBe('refresh-0')
  })

  it('gets a new token after registration, whatever was renewed a moment ago or is being renewed', async () => {
    const { tab, used, session } = setUp()
    const [one, two] = [tab(), tab()]
    await one.renew()
    expect(await one.renewNow()).toBe(true)
    expect(used).toEqual(['refresh-0', 'refresh-1'])
    await Promise.all([two.renewNow(), one.renewNow()])
    expect(used).toHaveLength(4)
    expect(session()?.accessToken).toBe('access-4')
  })

  it('does not take the token of a renewal that was under way for the new one', async () => {
    const { tab, used, pass } = setUp()
    const one = tab()
    pass(60_000)
    const before = one.renew()
    await Promise.all([before, one.renewNow()])
    expect(used).toEqual(['refresh-0', 'refresh-1'])
  })
})

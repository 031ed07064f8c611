import { ApiError } from '@jiankangbao/api-client/client'
import type { Pass } from '@jiankangbao/contracts/code/schemas'
import { describe, expect, it, vi } from 'vitest'

vi.mock('../../platform/storage.ts', () => ({ readStored: () => undefined, writeStored: () => undefined }))

const { receivePass, renewalOf, viewPass } = await import('./pass-freshness.ts')

const SERVER = Date.parse('2026-03-01T08:00:00.000Z')
const at = (ms: number) => new Date(SERVER + ms).toISOString()
const pass = {
  nameMasked: '张**',
  colour: 'green',
  reasons: [],
  evaluatedAt: at(0),
  serverTime: at(0),
  personalCode: {
    qrText: 'https://city.example/p/x',
    numericCode: '12345678',
    issuedAt: at(0),
    expiresAt: at(60_000),
    refreshAfterSeconds: 30,
  },
} satisfies Pass

describe('viewPass', () => {
  // Phone clocks are wrong by minutes; only the difference at arrival counts.
  for (const wrongBy of [0, -7 * 60_000, 26 * 3_600_000])
    it(`shows a colour for a fresh code only, phone clock wrong by ${wrongBy} ms`, () => {
      const arrived = SERVER + wrongBy
      const received = receivePass(pass, arrived)
      expect(viewPass(received, undefined, arrived)).toMatchObject({ state: 'valid', secondsLeft: 30 })
      expect(viewPass(received, undefined, arrived + 59_999)).toMatchObject({
        state: 'valid',
        secondsLeft: 0,
      })
      expect(viewPass(received, undefined, arrived + 60_000)).toMatchObject({
        state: 'covered',
        why: 'expired',
      })
    })

  it('covers with the reason of the failure once the code has expired', () => {
    const received = receivePass(pass, SERVER)
    const busy = new ApiError(503, 'BUSY')
    const lost = new ApiError(0, 'NO_NETWORK')
    expect(viewPass(received, busy, SERVER + 31_000)).toMatchObject({ state: 'valid', failed: 'busy' })
    expect(viewPass(received, undefined, SERVER + 31_000)).not.toHaveProperty('failed')
    const slow = new ApiError(0, 'TIMEOUT')
    expect(viewPass(received, slow, SERVER + 60_000)).toMatchObject({ why: 'timeout' })
    expect(viewPass(received, busy, SERVER + 60_000)).toMatchObject({ why: 'busy' })
    expect(viewPass(received, lost, SERVER + 60_000)).toMatchObject({ why: 'network' })
    expect(viewPass(undefined, lost, SERVER)).toMatchObject({ state: 'covered', why: 'network' })
    expect(viewPass(undefined, undefined, SERVER)).toMatchObject({ state: 'covered', why: 'loading' })
  })

  it('covers when the phone clock is set back to keep an old code alive', () => {
    const received = receivePass(pass, SERVER)
    expect(viewPass(received, undefined, SERVER - 60_000)).toMatchObject({ state: 'covered' })
  })
})

describe('renewalOf', () => {
  it.each([
    [
      { secondsLeft: 7, loading: false, retrySeconds: 0 },
      { key: 'pass.refreshIn', seconds: 7 },
    ],
    [
      { secondsLeft: 7, loading: true, retrySeconds: 3 },
      { key: 'pass.refreshIn', seconds: 7 },
    ],
    [
      { secondsLeft: 0, loading: true, retrySeconds: 0 },
      { key: 'renewing.now', seconds: 0 },
    ],
    [
      { secondsLeft: 0, loading: true, retrySeconds: 4 },
      { key: 'renewing.now', seconds: 0 },
    ],
    [
      { secondsLeft: 0, loading: false, retrySeconds: 4 },
      { key: 'renewing.again', seconds: 4 },
    ],
    [
      { secondsLeft: 0, loading: false, retrySeconds: 0 },
      { key: 'renewing.byHand', seconds: 0 },
    ],
  ] as const)('of %j is %j: no seconds that stand still', (state, told) => {
    expect(renewalOf(state)).toEqual(told)
  })
})

import type { CheckRequest } from '@jiankangbao/contracts/check/schemas'
import { createMemoryStore } from '@jiankangbao/outbox/memory-store'
import type { Sending } from '@jiankangbao/outbox/outbox'
import { createShelf } from '@jiankangbao/outbox/shelf'
import { describe, expect, it } from 'vitest'
import { createCheckOutbox, MOST_KEPT, type RefusedCheck, type WaitingCheck } from './check-outbox.ts'

const check = (requestId: string, second = 0): CheckRequest => ({
  requestId,
  pointId: '1',
  qrText: `https://jkb.example/p/${requestId}tail`,
  purpose: 'door',
  scannedAt: new Date(second * 1000).toISOString(),
})

/** One phone; `tab()` opens the checkpoint on it. */
const setUp = (verdicts: Record<string, Sending<WaitingCheck>> = {}) => {
  const phone = { now: 0 }
  const store = createMemoryStore()
  const waiting = createShelf<WaitingCheck>(store, 'check.')
  const refused = createShelf<RefusedCheck>(store, 'refusedCheck.')
  const sent: string[] = []
  const send = async ({ requestId }: CheckRequest): Promise<Sending<WaitingCheck>> => {
    sent.push(requestId)
    return verdicts[requestId] ?? { outcome: 'recorded' }
  }
  const tab = () => createCheckOutbox({ waiting, refused, send, now: () => phone.now })
  return { phone, store, sent, verdicts, tab }
}
const ids = (outbox: ReturnType<typeof createCheckOutbox>) =>
  outbox.waiting().map((each) => each.check.requestId)

describe('checks on the phone', () => {
  it('are there once, in the order of their scans, also after the page was killed', () => {
    const { tab } = setUp()
    const before = tab()
    before.keep(check('b', 2), 20_000)
    before.keep(check('a', 1))
    before.keep(check('a', 1))
    expect(ids(tab())).toEqual(['a', 'b'])
  })

  it('are left to the page that asks until its time is over, also where a clock was set back', async () => {
    const { tab, sent, phone } = setUp()
    tab().keep(check('a'), 20_000)
    await tab().flush()
    expect(sent).toEqual([])
    phone.now = 20_000
    await tab().flush()
    expect(sent).toEqual(['a'])
    tab().keep(check('b'), 20_000)
    phone.now = -3_600_000
    await tab().flush()
    expect(sent).toEqual(['a', 'b'])
  })

  it('are sent each once, oldest first, past one that breaks the server, and stop where nothing gets through', async () => {
    const { tab, sent, verdicts } = setUp({ b: { outcome: 'skip' }, d: { outcome: 'later' } })
    const outbox = tab()
    for (const [at, id] of ['a', 'b', 'c', 'd', 'e'].entries()) outbox.keep(check(id, at))
    await outbox.flush()
    expect(sent).toEqual(['a', 'b', 'c', 'd'])
    expect(ids(outbox)).toEqual(['b', 'd', 'e'])
    delete verdicts.b
    delete verdicts.d
    await outbox.flush()
    expect(ids(outbox)).toEqual([])
  })

  it('that were refused are told with time, end of the code and reason until dismissed', async () => {
    const { tab } = setUp({ a: { outcome: 'final', why: 'FORBIDDEN' } })
    tab().keep(check('a', 5))
    await tab().flush()
    expect(tab().refused()).toEqual([
      { requestId: 'a', scannedAt: '1970-01-01T00:00:05.000Z', codeEnd: 'tail', why: 'FORBIDDEN' },
    ])
    tab().dismiss('a')
    expect(tab().refused()).toEqual([])
  })

  it('are never dropped for a newer one: the newer one is told to be too many', () => {
    const shelf = Array.from({ length: MOST_KEPT }, (_, at) => ({ check: check(`n${at}`, at), heldUntil: 0 }))
    const full = createCheckOutbox({
      waiting: { all: () => shelf, has: () => true, put: () => true, remove: () => undefined },
      refused: { all: () => [], has: () => false, put: () => true, remove: () => undefined },
      send: async () => ({ outcome: 'later' }),
      now: () => 0,
    })
    expect(full.keep(check('more', 9999))).toBe('full')
    expect(full.keep(check('n0'))).toBe('stored')
  })

  it('live in the page where the phone stores nothing, say so, and are sent all the same', async () => {
    const { tab, store, sent } = setUp()
    const outbox = tab()
    store.full = true
    expect(outbox.keep(check('a'))).toBe('page')
    expect([outbox.countInPage(), ids(outbox), ids(tab())]).toEqual([1, ['a'], []])
    await outbox.flush()
    expect([sent, outbox.countInPage()]).toEqual([['a'], 0])
  })
})

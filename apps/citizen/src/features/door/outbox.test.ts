import { ApiError } from '@jiankangbao/api-client/client'
import type { VisitRecorded, VisitRequest } from '@jiankangbao/contracts/schemas/door'
import { describe, expect, it } from 'vitest'
import { createOutbox, type OutboxEntry } from './outbox.ts'

const visit = (requestId: string): VisitRequest => ({ requestId, venueCode: 'V66HMPSZ49534B', self: true })
const recorded = { visits: [] } as unknown as VisitRecorded

const setUp = (send: (body: VisitRequest) => Promise<VisitRecorded>) => {
  let stored: OutboxEntry[] = []
  let now = 1_000_000
  const outbox = createOutbox({
    read: () => stored,
    write: (entries) => {
      stored = entries
    },
    send,
    isFinal: (error) => error instanceof ApiError && error.status === 422,
    runExclusive: (_, run) => run(),
    now: () => now,
  })
  return {
    outbox,
    ids: () => stored.map((entry) => entry.body.requestId),
    pass: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

describe('outbox', () => {
  it('keeps a scan once and sends it with the same request id', async () => {
    const sent: string[] = []
    const { outbox, ids } = setUp(async (body) => {
      sent.push(body.requestId)
      return recorded
    })
    outbox.keep(visit('a'))
    outbox.keep(visit('a'))
    outbox.keep(visit('b'))
    expect(ids()).toEqual(['a', 'b'])
    expect((await outbox.flush()).map((each) => each.requestId)).toEqual(['a', 'b'])
    expect(sent).toEqual(['a', 'b'])
    expect(outbox.count()).toBe(0)
  })

  it('stops at the first scan that finds no answer, and loses none', async () => {
    let tries = 0
    const { outbox, ids } = setUp(async () => {
      tries++
      throw new ApiError(0, 'NO_NETWORK')
    })
    outbox.keep(visit('a'))
    outbox.keep(visit('b'))
    expect(await outbox.flush()).toEqual([])
    expect(tries).toBe(1)
    expect(ids()).toEqual(['a', 'b'])
  })

  it('drops a scan that the server refuses for good and goes on', async () => {
    const { outbox, ids } = setUp(async (body) => {
      if (body.requestId === 'a') throw new ApiError(422, 'VENUE_CODE_ROTATED')
      return recorded
    })
    outbox.keep(visit('a'))
    outbox.keep(visit('b'))
    expect((await outbox.flush()).map((each) => each.requestId)).toEqual(['b'])
    expect(ids()).toEqual([])
  })

  it('keeps a scan that is made while the others are being sent', async () => {
    const { outbox, ids } = setUp(async () => {
      outbox.keep(visit('late'))
      return recorded
    })
    outbox.keep(visit('a'))
    await outbox.flush()
    expect(ids()).toEqual(['late'])
  })

  it('forgets after a day and holds no more than thirty', () => {
    const { outbox, pass, ids } = setUp(async () => recorded)
    outbox.keep(visit('old'))
    pass(24 * 3_600_000)
    expect(outbox.count()).toBe(0)
    for (let at = 0; at < 40; at++) outbox.keep(visit(`n${at}`))
    expect(ids()).toHaveLength(30)
    expect(ids()[29]).toBe('n39')
  })
})

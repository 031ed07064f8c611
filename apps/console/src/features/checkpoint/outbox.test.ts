import type { CheckRequest } from '@jiankangbao/contracts/schemas/door'
import { describe, expect, it } from 'vitest'
import { emptyOutbox, enqueue, type Outbox, type SendVerdict, sendWaiting, settle } from './outbox.ts'

const check = (requestId: string): CheckRequest => ({ requestId, pointId: '1', qrText: 'x', purpose: 'door' })
const filled = (...ids: string[]): Outbox => ids.reduce((box, id) => enqueue(box, check(id)), emptyOutbox)
const ids = (box: Outbox): string[] => box.waiting.map(({ requestId }) => requestId)

describe('checks kept for later', () => {
  it('keeps the order and each request once', () => {
    expect(ids(filled('a', 'b', 'a'))).toEqual(['a', 'b'])
  })

  it('counts what the server refused', () => {
    const box = settle(settle(filled('a', 'b', 'c'), 'a', 'recorded'), 'b', 'refused')
    expect(ids(box)).toEqual(['c'])
    expect(box.refused).toBe(1)
  })

  it('drops the oldest beyond its bound', () => {
    let box = emptyOutbox
    for (let index = 0; index < 3010; index++) box = enqueue(box, check(String(index)))
    expect(box.waiting).toHaveLength(3000)
    expect(box.waiting[0]?.requestId).toBe('10')
  })

  it('sends each once, oldest first, and stops where the connection is gone', async () => {
    let box = filled('a', 'b', 'c', 'd')
    const sent: string[] = []
    const verdicts: Record<string, SendVerdict> = { a: 'recorded', b: 'refused', c: 'later' }
    const send = async ({ requestId }: CheckRequest): Promise<SendVerdict> => {
      sent.push(requestId)
      return verdicts[requestId] ?? 'recorded'
    }
    const run = () =>
      sendWaiting(
        () => box,
        send,
        (id, verdict) => (box = settle(box, id, verdict)),
      )
    await run()
    expect(sent).toEqual(['a', 'b', 'c'])
    expect(ids(box)).toEqual(['c', 'd'])
    verdicts.c = 'recorded'
    await run()
    expect(sent).toEqual(['a', 'b', 'c', 'c', 'd'])
    expect(box).toEqual({ waiting: [], refused: 1 })
  })
})

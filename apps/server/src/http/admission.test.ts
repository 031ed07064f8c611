import type { IncomingMessage, ServerResponse } from 'node:http'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { createAdmission } from './admission.ts'

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

const setUp = () => {
  let at = 1000
  const registry = new Registry()
  const admission = createAdmission(registry, () => at)
  const admitted: string[] = []
  const refused: { status: number; headers: Record<string, unknown>; body: string }[] = []
  const handle = admission.guard((request) => void admitted.push(request.url ?? ''))
  const send = (url: string) => {
    const answer = { status: 0, headers: {}, body: '' }
    const response = {
      writeHead: (status: number, headers: Record<string, unknown>) =>
        Object.assign(answer, { status, headers }),
      end: (body: string) => void refused.push({ ...answer, body }),
    }
    handle({ url } as IncomingMessage, response as unknown as ServerResponse<IncomingMessage>)
  }
  const pass = (ms: number) => {
    at += ms
  }
  const sendMany = (count: number) => {
    for (let index = 0; index < count; index += 1) send('/many')
  }
  return { admission, registry, admitted, refused, send, sendMany, pass }
}

describe('admission', () => {
  it('admits what a turn can do, refuses the rest of it with a time to wait, and begins anew in the next', async () => {
    const { admitted, refused, send, sendMany, pass } = setUp()
    sendMany(60)
    pass(79)
    send('/b')
    pass(2)
    send('/c')
    expect(admitted).toHaveLength(61)
    expect(admitted).not.toContain('/c')
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ status: 503 })
    const { code, requestId, retryAfterSeconds } = JSON.parse(refused[0]?.body ?? '')
    expect(code).toBe('BUSY')
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(retryAfterSeconds).toBe(Number(refused[0]?.headers['retry-after']))
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(1)
    expect(refused[0]?.headers['content-length']).toBe(refused[0]?.body.length)
    await nextTurn()
    send('/d')
    expect(admitted).toContain('/d')
  })

  it('does not take a slow turn of a few requests for a crowd', async () => {
    const { admission, admitted, refused, send, pass } = setUp()
    send('/a')
    pass(700)
    send('/b')
    await nextTurn()
    expect(admitted).toEqual(['/a', '/b'])
    expect(refused).toEqual([])
    expect(admission.refuses('optional')).toBe(false)
  })

  it('never refuses those who ask whether the process lives', () => {
    const { admitted, sendMany, send, pass } = setUp()
    sendMany(60)
    pass(500)
    for (const url of ['/healthz', '/readyz']) send(url)
    expect(admitted.slice(60)).toEqual(['/healthz', '/readyz'])
  })

  it('refuses optional panels before the rest, and neither once the load is gone', async () => {
    const { admission, sendMany, pass } = setUp()
    sendMany(60)
    pass(50)
    await nextTurn()
    expect([admission.refuses('optional'), admission.refuses('normal'), admission.refuses('hot')]).toEqual([
      true,
      false,
      false,
    ])
    sendMany(60)
    pass(90)
    await nextTurn()
    expect(admission.refuses('normal')).toBe(true)
    expect(admission.refuses('hot')).toBe(false)
    pass(5000)
    expect(admission.refuses('optional')).toBe(false)
  })

  it('takes a filling queue for load, and counts what it refuses', async () => {
    const { admission, registry } = setUp()
    let fill = 0
    admission.watch(() => fill)
    expect(admission.refuses('optional')).toBe(false)
    fill = 0.6
    expect(admission.refuses('optional')).toBe(true)
    expect(await registry.metrics()).toMatch(/jkb_shed_total\{priority="optional"\} 1/)
    expect(await registry.metrics()).toMatch(/jkb_load 0.6/)
  })
})

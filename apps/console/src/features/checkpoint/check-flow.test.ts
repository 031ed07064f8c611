import { ApiError } from '@jiankangbao/api-client/client'
import type { CheckRequest, CheckResult } from '@jiankangbao/contracts/check/schemas'
import { describe, expect, it } from 'vitest'
import { createCheckFlow, type Shown } from './check-flow.ts'
import type { Keeping } from './check-outbox.ts'
import type { CodeInput } from './scan-input.ts'

const code: CodeInput = { way: 'qr', qrText: 'https://jkb.example/p/x', kind: 'personal' }
const admitted: CheckResult = {
  outcome: 'green',
  colour: 'green',
  decision: 'admit',
  reasons: [],
  documentNeeded: false,
  checkedAt: '2022-04-01T00:00:00.000Z',
  late: false,
}

const setUp = (answers: (CheckResult | Error)[], isOnline = true) => {
  const sent: CheckRequest[] = []
  const storedAtSending: boolean[] = []
  const phone = new Map<string, { check: CheckRequest; holdMs: number }>()
  let keeping: Keeping = 'stored'
  const shown: Shown[] = []
  const timers: { run: () => void; ms: number }[] = []
  let next = 0
  let losses = 0
  const flow = createCheckFlow({
    record: async (check) => {
      sent.push(check)
      storedAtSending.push(phone.has(check.requestId))
      const answer = answers[sent.length - 1] ?? admitted
      if (answer instanceof Error) throw answer
      return answer
    },
    checkOffline: async () => ({ key: 'offline', colour: 'green', reasons: [], isOffline: true }),
    keep: (check, holdMs) => {
      phone.set(check.requestId, { check, holdMs })
      return keeping
    },
    forget: (requestId) => void phone.delete(requestId),
    show: (state) => void shown.push(state),
    wordError: () => ({ title: 'refused' }),
    onSessionLoss: () => void losses++,
    isOnline: () => isOnline,
    now: () => 0,
    createRequestId: () => `request-${++next}`,
    later: (run, ms) => {
      const timer = { run, ms }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
    random: () => 0.5,
  })
  const faces = () => shown.map((state) => (state.phase === 'face' ? state.face.key : state.phase))
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
  const kept = () => [...phone.values()].map(({ check }) => check)
  const holds = () => [...phone.values()].map(({ holdMs }) => holdMs)
  const keepAs = (as: Keeping) => {
    keeping = as
  }
  return {
    flow,
    sent,
    storedAtSending,
    kept,
    holds,
    keepAs,
    shown,
    faces,
    timers,
    settle,
    losses: () => losses,
  }
}

describe('a check', () => {
  it('is on the phone before it is sent and gone after its answer', async () => {
    const { flow, faces, kept, storedAtSending } = setUp([admitted])
    await flow.ask(code, '1', 'door')
    expect(faces()).toEqual(['checking', 'admit'])
    expect(storedAtSending).toEqual([true])
    expect(kept()).toEqual([])
  })

  it('tries again by itself while busy, with the same request', async () => {
    const busy = new ApiError(503, 'BUSY', {}, 4)
    const { flow, faces, sent, timers, settle } = setUp([busy, { ...admitted, outcome: 'busy' }, admitted])
    await flow.ask(code, '1', 'door')
    expect(timers[0]?.ms).toBeGreaterThanOrEqual(4000)
    timers.shift()?.run()
    await settle()
    timers.shift()?.run()
    await settle()
    expect(faces()).toEqual(['checking', 'busy', 'busy', 'admit'])
    expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(1)
  })

  it('is replaced by the next scan; the busy one is kept and never tried again here', async () => {
    const { flow, kept, holds, timers, sent } = setUp([new ApiError(503, 'BUSY'), admitted])
    await flow.ask(code, '1', 'door')
    expect(holds()[0]).toBeGreaterThan(20_000)
    await flow.ask({ ...code, qrText: 'https://jkb.example/p/y' }, '1', 'door')
    expect(kept().map(({ requestId }) => requestId)).toEqual(['request-1'])
    expect(holds()).toEqual([0])
    expect(timers).toEqual([])
    expect(sent.map(({ requestId }) => requestId)).toEqual(['request-1', 'request-2'])
  })

  it('does not show an answer that comes after the next scan', async () => {
    let release: (value: CheckResult) => void = () => undefined
    const shown: Shown[] = []
    let turns = 0
    const flow = createCheckFlow({
      record: () =>
        ++turns === 1
          ? new Promise<CheckResult>((resolve) => {
              release = resolve
            })
          : Promise.resolve({ ...admitted, outcome: 'red', colour: 'red', decision: 'deny' }),
      checkOffline: () => Promise.reject(new Error('not asked')),
      keep: () => 'stored',
      forget: () => undefined,
      show: (state) => void shown.push(state),
      wordError: () => ({ title: '' }),
      onSessionLoss: () => undefined,
      isOnline: () => true,
      now: () => 0,
      createRequestId: () => 'r',
      later: () => () => undefined,
    })
    const first = flow.ask(code, '1', 'door')
    await flow.ask(code, '1', 'door')
    release(admitted)
    await first
    expect(shown.flatMap((state) => (state.phase === 'face' ? [state.face.key] : []))).toEqual(['deny'])
  })

  it('without network verifies here and keeps the code with the time of the scan', async () => {
    for (const online of [true, false]) {
      const { flow, faces, kept } = setUp([new ApiError(0, 'TIMEOUT')], online)
      await flow.ask(code, '1', 'door')
      expect(faces()).toEqual(['checking', 'offline'])
      expect(kept()).toMatchObject([{ requestId: 'request-1', scannedAt: '1970-01-01T00:00:00.000Z' }])
    }
  })

  it('tells a slow server from a missing network, and where the check is kept', async () => {
    const causeOf = async (error: ApiError, keeping: Keeping) => {
      const { flow, shown, keepAs } = setUp([error])
      keepAs(keeping)
      await flow.ask(code, '1', 'door')
      const last = shown.at(-1)
      return last?.phase === 'face' ? [last.face.cause, last.face.kept] : []
    }
    expect(await causeOf(new ApiError(0, 'TIMEOUT'), 'stored')).toEqual(['timeout', 'stored'])
    expect(await causeOf(new ApiError(0, 'NO_NETWORK'), 'full')).toEqual(['network', 'full'])
  })

  it('keeps nothing that was refused, and everything at which the server broke', async () => {
    const { flow, kept } = setUp([new ApiError(403, 'FORBIDDEN'), new ApiError(500, 'INTERNAL')])
    await flow.ask(code, '1', 'door')
    expect(kept()).toEqual([])
    await flow.ask(code, '1', 'door')
    expect(kept().map(({ requestId }) => requestId)).toEqual(['request-2'])
  })

  it('never keeps document numbers or numeric codes on the phone', async () => {
    const { flow, kept, faces } = setUp([], false)
    await flow.ask({ way: 'document', document: { type: 'passport', number: 'E12345678' } }, '1', 'door')
    await flow.ask({ way: 'numeric', numericCode: '12345678' }, '1', 'door')
    expect(kept()).toEqual([])
    expect(faces()).toEqual(['checking', 'offline', 'checking', 'offline'])
  })

  it('says so where the session is gone, and keeps the code', async () => {
    const { flow, faces, kept, losses } = setUp([new ApiError(401, 'SESSION_EXPIRED')])
    await flow.ask(code, '1', 'door')
    expect(faces()).toEqual(['checking', 'error'])
    expect([kept().length, losses()]).toEqual([1, 1])
  })

  it('sends nothing for a code of something else', async () => {
    const { flow, sent, faces } = setUp([])
    await flow.ask({ way: 'foreign', isVenue: false }, '1', 'door')
    expect(sent).toEqual([])
    expect(faces()).toEqual(['foreign'])
  })
})

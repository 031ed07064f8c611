import { ApiError } from '@jiankangbao/api-client/client'
import type { VisitRecorded, VisitRequest } from '@jiankangbao/contracts/visit/schemas'
import { createMemoryStore } from '@jiankangbao/outbox/memory-store'
import { createShelf } from '@jiankangbao/outbox/shelf'
import { describe, expect, it } from 'vitest'
import { type Answer, createAnswers } from './answers.ts'
import { createRecorder, type Recording } from './recorder.ts'
import { answerOf, START, visitAt } from './scan-examples.ts'
import { createScanOutbox, type KeptScan, type LostScan, type ScanOutboxParts } from './scan-outbox.ts'

const judge: ScanOutboxParts['judge'] = (error) => {
  if (!(error instanceof ApiError) || error.status === 0 || error.status === 401) return { outcome: 'later' }
  if (error.code === 'BUSY') return { outcome: 'later' }
  return error.status >= 500 ? { outcome: 'skip' } : { outcome: 'final', why: error.code }
}

/** A phone and a server; `page()` opens the door's screen, which a kill ends without a word. */
const setUp = (answer: (body: VisitRequest, at: number) => Promise<VisitRecorded>) => {
  const store = createMemoryStore()
  const scans = createShelf<KeptScan>(store, 'scan.')
  const lost = createShelf<LostScan>(store, 'lost-scan.')
  const phone = { now: START }
  const answers = createAnswers({
    shelf: createShelf<Answer>(store, 'answer.'),
    owner: () => 'li',
    now: () => phone.now,
  })
  const sent: VisitRequest[] = []
  const send = (body: VisitRequest) => {
    sent.push(body)
    return answer(body, sent.length - 1)
  }
  const page = () => {
    const told: Recording[] = []
    const timers: (() => void)[] = []
    const outbox = createScanOutbox({
      scans,
      lost,
      owner: () => 'li',
      send,
      judge,
      answered: answers.keep,
      runExclusive: (_, run) => run(),
      now: () => phone.now,
    })
    const recorder = createRecorder({
      outbox,
      owner: () => 'li',
      send,
      judge,
      answered: answers.keep,
      delayMs: () => 2000,
      later: (_, call) => {
        timers.push(call)
        return () => void timers.splice(0)
      },
      now: () => phone.now,
      tell: (recording) => void told.push(recording),
      venueNameOf: () => undefined,
      rememberVenueName: () => undefined,
    })
    return {
      ...recorder,
      outbox,
      timers,
      last: () => told.at(-1),
      states: () => told.map((each) => each.state),
    }
  }
  return { page, phone, sent, store, scans, lost, answers }
}

const never = () => new Promise<VisitRecorded>(() => undefined)
const settled = () => new Promise((done) => setTimeout(done, 0))

describe('recording a scan', () => {
  it('is on the phone before it is sent and off it with the answer', async () => {
    const keptAtSending: number[] = []
    const { page, sent, scans } = setUp(async () => {
      keptAtSending.push(scans.all().length)
      return answerOf()
    })
    const screen = page()
    await screen.record(visitAt('a'))
    expect(keptAtSending).toEqual([1])
    expect(sent).toEqual([{ requestId: 'a', venueCode: 'V66HMPSZ49534B', self: true }])
    expect(screen.states()).toEqual(['sending', 'recorded'])
    expect(scans.all()).toEqual([])
  })

  it('killed while sending: the next start sends it, once, with the time of the scan', async () => {
    const { page, phone, sent, scans } = setUp((_, at) => (at === 0 ? never() : Promise.resolve(answerOf())))
    void page().record(visitAt('a'))
    phone.now = START + 3_600_000
    await page().outbox.flush()
    expect(sent[1]).toEqual(visitAt('a'))
    expect(scans.all()).toEqual([])
  })

  it('killed while waiting for a busy server: kept as well', async () => {
    const { page, scans } = setUp(() => Promise.reject(new ApiError(503, 'BUSY')))
    const screen = page()
    await screen.record(visitAt('a'))
    expect(screen.last()?.state).toBe('waiting')
    expect(scans.all()).toHaveLength(1)
    screen.close()
    expect(screen.timers).toEqual([])
    expect(scans.all()).toHaveLength(1)
  })

  it('reloaded while sending: goes on with the same people, id and time', async () => {
    const companions = [{ name: '张', documentType: 'passport' as const, documentNumber: 'E12345' }]
    const { page, sent, scans } = setUp((_, at) => (at === 0 ? never() : Promise.resolve(answerOf())))
    void page().record({ ...visitAt('a'), companions })
    const screen = page()
    expect(screen.resume('a')).toBe(true)
    await settled()
    expect(sent[1]).toEqual({ ...visitAt('a'), companions })
    expect(screen.last()?.state).toBe('recorded')
    expect(scans.all()).toEqual([])
    expect(page().resume('a')).toBe(false)
  })

  it('answer lost after commit: the repeat has the same id and its answer counts', async () => {
    const committed = new Map<string, VisitRecorded>()
    const { page, sent, scans } = setUp(async (body, at) => {
      const first = committed.get(body.requestId) ?? answerOf()
      committed.set(body.requestId, first)
      if (at === 0) throw new ApiError(0, 'NO_NETWORK')
      return first
    })
    const screen = page()
    await screen.record(visitAt('a'))
    expect(screen.last()).toEqual({ state: 'kept', sending: false, keeping: 'stored' })
    await screen.outbox.flush()
    await screen.sendKept()
    expect(sent.map((body) => body.requestId)).toEqual(['a', 'a', 'a'])
    expect(committed.size).toBe(1)
    expect(screen.last()?.state).toBe('recorded')
    expect(scans.all()).toEqual([])
  })

  it('a retry after the first minute carries the time of the scan', async () => {
    const { page, phone, sent } = setUp((_, at) =>
      at < 2 ? Promise.reject(new ApiError(503, 'BUSY')) : Promise.resolve(answerOf()),
    )
    const screen = page()
    await screen.record(visitAt('a'))
    phone.now = START + 10_000
    screen.timers.shift()?.()
    await settled()
    phone.now = START + 61_000
    screen.timers.shift()?.()
    await settled()
    expect(sent.map((body) => body.scannedAt)).toEqual([undefined, undefined, '2026-03-01T08:00:00.000Z'])
    expect(screen.last()?.state).toBe('recorded')
  })

  it('a second timeout keeps it', async () => {
    const { page, scans } = setUp(() => Promise.reject(new ApiError(0, 'TIMEOUT')))
    const screen = page()
    await screen.record(visitAt('a'))
    expect(screen.last()?.state).toBe('waiting')
    screen.timers.shift()?.()
    await settled()
    expect(screen.last()).toMatchObject({ state: 'kept', keeping: 'stored' })
    expect(scans.all()).toHaveLength(1)
  })

  it('a final refusal is told on the screen, or in the list where the screen is gone', async () => {
    const { page, scans, lost } = setUp(() => Promise.reject(new ApiError(422, 'POINT_CLOSED')))
    const screen = page()
    await screen.record(visitAt('a'))
    expect(screen.last()?.state).toBe('refused')
    expect([scans.all(), lost.all()]).toEqual([[], []])
    const left = page()
    const answer = left.record(visitAt('b'))
    left.close()
    await answer
    expect(scans.all()).toEqual([])
    expect(lost.all()).toMatchObject([{ requestId: 'b', why: 'POINT_CLOSED' }])
  })

  it('a session that ends in the middle leaves the scan', async () => {
    const { page, scans } = setUp(() => Promise.reject(new ApiError(401, 'SESSION_REVOKED')))
    const screen = page()
    await screen.record(visitAt('a'))
    expect(screen.last()?.state).toBe('refused')
    expect(scans.all()).toHaveLength(1)
  })

  it('does not claim to be saved where it is not, and is sent all the same', async () => {
    const { page, store, sent } = setUp((_, at) =>
      at === 0 ? Promise.reject(new ApiError(0, 'NO_NETWORK')) : Promise.resolve(answerOf()),
    )
    store.full = true
    const screen = page()
    await screen.record(visitAt('a'))
    expect(screen.last()).toEqual({ state: 'kept', sending: false, keeping: 'refused' })
    await screen.sendKept()
    expect(sent).toHaveLength(2)
    expect(screen.last()?.state).toBe('recorded')
  })

  it('keeps the answer for whoever opens the scan again, before it is off the phone', async () => {
    const { page, answers, scans } = setUp(async () => answerOf())
    await page().record(visitAt('a'))
    expect(scans.all()).toEqual([])
    expect(answers.find('a')).toMatchObject({ requestId: 'a', groups: [{ recorded: answerOf() }] })
  })
})

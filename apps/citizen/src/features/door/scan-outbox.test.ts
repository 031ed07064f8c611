import { ApiError } from '@jiankangbao/api-client/client'
import type { VisitRecorded } from '@jiankangbao/contracts/visit/schemas'
import { createMemoryStore } from '@jiankangbao/outbox/memory-store'
import { createShelf } from '@jiankangbao/outbox/shelf'
import { describe, expect, it } from 'vitest'
import { type Answer, createAnswers } from './answers.ts'
import type { Visit } from './company.ts'
import { answerOf, START, visitAt } from './scan-examples.ts'
import {
  createScanOutbox,
  type KeptScan,
  type LostScan,
  MOST_KEPT,
  type ScanOutboxParts,
} from './scan-outbox.ts'

const HOUR = 3_600_000

const judge: ScanOutboxParts['judge'] = (error) => {
  if (!(error instanceof ApiError) || error.status === 0) return { outcome: 'later' }
  if (error.code === 'REQUEST_ID_REUSED') return { outcome: 'recorded' }
  return error.status >= 500 ? { outcome: 'skip' } : { outcome: 'final', why: error.code }
}

/** One phone; `tab()` opens the app on it. */
const setUp = (send: (body: Visit, owner: string) => Promise<VisitRecorded> = async () => answerOf()) => {
  const store = createMemoryStore()
  const scans = createShelf<KeptScan>(store, 'scan.')
  const lost = createShelf<LostScan>(store, 'lost-scan.')
  const phone = { owner: 'li' as string | undefined, now: START }
  const answers = createAnswers({
    shelf: createShelf<Answer>(store, 'answer.'),
    owner: () => phone.owner,
    now: () => phone.now,
  })
  const tab = () =>
    createScanOutbox({
      scans,
      lost,
      owner: () => phone.owner,
      send,
      judge,
      answered: answers.keep,
      runExclusive: (_, run) => run(),
      now: () => phone.now,
    })
  return { phone, tab, store, answers, ids: () => scans.all().map((scan) => scan.body.requestId) }
}

describe('outbox', () => {
  it('keeps a scan once and sends it with the same request id and the time of the scan', async () => {
    const sent: string[] = []
    const { tab } = setUp(async ({ requestId, scannedAt }) => {
      sent.push(`${requestId} ${scannedAt}`)
      return answerOf()
    })
    const outbox = tab()
    outbox.keep(visitAt('b', START + 1000))
    outbox.keep(visitAt('a'))
    outbox.keep(visitAt('a'))
    expect(outbox.list().map((scan) => scan.body.requestId)).toEqual(['a', 'b'])
    await outbox.flush()
    expect(sent).toEqual(['a 2026-03-01T08:00:00.000Z', 'b 2026-03-01T08:00:01.000Z'])
    expect(outbox.list()).toEqual([])
  })

  it('stops at the first scan that finds no answer, and loses none', async () => {
    let tries = 0
    const { tab, ids } = setUp(async () => {
      tries++
      throw new ApiError(0, 'NO_NETWORK')
    })
    const outbox = tab()
    outbox.keep(visitAt('a'))
    outbox.keep(visitAt('b'))
    await outbox.flush()
    expect(tries).toBe(1)
    expect(ids()).toEqual(['a', 'b'])
  })

  it('goes past a scan at which the server breaks', async () => {
    const { tab, ids } = setUp(async ({ requestId }) => {
      if (requestId === 'a') throw new ApiError(500, 'INTERNAL')
      return answerOf()
    })
    const outbox = tab()
    outbox.keep(visitAt('a'))
    outbox.keep(visitAt('b'))
    await outbox.flush()
    expect(ids()).toEqual(['a'])
  })

  it('tells what was refused for good and why, until the person has seen it', async () => {
    const { tab } = setUp(async ({ requestId }) => {
      if (requestId === 'a') throw new ApiError(422, 'VENUE_CODE_ROTATED')
      return answerOf()
    })
    const outbox = tab()
    outbox.keep(visitAt('a'), '虚构面馆 正门')
    outbox.keep(visitAt('b'))
    await outbox.flush()
    expect(outbox.list()).toEqual([])
    expect(outbox.listLost()).toMatchObject([
      {
        requestId: 'a',
        why: 'VENUE_CODE_ROTATED',
        venueName: '虚构面馆 正门',
        scannedAt: visitAt('a').scannedAt,
      },
    ])
    outbox.dismiss('a')
    expect(outbox.listLost()).toEqual([])
  })

  it('records the others where a family member has been removed since, and tells it', async () => {
    const sent: Visit[] = []
    const { tab } = setUp(async (body) => {
      sent.push(body)
      if (body.memberIds) throw new ApiError(404, 'NOT_FOUND')
      return answerOf()
    })
    const outbox = tab()
    outbox.keep({ ...visitAt('a'), memberIds: ['m'] })
    outbox.keep({ ...visitAt('b'), self: false, memberIds: ['m'] })
    await outbox.flush()
    expect(sent).toHaveLength(3)
    expect(sent[1]).toEqual(visitAt('a'))
    expect(outbox.listLost().map(({ requestId, why }) => [requestId, why])).toEqual([
      ['a', 'members_gone'],
      ['b', 'NOT_FOUND'],
    ])
  })

  it('keeps a scan that is made while the others are being sent', async () => {
    const outbox = setUp(async () => {
      outbox.keep(visitAt('late'))
      return answerOf()
    }).tab()
    outbox.keep(visitAt('a'))
    await outbox.flush()
    expect(outbox.list().map((scan) => scan.body.requestId)).toEqual(['late'])
  })

  it('keeps for 48 hours, as long as the server takes it, and tells what it gave up', () => {
    const { phone, tab, ids } = setUp()
    const outbox = tab()
    outbox.keep({
      ...visitAt('a'),
      companions: [{ name: '张', documentType: 'passport', documentNumber: 'E1' }],
    })
    phone.now = START + 48 * HOUR - 1
    outbox.expire()
    expect(ids()).toEqual(['a'])
    phone.owner = undefined
    phone.now = START + 48 * HOUR
    outbox.expire()
    expect(ids()).toEqual([])
    expect(outbox.listLost()).toEqual([])
    phone.owner = 'li'
    expect(outbox.listLost()).toMatchObject([{ requestId: 'a', why: 'too_old' }])
    expect(JSON.stringify(outbox.listLost())).not.toContain('E1')
  })

  it('says so instead of dropping an old scan for a hundred and first', () => {
    const { tab, ids } = setUp()
    const outbox = tab()
    for (let at = 0; at < MOST_KEPT; at++) expect(outbox.keep(visitAt(`n${at}`))).toBe('stored')
    expect(outbox.keep(visitAt('more'))).toBe('full')
    expect(outbox.keep(visitAt('n0'))).toBe('stored')
    expect(ids()).toHaveLength(100)
    expect(ids()).toContain('n0')
  })

  it('does not say stored where the phone refuses', () => {
    const { tab, store, phone } = setUp()
    store.full = true
    expect(tab().keep(visitAt('a'))).toBe('refused')
    store.full = false
    phone.owner = undefined
    expect(tab().keep(visitAt('a'))).toBe('refused')
  })

  it('never shows or sends what another person scanned, and sends it when that person is back', async () => {
    const sent: string[] = []
    const { phone, tab, ids } = setUp(async ({ requestId }, owner) => {
      sent.push(`${owner} ${requestId}`)
      return answerOf()
    })
    tab().keep(visitAt('a'))
    phone.owner = 'wang'
    const outbox = tab()
    outbox.keep(visitAt('a'))
    outbox.keep(visitAt('w'))
    expect(outbox.list().map((scan) => scan.owner)).toEqual(['wang', 'wang'])
    await outbox.flush()
    expect(sent).toEqual(['wang a', 'wang w'])
    expect(ids()).toEqual(['a'])
    phone.owner = 'li'
    await outbox.flush()
    expect(sent).toEqual(['wang a', 'wang w', 'li a'])
  })

  it('stops where somebody else signs in between two scans', async () => {
    const sent: string[] = []
    const { phone, tab } = setUp(async ({ requestId }) => {
      sent.push(requestId)
      phone.owner = 'wang'
      return answerOf()
    })
    const outbox = tab()
    outbox.keep(visitAt('a'))
    outbox.keep(visitAt('b'))
    await outbox.flush()
    expect(sent).toEqual(['a'])
  })

  it('does not repeat in one tab what another has sent meanwhile, nor what a screen is sending', async () => {
    const sent: string[] = []
    const { tab } = setUp(async ({ requestId }) => {
      sent.push(requestId)
      two.drop('b')
      return answerOf()
    })
    const [one, two] = [tab(), tab()]
    for (const id of ['a', 'b', 'c']) one.keep(visitAt(id))
    one.take('c')
    await one.flush()
    expect(sent).toEqual(['a'])
    one.release('c')
    await two.flush()
    expect(sent).toEqual(['a', 'c'])
    expect(one.list()).toEqual([])
  })

  it('keeps the answer of a scan sent behind the screen, for whoever opens it again', async () => {
    const { tab, answers } = setUp()
    tab().keep(visitAt('a'))
    await tab().flush()
    expect(answers.find('a')).toMatchObject({ groups: [{ scanId: 'a', recorded: answerOf() }] })
  })

  it('drops without a word what has been recorded before', async () => {
    const { tab, ids } = setUp(() => Promise.reject(new ApiError(409, 'REQUEST_ID_REUSED')))
    tab().keep(visitAt('a'))
    await tab().flush()
    expect(ids()).toEqual([])
    expect(tab().listLost()).toEqual([])
  })
})

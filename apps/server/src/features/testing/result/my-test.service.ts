import type { MyTest } from '@jiankangbao/contracts/my-test/schemas'
import { type MyTestState, wordOfResult } from '@jiankangbao/domain/testing/my-test'
import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { listOneHuman } from '../../colours/facts/standing.queries.ts'
import { findSubject } from '../../ledger/history/code-events.queries.ts'
import * as queries from './my-test.queries.ts'

const stateOf = (row: queries.MyTestRow, nowMs: number): MyTestState => {
  if (row.result) return wordOfResult(row.result, row.reported_at?.getTime() ?? 0, nowMs, row.reached)
  if (row.received_at) return 'received'
  return row.handed_over_at ? 'on_the_way' : 'taken'
}

const toTest = (row: queries.MyTestRow, nowMs: number): MyTest => ({
  ...(row.test_id === null ? {} : { testId: row.test_id }),
  state: stateOf(row, nowMs),
  kind: row.kind,
  sampledAt: row.sampled_at.toISOString(),
  ...(row.received_at ? { receivedAt: row.received_at.toISOString() } : {}),
  ...(row.reported_at ? { reportedAt: row.reported_at.toISOString() } : {}),
  ...(row.site_name ? { siteName: row.site_name } : {}),
  ...(row.laboratory ? { laboratory: row.laboratory } : {}),
})

/** Tests of a citizen and of whom they look after. */
export const createMyTestService = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => ({
  /** @throws AppError NOT_REGISTERED; NOT_FOUND for a member who is not the caller's, or has an account */
  listMyTests: async (caller: CitizenCaller, memberId: string | undefined) => {
    const subject = await findSubject(pool, caller.accountId, memberId)
    if (!subject) throw new AppError(memberId === undefined ? 'NOT_REGISTERED' : 'NOT_FOUND')
    const now = clock()
    const keptDays = config.retentionDays.samples
    const since = new Date(now.getTime() - keptDays * DAY_MS)
    const rows = await queries.listTests(pool, await listOneHuman(pool, subject.person_id), since)
    return {
      who: subject.name_masked,
      tests: rows.map((row) => toTest(row, now.getTime())),
      keptDays,
      serverTime: now.toISOString(),
    }
  },
})

export type MyTestService = ReturnType<typeof createMyTestService>

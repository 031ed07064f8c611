import type { MyLookup, MyVisit } from '@jiankangbao/contracts/history/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { numberToColour, numberToDecision } from '@jiankangbao/domain/decision/coding'
import { addDays, DAY_MS, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { CitizenCaller } from '../../../http/caller.ts'
import { type PageQuery, readCursor, toPage } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { listLookups, listVisits, type MyLookupRow, type MyVisitRow, SELF } from './history.queries.ts'

const LATE = 1
const FAR_AWAY = 2
const UNLOCATED = 32
/** As long as `withdrawVisit` takes it. */
const WITHDRAWN_WITHIN_MS = DAY_MS

const toVisit = (row: MyVisitRow, now: Date): MyVisit => ({
  // One scan records several people: the request alone does not name a visit.
  visitId: row.member_id === SELF ? row.request_key : `${row.request_key}.${row.member_id}`,
  visitedAt: row.visited_at.toISOString(),
  venueName: row.venue_name,
  pointName: row.point_name,
  kind: row.kind,
  colour: numberToColour(row.colour),
  decision: numberToDecision(row.decision),
  who: row.name_masked,
  ...(row.member_id === SELF ? {} : { memberId: row.member_id }),
  late: (row.flags & LATE) !== 0,
  presence: (row.flags & FAR_AWAY) === 0 && !row.is_far,
  ...((row.flags & UNLOCATED) !== 0 && !row.is_located ? { unlocated: true } : {}),
  ...(row.withdrawn_at ? { withdrawnAt: row.withdrawn_at.toISOString() } : {}),
  withdrawable:
    row.is_stated &&
    row.member_id !== SELF &&
    row.withdrawn_at === null &&
    now.getTime() - row.visited_at.getTime() <= WITHDRAWN_WITHIN_MS,
})

const toLookup = (row: MyLookupRow): MyLookup => ({
  lookupId: row.lookup_id,
  at: row.looked_up_at.toISOString(),
  means: row.means as MyLookup['means'],
  purpose: row.purpose,
  by: row.organisation,
  ...(row.venue_name ? { place: `${row.venue_name} ${row.point_name ?? ''}`.trim() } : {}),
  who: row.name_masked,
})

/** What was recorded about the caller and those they look after. */
export const createHistoryService = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => ({
  /** Visits of the retention period, newest first. */
  listMyVisits: async (caller: CitizenCaller, query: PageQuery): Promise<Call<'listMyVisits'>['result']> => {
    const now = clock()
    const fromDay = addDays(shanghaiDayOf(now.getTime()), -config.retentionDays.visits)
    const after = readCursor(query.cursor, 'pair')
    const rows = await listVisits(pool, caller.accountId, fromDay, after, query.limit + 1)
    const { items, nextCursor } = toPage(rows, query.limit, (row) => ({
      at: row.visited_at.toISOString(),
      id: `${row.request_key}:${row.member_id}`,
    }))
    return { visits: items.map((row) => toVisit(row, now)), ...nextCursor }
  },

  /** Who looked the caller or a member up, when, by which means and why; newest first. */
  listMyLookups: async (
    caller: CitizenCaller,
    query: PageQuery,
  ): Promise<Call<'listMyLookups'>['result']> => {
    const after = readCursor(query.cursor, 'bigint')
    const rows = await listLookups(pool, caller.accountId, after?.id, query.limit + 1)
    const { items, nextCursor } = toPage(rows, query.limit, (row) => ({
      at: row.looked_up_at.toISOString(),
      id: row.lookup_id,
    }))
    return { lookups: items.map(toLookup), ...nextCursor }
  },
})

export type HistoryService = ReturnType<typeof createHistoryService>

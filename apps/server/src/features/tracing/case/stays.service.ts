import { isDoubtful, isPresence } from '@jiankangbao/domain/tracing/contacts'
import { stayFrom, stayLengthOf } from '@jiankangbao/domain/tracing/stay'
import type { Transaction } from '../../../db/pool.ts'
import { listOneHuman } from '../../colours/facts/standing.queries.ts'
import type { CaseRow } from './case.queries.ts'
import { windowOf } from './case-view.ts'
import * as queries from './stays.queries.ts'

/**
 * Copies visits of the window that the case does not have yet: those of a wider window, and those sent late. What is far or
 * withdrawn never counts; what is doubtful begins unticked.
 */
export const copyVisits = async (tx: Transaction, row: CaseRow, now: Date): Promise<void> => {
  const human = await listOneHuman(tx, row.person_id)
  const visits = await queries.listFreshVisits(tx, row.case_id, human, windowOf(row, now))
  if (visits.length === 0) return
  const stays = visits.map((visit): queries.NewStay => {
    const { until } = stayFrom(
      visit.visited_at.getTime(),
      stayLengthOf(visit.kind).minutes,
      visit.next_elsewhere_at?.getTime() ?? null,
    )
    return {
      personId: visit.person_id,
      requestKey: visit.request_key,
      visitedOn: visit.visited_on,
      scannedAt: visit.visited_at,
      pointId: visit.point_id,
      untilAt: new Date(until),
      counted: isPresence(visit.marks) && !isDoubtful(visit.marks),
      marks: visit.marks,
    }
  })
  await queries.insertStays(tx, row.case_id, stays)
}

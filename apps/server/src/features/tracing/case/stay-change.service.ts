import type { Call } from '@jiankangbao/contracts/schemas'
import type { CaseEntry } from '@jiankangbao/contracts/tracing/schemas'
import { isPresence } from '@jiankangbao/domain/tracing/contacts'
import { floorOf } from '@jiankangbao/domain/tracing/floor'
import { MOST_STAY_MS } from '@jiankangbao/domain/tracing/stay'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { updateCase } from './case.queries.ts'
import { toCaseEntry, windowOf } from './case-view.ts'
import { changeHeldCase, requireCase, writeChange } from './held-case.ts'
import { listStays, updateStay } from './stays.queries.ts'

type Adjustment = Call<'adjustCaseStay'>['body']

/** Stays of a case, adjusted by hand: who, when and why stay beside them. */
export const createStayChangeService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const read = ({ fromAt, untilAt }: Adjustment): { fromAt: Date; untilAt: Date } => {
    const span = { fromAt: new Date(fromAt), untilAt: new Date(untilAt) }
    if (Number.isNaN(span.fromAt.getTime())) throw fieldError('fromAt', 'format')
    if (Number.isNaN(span.untilAt.getTime())) throw fieldError('untilAt', 'format')
    const length = span.untilAt.getTime() - span.fromAt.getTime()
    if (length < 0) throw fieldError('untilAt', 'before_start')
    if (length > MOST_STAY_MS) throw fieldError('untilAt', 'out_of_range')
    return span
  }

  return {
    /**
     * @throws AppError NOT_FOUND, VALIDATION_FAILED (`no_presence`: far away or withdrawn never counts), STATE_CONFLICT
     * (`changed` meanwhile)
     */
    adjustCaseStay: async (
      caller: OperatorCaller,
      { caseId, stayId }: { caseId: string; stayId: string },
      body: Adjustment,
    ): Promise<CaseEntry> => {
      const span = read(body)
      const now = clock()
      const { version, scope, counted, reason: why } = body
      await changeHeldCase(pool, caller, { caseId, version, now }, async (tx, row) => {
        const stay = (await listStays(tx, caseId, windowOf(row, now))).find((each) => each.stay_id === stayId)
        if (!stay) throw new AppError('NOT_FOUND')
        if (counted && !isPresence(stay.marks)) throw fieldError('counted', 'no_presence')
        if (scope === 'floor' && floorOf(stay.point_name) === undefined) throw fieldError('scope', 'no_floor')
        await updateStay(tx, stayId, { ...span, scope, counted, operatorId: caller.operatorId, at: now, why })
        await updateCase(tx, caseId, {})
        const details = { stayId, fromAt: body.fromAt, untilAt: body.untilAt, scope, counted }
        await writeChange(tx, caller, { caseId, at: now, change: 'stay_adjusted', details })
      })
      return toCaseEntry(await requireCase(pool, caller, caseId, now), now)
    },
  }
}

export type StayChangeService = ReturnType<typeof createStayChangeService>

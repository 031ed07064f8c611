import { divisionPrefix } from '@jiankangbao/domain/division'
import { shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import * as queries from './roster-call.queries.ts'
import { findOpenShift } from './shift.queries.ts'

const DAY_MS = 86_400_000
const PURPOSE = '核酸采样'

/** Lists that are called at a table, a class, a ward or a building: in order, whoever is not there marked. */
export const createRosterCallService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const today = () => {
    const on = shanghaiDayOf(clock().getTime())
    const from = new Date(startOfShanghaiDay(on))
    return { on, from, until: new Date(from.getTime() + DAY_MS) }
  }

  /** In the middle of a shift alone. @throws AppError NOT_FOUND */
  const requireCallable = async (db: Queryable, caller: OperatorCaller, rosterId: string): Promise<void> => {
    const shift = await findOpenShift(db, caller.operatorId)
    if (!shift || !(await queries.isCallable(db, divisionPrefix(caller.divisionCode), rosterId)))
      throw new AppError('NOT_FOUND')
  }

  return {
    /** Nothing without a shift. */
    listSamplingRosters: async (caller: OperatorCaller) => {
      const shift = await findOpenShift(pool, caller.operatorId)
      const rows = shift ? await queries.listCallable(pool, divisionPrefix(caller.divisionCode)) : []
      return {
        rosters: rows.map((row) => ({
          rosterId: row.roster_id,
          divisionName: row.division_name,
          kind: row.kind,
          name: row.name,
          people: row.people,
        })),
      }
    },

    /** Names, masked, each a look-up. @throws AppError NOT_FOUND (not of the division, or no shift) */
    openSamplingRoster: (caller: OperatorCaller, rosterId: string) =>
      inTransaction(pool, async (tx) => {
        await requireCallable(tx, caller, rosterId)
        const rows = await queries.listCalled(tx, rosterId, today())
        await insertLookups(tx, {
          personIds: rows.map((row) => row.person_id),
          means: 'console_view',
          purpose: PURPOSE,
          operatorId: caller.operatorId,
          organisation: caller.organisation,
          at: clock(),
        })
        await writeAudit(tx, {
          actor: caller,
          action: 'roster.called',
          objectKind: 'roster',
          objectId: rosterId,
          details: { people: rows.length },
        })
        return {
          people: rows.map(({ place, name_masked: nameMasked, state }) => ({ place, nameMasked, state })),
        }
      }),

    /** @throws AppError NOT_FOUND */
    listCalledStates: async (caller: OperatorCaller, rosterId: string) => {
      await requireCallable(pool, caller, rosterId)
      const rows = await queries.listCalled(pool, rosterId, today())
      return { people: rows.map(({ place, state }) => ({ place, state })) }
    },

    /** Again is the same. @throws AppError NOT_FOUND */
    markAbsent: (
      caller: OperatorCaller,
      { rosterId, place }: { rosterId: string; place: number },
      absent: boolean,
    ): Promise<null> =>
      inTransaction(pool, async (tx) => {
        await requireCallable(tx, caller, rosterId)
        const personId = await queries.findAtPlace(tx, rosterId, place)
        if (!personId) throw new AppError('NOT_FOUND')
        const { on } = today()
        const absence = { rosterId, personId, on, by: caller.operatorId, at: clock() }
        const changed = await (absent ? queries.putAbsence(tx, absence) : queries.removeAbsence(tx, absence))
        if (changed)
          await writeAudit(tx, {
            actor: caller,
            action: absent ? 'roster.marked_absent' : 'roster.absence_taken_back',
            objectKind: 'roster',
            objectId: rosterId,
            details: { personId, place },
          })
        return null
      }),
  }
}

export type RosterCallService = ReturnType<typeof createRosterCallService>

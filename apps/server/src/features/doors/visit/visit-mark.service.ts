import type { Call } from '@jiankangbao/contracts/schemas'
import type { PhonePosition } from '@jiankangbao/contracts/visit/schemas'
import { addDays, DAY_MS, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { takeBackArrivals } from '../../journeys/entry/taken-back.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { isFarFrom } from './distance.ts'
import { findPartyPersons } from './door.queries.ts'
import * as queries from './visit-mark.queries.ts'

/** A position that arrives later says nothing about where the phone was at the time of the scan. */
const LOCATED_WITHIN_MS = 10 * 60_000
/** People notice on the same day that a visit is not theirs. What they remember later, they tell the office that traces contacts. */
const WITHDRAWN_WITHIN_MS = DAY_MS
/** A scan can be sent again for two days, with a day on either side around midnight. */
const PARTIES_KEPT_DAYS = 4

const parseVisitId = (visitId: string): { request: queries.RequestName; person: string } => {
  const [request = '', person = ''] = visitId.split('.')
  // No visit has a key beyond 64 bits, and PostgreSQL would fail over it.
  if (/^-?\d+$/.test(request) && BigInt.asIntN(64, BigInt(request)) !== BigInt(request))
    throw new AppError('NOT_FOUND')
  return {
    request: request.includes('-', 1)
      ? { requestKey: null, requestId: request }
      : { requestKey: request, requestId: null },
    person,
  }
}

/** What is said about a visit after it was answered: where the phone was, and that somebody was not there. */
export const createVisitMarkService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const holderOf = async ({ personId, accountId }: CitizenCaller): Promise<string> => {
    const holderId = personId ?? (await findPartyPersons(pool, accountId, [])).personId
    if (!holderId) throw new AppError('NOT_REGISTERED')
    return holderId
  }

  return {
    /**
     * Where the phone is, for a scan of the last ten minutes at a door that asks. The position is compared and dropped; the
     * first one counts, and a repeat is answered like it.
     * @throws AppError NOT_REGISTERED, NOT_FOUND, STATE_CONFLICT (`too_late`, or `located` elsewhere already)
     */
    locateVisit: async (
      caller: CitizenCaller,
      scanId: string,
      position: PhonePosition,
    ): Promise<Call<'locateVisit'>['result']> => {
      const holderId = await holderOf(caller)
      const now = clock()
      return inTransaction(pool, async (tx) => {
        const visits = await queries.findScan(tx, holderId, scanId, now)
        const [first] = visits
        if (!first) throw new AppError('NOT_FOUND')
        const isFar = isFarFrom(first, position)
        const waiting = visits.filter((visit) => visit.is_unlocated)
        if (waiting.length === 0) {
          if (isFar !== first.is_far) throw stateConflict('position', 'located')
          return { presence: !isFar }
        }
        if (now.getTime() - first.visited_at.getTime() > LOCATED_WITHIN_MS)
          throw stateConflict('position', 'too_late')
        await queries.insertPositions(tx, waiting, isFar, now)
        if (isFar) await takeBackArrivals(tx, waiting)
        return { presence: !isFar }
      })
    },

    /**
     * Marks the visit of a member or companion as withdrawn: this person was not there. Only by the account that stated it,
     * for a day. The visit stays for whoever traces.
     * @throws AppError NOT_REGISTERED, NOT_FOUND (not stated by this account), STATE_CONFLICT (`too_late`)
     */
    withdrawVisit: async (
      caller: CitizenCaller,
      visitId: string,
    ): Promise<Call<'withdrawVisit'>['result']> => {
      const holderId = await holderOf(caller)
      const { request, person } = parseVisitId(visitId)
      const now = clock()
      return inTransaction(pool, async (tx) => {
        const visit = person.startsWith('companion-')
          ? await queries.findStatedOfCompanion(tx, holderId, request, Number(person.slice(10)))
          : await queries.findStatedOfMember(tx, holderId, caller.accountId, request, person)
        if (!visit) throw new AppError('NOT_FOUND')
        if (visit.withdrawn_at) return { withdrawnAt: visit.withdrawn_at.toISOString() }
        if (now.getTime() - visit.visited_at.getTime() > WITHDRAWN_WITHIN_MS)
          throw stateConflict('visitId', 'too_late')
        if (await queries.insertWithdrawal(tx, visit, caller.accountId, now)) {
          await takeBackArrivals(tx, [visit])
          await writeAudit(tx, {
            actor: caller,
            action: 'visit.withdrawn',
            objectKind: 'person',
            objectId: visit.person_id,
            details: { visitedAt: visit.visited_at.toISOString(), pointId: visit.point_id },
          })
        }
        return { withdrawnAt: now.toISOString() }
      })
    },
  }
}

export type VisitMarkService = ReturnType<typeof createVisitMarkService>

/** Deletes marks with the visits that they belong to, and what nobody can send again. */
export const purgeVisitMarks = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const today = shanghaiDayOf(clock().getTime())
  // As long as days of visits are kept (`dropOldPartitions`).
  const days = Math.max(config.retentionDays.visits, config.retentionDays.checks)
  await queries.deleteMarks(pool, addDays(today, -days), addDays(today, -PARTIES_KEPT_DAYS))
}

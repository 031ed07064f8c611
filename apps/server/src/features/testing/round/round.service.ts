import type {
  CommunityCount,
  OwnTestRound,
  TestRound,
  TestRoundDetail,
} from '@jiankangbao/contracts/round/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { judgeRoundTimes } from '@jiankangbao/domain/testing/round'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { listZonesWithin } from '../../measures/zone/zone.queries.ts'
import { listOwnRounds, type OwnRow, putExemption } from './demand.queries.ts'
import { listRosters } from './roster.queries.ts'
import * as queries from './round.queries.ts'
import { toStatement } from './statement.service.ts'
import { findWanted, listMissed, recount } from './wanted.queries.ts'

// A round:  made → begun → closed; called_off before its end. One makes it, somebody else begins it. `count_rounds` counts it each
// minute for everybody at once, and closes it.

const MOST_NAMED = 500
const QUARTERS = 4

const toRound = (row: queries.RoundRow, caller: OperatorCaller): TestRound => ({
  roundId: row.round_id,
  name: row.name,
  divisionCode: row.division_code,
  divisionCodes: row.division_codes,
  rosterIds: row.roster_ids,
  zoneIds: row.zone_ids,
  kind: row.kind,
  fromAt: row.from_at.toISOString(),
  untilAt: row.until_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  times: row.times,
  ...(row.every_days === null ? {} : { everyDays: row.every_days }),
  state: row.state,
  madeBy: row.made_by_name,
  ...(row.begun_by_name === null ? {} : { begunBy: row.begun_by_name }),
  own: row.made_by === caller.operatorId,
  ...(row.counted_at ? { countedAt: row.counted_at.toISOString() } : {}),
  expected: row.expected,
  sampled: row.sampled,
  exempt: row.exempt,
})

const toCount = (row: queries.CountRow): CommunityCount => ({
  divisionCode: row.division_code,
  divisionName: row.division_name,
  ...(row.roster_id === null ? {} : { rosterId: row.roster_id }),
  ...(row.roster_name === null ? {} : { rosterName: row.roster_name }),
  ...(row.roster_kind === null ? {} : { rosterKind: row.roster_kind }),
  expected: row.expected,
  sampled: row.sampled,
  exempt: row.exempt,
})

const toOwn = (encryption: Parts['encryption'], row: OwnRow): OwnTestRound => ({
  roundId: row.round_id,
  ...(row.member_id === null ? {} : { memberId: row.member_id }),
  nameMasked: row.name_masked,
  name: row.name,
  kind: row.kind,
  fromAt: row.from_at.toISOString(),
  untilAt: row.until_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  state: row.state,
  ...toStatement(encryption, row),
})

/** Rounds of testing: who, when, how far, and who is missing. */
export const createRoundService = ({
  pool,
  clock,
  config,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'>) => {
  const prefixOf = (caller: OperatorCaller) => divisionPrefix(caller.divisionCode)

  const getRound = async (
    db: Queryable,
    caller: OperatorCaller,
    roundId: string,
  ): Promise<queries.RoundRow> => {
    const row = await queries.findRound(db, prefixOf(caller), { roundId })
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  /** The divisions in their form of today. @throws AppError VALIDATION_FAILED, OUT_OF_DIVISION */
  const readDivisions = async (caller: OperatorCaller, codes: string[]): Promise<string[]> => {
    const found = await Promise.all(codes.map((code) => findCityDivision(pool, code)))
    return found.map((division) => {
      if (!division) throw fieldError('divisionCodes', 'not_found')
      if (!divisionCovers(caller.divisionCode, division.code)) throw new AppError('OUT_OF_DIVISION')
      return division.code
    })
  }

  const requireRosters = async (caller: OperatorCaller, rosterIds: string[]): Promise<void> => {
    if (rosterIds.length === 0) return
    const kept = new Set((await listRosters(pool, prefixOf(caller))).map((row) => row.roster_id))
    if (!rosterIds.every((id) => kept.has(id))) throw fieldError('rosterIds', 'not_found')
  }

  const requireZones = async (caller: OperatorCaller, zoneIds: string[]): Promise<void> => {
    if (zoneIds.length === 0) return
    const kept = new Set((await listZonesWithin(pool, prefixOf(caller))).map(({ zoneId }) => zoneId))
    if (!zoneIds.every((id) => kept.has(id))) throw fieldError('zoneIds', 'not_found')
  }

  /** Holds a round of the caller's own making or division until commit. A round is led where it was made, or above. */
  const holdLed = async (tx: Transaction, caller: OperatorCaller, roundId: string) => {
    await queries.holdRound(tx, roundId)
    const row = await getRound(tx, caller, roundId)
    if (!divisionCovers(caller.divisionCode, row.division_code)) throw new AppError('OUT_OF_DIVISION')
    return row
  }

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    roundId: string,
    details: Record<string, unknown>,
  ) =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'test_round',
      objectId: roundId,
      details,
    })

  return {
    listTestRounds: async (caller: OperatorCaller) => ({
      rounds: (await queries.listRounds(pool, prefixOf(caller))).map((row) => toRound(row, caller)),
      serverTime: clock().toISOString(),
    }),

    /** @throws AppError VALIDATION_FAILED, OUT_OF_DIVISION, REQUEST_ID_REUSED */
    makeTestRound: async (
      caller: OperatorCaller,
      body: Call<'makeTestRound'>['body'],
    ): Promise<TestRound> => {
      const [fromAt, untilAt, dueAt] = [body.fromAt, body.untilAt, body.dueAt].map((at) => new Date(at))
      if (!fromAt || !untilAt || !dueAt) throw fieldError('fromAt', 'format')
      const { times, everyDays } = body
      const judged = judgeRoundTimes(
        { fromAt: +fromAt, untilAt: +untilAt, dueAt: +dueAt, times, everyDays },
        clock().getTime(),
      )
      if (!judged.ok) throw fieldError(judged.field, 'round_times')
      const zoneIds = body.zoneIds ?? []
      const whos = [body.divisionCodes, body.rosterIds, zoneIds].filter(({ length }) => length > 0)
      if (whos.length !== 1) throw fieldError('divisionCodes', 'round_who')
      const divisionCodes = await readDivisions(caller, body.divisionCodes)
      await requireRosters(caller, body.rosterIds)
      await requireZones(caller, zoneIds)
      const requestId = body.requestId.toLowerCase()
      const by = caller.operatorId
      await inTransaction(pool, async (tx) => {
        const roundId = await queries.insertRound(tx, {
          name: body.name.trim(),
          divisionCode: caller.divisionCode,
          divisionCodes,
          rosterIds: body.rosterIds,
          zoneIds,
          kind: body.kind,
          fromAt,
          untilAt,
          dueAt,
          times,
          everyDays: everyDays ?? null,
          by,
          at: clock(),
          requestId,
        })
        if (!roundId) return
        const row = await getRound(tx, caller, roundId)
        await recount(tx, row, clock())
        await audit(tx, caller, 'test_round.made', roundId, {
          divisionCodes,
          rosters: body.rosterIds.length,
          zoneIds,
        })
      })
      const row = await queries.findRound(pool, prefixOf(caller), { requestId, madeBy: by })
      if (!row) throw new AppError('REQUEST_ID_REUSED')
      return toRound(row, caller)
    },

    getTestRound: async (caller: OperatorCaller, roundId: string): Promise<TestRoundDetail> => {
      const row = await getRound(pool, caller, roundId)
      const prefix = prefixOf(caller)
      const range = { from: row.from_at, until: row.until_at, now: clock() }
      const [counts, sites] = await Promise.all([
        queries.listCounts(pool, roundId, prefix),
        queries.listSites(pool, prefix, range),
      ])
      return {
        round: toRound(row, caller),
        counts: counts.map(toCount),
        sites: sites.map((site) => ({
          siteId: String(site.site_id),
          name: site.name,
          sampled: site.sampled,
          perHour: site.per_quarter * QUARTERS,
          tubes: site.tubes,
          tubesUnderWay: site.under_way,
        })),
        tubesUnderWay: sites.reduce((sum, site) => sum + site.under_way, 0),
        resultsDue: sites.reduce((sum, site) => sum + site.results_due, 0),
      }
    },

    /** The second person. Again is the same. @throws AppError NOT_FOUND, OWN_PROPOSAL, OUT_OF_DIVISION, STATE_CONFLICT */
    beginTestRound: (caller: OperatorCaller, roundId: string): Promise<TestRound> =>
      inTransaction(pool, async (tx) => {
        const row = await holdLed(tx, caller, roundId)
        if (row.state === 'begun') return toRound(row, caller)
        if (row.state !== 'made') throw stateConflict('roundId', 'round_over')
        const matter = {
          about: `test_round:${roundId}`,
          writers: [row.made_by],
          weighty: false,
          now: clock(),
        }
        await decideAsSecond(tx, config, caller, matter)
        if (row.until_at <= clock()) throw stateConflict('roundId', 'round_over')
        await queries.setBegun(tx, roundId, caller.operatorId, clock())
        await audit(tx, caller, 'test_round.begun', roundId, { expected: row.expected })
        return toRound(await getRound(tx, caller, roundId), caller)
      }),

    /** @throws AppError NOT_FOUND, OUT_OF_DIVISION, STATE_CONFLICT once it is over */
    callOffTestRound: (caller: OperatorCaller, roundId: string, reason: string): Promise<TestRound> =>
      inTransaction(pool, async (tx) => {
        const row = await holdLed(tx, caller, roundId)
        if (row.state === 'called_off') return toRound(row, caller)
        if (row.state === 'closed') throw stateConflict('roundId', 'round_over')
        await queries.setCalledOff(tx, roundId, clock())
        await audit(tx, caller, 'test_round.called_off', roundId, { reason })
        return toRound(await getRound(tx, caller, roundId), caller)
      }),

    /**
     * Names for the community's own people: whoever asks belongs to that very division, and each name is a look-up.
     * @throws AppError NOT_FOUND, OUT_OF_DIVISION
     */
    listMissedPeople: async (
      caller: OperatorCaller,
      roundId: string,
      body: Call<'listMissedPeople'>['body'],
    ) => {
      const round = await getRound(pool, caller, roundId)
      if (caller.divisionCode !== body.divisionCode) throw new AppError('OUT_OF_DIVISION')
      const only = {
        divisionCode: body.divisionCode,
        rosterId: body.rosterId ?? null,
        limit: MOST_NAMED + 1,
      }
      const rows = await listMissed(pool, round, only)
      const named = rows.slice(0, MOST_NAMED)
      await inTransaction(pool, async (tx) => {
        await insertLookups(tx, {
          personIds: [...new Set(named.map((row) => row.person_id))],
          means: 'console_view',
          purpose: body.purpose,
          operatorId: caller.operatorId,
          organisation: caller.organisation,
          at: clock(),
        })
        await audit(tx, caller, 'test_round.missing_named', roundId, {
          divisionCode: body.divisionCode,
          people: named.length,
        })
      })
      return {
        people: named.map((row) => ({
          personId: row.person_id,
          name: encryption.show(row.name_encrypted, inRow('persons.name', row.person_id)),
          ...(row.roster_name === null ? {} : { rosterName: row.roster_name }),
          ...(row.place === null ? {} : { place: row.place }),
          exempt: row.exempt,
          ...(row.absent_at ? { absentAt: row.absent_at.toISOString() } : {}),
          ...toStatement(encryption, { ...row, round_id: roundId }),
        })),
        more: rows.length > MOST_NAMED,
      }
    },

    /** By the community that counts the person. @throws AppError NOT_FOUND, OUT_OF_DIVISION, STATE_CONFLICT (called off) */
    exemptFromTestRound: (
      caller: OperatorCaller,
      roundId: string,
      { personId, reason }: { personId: string; reason: string },
    ): Promise<null> =>
      inTransaction(pool, async (tx) => {
        await queries.holdRound(tx, roundId)
        const round = await getRound(tx, caller, roundId)
        if (round.state === 'called_off') throw stateConflict('roundId', 'round_over')
        const divisionCode = await findWanted(tx, round, personId)
        if (divisionCode === undefined) throw new AppError('NOT_FOUND')
        if (!divisionCovers(caller.divisionCode, divisionCode)) throw new AppError('OUT_OF_DIVISION')
        const { operatorId } = caller
        await putExemption(tx, {
          roundId,
          personId,
          divisionCode,
          dueAt: round.due_at,
          reason,
          by: operatorId,
          at: clock(),
        })
        await audit(tx, caller, 'test_round.exempted', roundId, { personId, reason })
        return null
      }),

    listOwnTestRounds: async (caller: CitizenCaller) => ({
      rounds: (await listOwnRounds(pool, caller.accountId, clock())).map((row) => toOwn(encryption, row)),
    }),
  }
}

export type RoundService = ReturnType<typeof createRoundService>

import type { FieldError } from '@jiankangbao/contracts/error-codes'
import type { Call } from '@jiankangbao/contracts/schemas'
import type {
  HeldResult,
  TubeResultAnswer,
  TubeResultBatch,
  TubeResultRow,
} from '@jiankangbao/contracts/tube/schemas'
import { type HoldReason, isSuddenRate, type TubeResult } from '@jiankangbao/domain/testing/tube-result'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller, type PartnerCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { getOwnLaboratory } from '../../testing/sampling/box.service.ts'
import {
  type LaboratoryTube,
  listPeopleIn,
  lockTubes,
  setTubeResults,
  type TubePerson,
} from '../../testing/sampling/tube.queries.ts'
import type { PartnerService } from '../partner/partner.service.ts'
import { replaceResults, storeResults } from './laboratory.service.ts'
import * as queries from './tube-results.queries.ts'

// A tube sampled here: the laboratory tells its code and what was found. Who was in it and when they were swabbed is known
// here and never taken from an upload. What can not be true waits for a person.

const DAY_MS = 24 * 3_600_000
const MOST_FIELDS = 200

interface Teller {
  partnerId: string
  name: string
  /** Null where its system pushed. */
  operatorId: string | null
  actor: OperatorCaller | PartnerCaller
}

const refuse = (fields: FieldError[]): void => {
  if (fields.length > 0) throw new AppError('VALIDATION_FAILED', { fields: fields.slice(0, MOST_FIELDS) })
}

const findFaults = (rows: TubeResultRow[]): FieldError[] => {
  const seen = new Set<string>()
  return rows.flatMap((row, place) => {
    const faults: FieldError[] = []
    const refused = (field: string, reason: string) =>
      faults.push({ field: `results.${place}.${field}`, reason })
    if (seen.has(row.barcode)) refused('barcode', 'duplicate')
    seen.add(row.barcode)
    if (row.action === 'withdraw' && row.result !== undefined) refused('result', 'not_allowed')
    if (row.action !== 'withdraw' && row.result === undefined) refused('result', 'required')
    return faults
  })
}

type Told = Awaited<ReturnType<typeof queries.findTold>>

const findConflicts = (rows: TubeResultRow[], told: Told): FieldError[] =>
  rows.flatMap((row, place) => {
    const before = told.get(row.barcode)
    const field = `results.${place}.barcode`
    const isThere = before !== undefined && before.action !== 'withdraw'
    if (row.action === 'report') return isThere ? [{ field, reason: 'number_exists' }] : []
    if (before === undefined) return [{ field, reason: 'unknown_number' }]
    return isThere ? [] : [{ field, reason: 'withdrawn' }]
  })

/** Why a result of this tube can not count yet. */
const whyHeld = (tube: LaboratoryTube | undefined, partnerId: string): HoldReason | undefined => {
  if (!tube) return 'unknown_tube'
  if (!tube.sealed_at) return 'not_sealed'
  if (tube.sealed_count !== tube.taken) return 'count_differs'
  if (tube.box_partner_id !== null && tube.box_partner_id !== partnerId) return 'other_laboratory'
  return tube.received_at ? undefined : 'not_received'
}

const holdReasons = async (
  tx: Transaction,
  teller: Teller,
  rows: TubeResultRow[],
  tubes: Map<string, LaboratoryTube>,
  now: Date,
): Promise<Map<string, HoldReason>> => {
  const held = new Map<string, HoldReason>()
  for (const row of rows) {
    const reason = whyHeld(tubes.get(row.barcode), teller.partnerId)
    if (reason) held.set(row.barcode, reason)
  }
  const counted = rows.filter((row) => row.action !== 'withdraw' && !held.has(row.barcode))
  const positive = counted.filter((row) => row.result !== 'negative')
  const before = await queries.countTold(tx, teller.partnerId, new Date(now.getTime() - DAY_MS))
  if (isSuddenRate(before, { tubes: counted.length, positive: positive.length }))
    for (const row of positive) held.set(row.barcode, 'sudden_rate')
  return held
}

const kindOf = (tube: LaboratoryTube): 'single' | 'pooled' => (tube.capacity === 1 ? 'single' : 'pooled')

/** What is stored of each person in a tube. An unclear pool counts as positive; one unclear sample says nothing. */
const rowsOf = (tube: LaboratoryTube, result: TubeResult | undefined, people: TubePerson[], now: Date) => {
  const kind = kindOf(tube)
  if (result === undefined || (result === 'unclear' && kind === 'single')) return []
  return people
    .filter((person) => person.barcode === tube.barcode)
    .map((person) => ({
      number: tube.barcode,
      personId: person.person_id,
      documentIndex: person.document_index ?? Buffer.alloc(0),
      sampledAt: person.sampled_at,
      reportedAt: now,
      result: result === 'negative' ? ('negative' as const) : ('positive' as const),
      kind,
    }))
}

type Counting = { row: TubeResultRow; tube: LaboratoryTube }

/** Lets results count, with all that follows from them. @returns the persons concerned */
const applyTubes = async (
  tx: Transaction,
  teller: Teller,
  counting: Counting[],
  now: Date,
): Promise<string[]> => {
  if (counting.length === 0) return []
  const people = await listPeopleIn(
    tx,
    counting.map(({ tube }) => tube.tube_id),
  )
  const storedOf = ({ row, tube }: Counting) => rowsOf(tube, row.result, people, now)
  const reported = counting.filter(({ row, tube }) => row.action === 'report' && tube.result === null)
  const replaced = counting.filter((each) => !reported.includes(each))
  await storeResults(tx, teller.actor, teller, reported.flatMap(storedOf), now)
  const numbers = replaced.map(({ tube }) => tube.barcode)
  const concerned = await replaceResults(
    tx,
    teller.actor,
    teller,
    { numbers, rows: replaced.flatMap(storedOf) },
    now,
  )
  await setTubeResults(
    tx,
    counting.map(({ row, tube }) => ({
      tubeId: tube.tube_id,
      result: row.result ?? null,
      partnerId: teller.partnerId,
    })),
    now,
  )
  const persons = new Set([...people.flatMap(({ person_id: id }) => (id ? [id] : [])), ...concerned])
  if (persons.size > 0) await markDirty(tx, [...persons], 'test')
  return [...persons]
}

/** Takes a batch whole: what is right counts at once, what can not be true is held, what contradicts itself is refused. */
const takeResults = async (
  tx: Transaction,
  teller: Teller,
  rows: TubeResultRow[],
  now: Date,
): Promise<TubeResultAnswer> => {
  const barcodes = rows.map((row) => row.barcode)
  refuse(findConflicts(rows, await queries.findTold(tx, teller.partnerId, barcodes)))
  const tubes = await lockTubes(tx, barcodes)
  const held = await holdReasons(tx, teller, rows, tubes, now)
  const counting = rows.flatMap((row) => {
    const tube = tubes.get(row.barcode)
    return tube && !held.has(row.barcode) ? [{ row, tube }] : []
  })
  const persons = await applyTubes(tx, teller, counting, now)
  await queries.insertTold(
    tx,
    { ...teller, at: now },
    rows.map((row) => ({
      action: row.action,
      barcode: row.barcode,
      result: row.result ?? null,
      state: held.has(row.barcode) ? 'held' : 'applied',
      heldFor: held.get(row.barcode) ?? null,
    })),
  )
  return {
    applied: counting.length,
    held: [...held].map(([barcode, reason]) => ({ barcode, reason })),
    persons: persons.length,
  }
}

const toHeld = (row: queries.HeldRow): HeldResult => ({
  tubeResultId: row.tube_result_id,
  barcode: row.barcode,
  laboratory: row.laboratory,
  action: row.action,
  ...(row.result ? { result: row.result } : {}),
  reason: row.held_for,
  state: row.state,
  toldAt: row.told_at.toISOString(),
})

const requireDecidable = (isHq: boolean, row: queries.HeldRow | undefined): queries.HeldRow => {
  if (!row) throw new AppError('NOT_FOUND')
  if (row.state !== 'held') throw new AppError('STATE_CONFLICT')
  if (row.held_for === 'sudden_rate' && !isHq) throw new AppError('FORBIDDEN')
  return row
}

// Nobody can be told what was in a tube that is not there; a missing receipt or another laboratory can be accounted for.
const LASTING: readonly (HoldReason | undefined)[] = ['unknown_tube', 'not_sealed', 'count_differs']

const applyHeld = async (
  tx: Transaction,
  caller: OperatorCaller,
  row: queries.HeldRow,
  now: Date,
): Promise<void> => {
  const tube = (await lockTubes(tx, [row.barcode])).get(row.barcode)
  const still = whyHeld(tube, row.partner_id)
  if (!tube || LASTING.includes(still)) throw stateConflict('verdict', still ?? 'unknown_tube')
  const teller = { partnerId: row.partner_id, name: row.laboratory, operatorId: row.told_by, actor: caller }
  const told = { action: row.action, barcode: row.barcode, ...(row.result ? { result: row.result } : {}) }
  await applyTubes(tx, teller, [{ row: told, tube }], now)
}

/** Results of tubes that were filled here, from systems of laboratories and from their people. */
export const createTubeResultService = (
  { pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>,
  partners: Pick<PartnerService, 'takeBatch'>,
) => ({
  /** @throws AppError VALIDATION_FAILED with the refused rows; REQUEST_ID_REUSED, TOO_MANY_REQUESTS */
  pushTubeResults: (caller: PartnerCaller, body: TubeResultBatch): Promise<TubeResultAnswer> => {
    refuse(findFaults(body.results))
    const teller = { ...caller, operatorId: null, actor: caller }
    return partners.takeBatch(caller, body, 'tube_results.pushed', (tx) =>
      takeResults(tx, teller, body.results, clock()),
    )
  },

  /**
   * The same at the desk. A repeat of `requestId` gets the first answer.
   * @throws AppError FORBIDDEN (no laboratory), VALIDATION_FAILED, REQUEST_ID_REUSED
   */
  recordTubeResults: async (
    caller: OperatorCaller,
    { requestId, results }: Call<'recordTubeResults'>['body'],
  ): Promise<TubeResultAnswer> => {
    refuse(findFaults(results))
    const laboratory = await getOwnLaboratory(pool, caller)
    const teller = { ...laboratory, operatorId: caller.operatorId, actor: caller }
    const batch = { batchId: requestId.toLowerCase(), results }
    const by = {
      kind: 'partner' as const,
      ...laboratory,
      partnerKind: 'laboratory' as const,
      pushesPerMinute: DESK_PUSHES_PER_MINUTE,
    }
    return partners.takeBatch(by, batch, 'tube_results.told', async (tx) => {
      const answer = await takeResults(tx, teller, results, clock())
      await writeAudit(tx, {
        actor: caller,
        action: 'tube_results.recorded',
        objectKind: 'partner',
        objectId: laboratory.partnerId,
        details: { tubes: results.length, applied: answer.applied, held: answer.held.length },
      })
      return answer
    })
  },

  listHeldResults: async (caller: OperatorCaller, query: Call<'listHeldResults'>['query']) => {
    const limit = query.limit ?? 20
    const rows = await queries.listHeld(
      pool,
      hasRole(caller, 'hq') ? null : (await getOwnLaboratory(pool, caller)).partnerId,
      readIdCursor(query.cursor),
      limit + 1,
    )
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      results: page.map(toHeld),
      ...(rows.length > limit && last ? { nextCursor: last.tube_result_id } : {}),
    }
  },

  /**
   * Somebody else than who told it decides; a sudden rate is for headquarters.
   * @throws AppError NOT_FOUND, OWN_PROPOSAL, FORBIDDEN, STATE_CONFLICT (decided; `unknown_tube` and the like still stand)
   */
  decideHeldResult: (
    caller: OperatorCaller,
    tubeResultId: string,
    { verdict, reason }: Call<'decideHeldResult'>['body'],
  ): Promise<HeldResult> =>
    inTransaction(pool, async (tx) => {
      const isHq = hasRole(caller, 'hq')
      const own = isHq ? null : (await getOwnLaboratory(tx, caller)).partnerId
      const row = requireDecidable(isHq, await queries.lockHeld(tx, own, tubeResultId))
      const now = clock()
      const about = `tube_result:${tubeResultId}`
      await decideAsSecond(tx, config, caller, { about, writers: [row.told_by], weighty: true, now })
      if (verdict === 'apply') await applyHeld(tx, caller, row, now)
      const state = verdict === 'apply' ? ('applied' as const) : ('dropped' as const)
      await queries.decideHeld(tx, tubeResultId, { state, operatorId: caller.operatorId, at: now, reason })
      await writeAudit(tx, {
        actor: caller,
        action: 'tube_result.decided',
        objectKind: 'tube_result',
        objectId: tubeResultId,
        purpose: reason,
        details: { verdict, heldFor: row.held_for },
      })
      return toHeld({ ...row, state })
    }),
})

/** Somebody at a plate map scans a tube at a time. */
const DESK_PUSHES_PER_MINUTE = 600

export type TubeResultService = ReturnType<typeof createTubeResultService>

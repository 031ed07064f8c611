import type { FieldError } from '@jiankangbao/contracts/error-codes'
import type { TestResultBatch, TestResultBatchAnswer } from '@jiankangbao/contracts/laboratory/schemas'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { PartnerCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import type { Reporter, SampleRow } from '../../colours/facts/result-row.ts'
import { insertTests, undoTests, upsertTests, withdrawTests } from '../../colours/facts/tests.queries.ts'
import { insertUnclaimed, takeUnclaimed } from '../../colours/facts/unclaimed-results.queries.ts'
import { findTubesHere } from '../../testing/sampling/tube.queries.ts'
import { takeWithinLimits } from '../held-push/flood.ts'
import { listWaitingNumbers, supersedeWaiting } from '../held-push/waiting-numbers.ts'
import type { PartnerService } from '../partner/partner.service.ts'
import { applyResults, renewDrafts, undoResults } from './consequences.ts'
import * as queries from './laboratory.queries.ts'
import { afterWaiting, describeRow, takeRows } from './pushed-rows.ts'
import { type ReadRow, readLaboratoryRows } from './read-batch.ts'

const MOST_FIELDS = 200
const UNDONE_AT_ONCE = 1000

const refuse = (fields: FieldError[]): void => {
  if (fields.length > 0) throw new AppError('VALIDATION_FAILED', { fields: fields.slice(0, MOST_FIELDS) })
}

/** A number is reported once; what is corrected or withdrawn must be there. */
const findConflicts = (rows: ReadRow[], there: Map<string, 'there' | 'withdrawn'>): FieldError[] =>
  rows.flatMap((row, place) => {
    const state = there.get(row.number)
    const field = `results.${place}.number`
    if (row.action === 'report') return state ? [{ field, reason: 'number_exists' }] : []
    if (!state) return [{ field, reason: 'unknown_number' }]
    return state === 'withdrawn' ? [{ field, reason: 'withdrawn' }] : []
  })

/** Who is in a tube that was filled here, and since when, is known here: its result comes by its code alone. */
const refuseTubesHere = (here: Set<string>, numbers: string[]): void =>
  refuse(
    numbers.flatMap((number, place) =>
      here.has(number) ? [{ field: `results.${place}.number`, reason: 'sampled_here' }] : [],
    ),
  )

type Actor = Parameters<typeof applyResults>[1]
/** Of a file: known here, or by document only. */
type FiledRow = Omit<SampleRow, 'personId'> & { documentIndex: Buffer; personId: string | null }

/**
 * Stores results of a laboratory that came in a file, with all that follows from them; the caller marks the persons, once
 * for the whole file. A number that came by other means meanwhile keeps what it says. Results of people who have not
 * registered yet wait for them.
 */
export const storeResults = async (
  tx: Transaction,
  actor: Actor,
  laboratory: Reporter,
  rows: FiledRow[],
  now: Date,
): Promise<void> => {
  const known = rows.flatMap(({ personId, ...row }) => (personId === null ? [] : [{ ...row, personId }]))
  const unknown = rows.filter((row) => row.personId === null)
  if (unknown.length > 0) await insertUnclaimed(tx, laboratory, unknown)
  if (known.length === 0) return
  const stored = await insertTests(tx, laboratory, known)
  await applyResults(tx, actor, laboratory, stored, now)
}

/**
 * Corrects and withdraws results by a file, as a push does: whatever was reported under these numbers goes, and the rows
 * are what their numbers say now. @returns the persons concerned
 */
export const replaceResults = async (
  tx: Transaction,
  actor: Actor,
  laboratory: { partnerId: string; name: string },
  { numbers, rows }: { numbers: string[]; rows: FiledRow[] },
  now: Date,
): Promise<string[]> => {
  await queries.lockDrafts(tx, laboratory.partnerId, numbers)
  const gone = await withdrawTests(tx, laboratory.partnerId, numbers, now)
  const known = rows.flatMap(({ personId, ...row }) => (personId === null ? [] : [{ ...row, personId }]))
  const unknown = rows.filter((row) => row.personId === null)
  if (unknown.length > 0) await insertUnclaimed(tx, laboratory, unknown)
  const stored = known.length > 0 ? await upsertTests(tx, laboratory, known) : []
  await undoResults(tx, actor, laboratory, gone, stored, now)
  await applyResults(tx, actor, laboratory, stored, now)
  return [...new Set([...gone, ...stored].map((test) => test.person_id))]
}

/**
 * Takes back the results that are as a list wrote them, with all that followed from them; the caller marks the persons.
 * @returns how many
 */
export const undoStoredResults = async (
  tx: Transaction,
  actor: Actor,
  laboratory: { partnerId: string; name: string },
  of: { importId: string; proposalId: string },
  now: Date,
  report: (done: number) => Promise<void>,
): Promise<number> => {
  await queries.lockDraftsOfImport(tx, of.importId)
  for (let done = 0; ; ) {
    const gone = await undoTests(tx, of, now, UNDONE_AT_ONCE)
    if (gone.length === 0) return done
    await undoResults(tx, actor, laboratory, gone, [], now)
    done += gone.length
    await report(done)
  }
}

/** Results as laboratories push them. The time of sampling decides; status follows whatever comes late or is taken back. */
export const createLaboratoryService = (
  parts: Pick<Parts, 'clock' | 'encryption' | 'config'>,
  partners: Pick<PartnerService, 'takeBatch'>,
) => ({
  /**
   * Takes a batch whole or not at all.
   * @throws AppError VALIDATION_FAILED with the refused fields of every row; REQUEST_ID_REUSED, TOO_MANY_REQUESTS.
   */
  pushTestResults: (caller: PartnerCaller, body: TestResultBatch): Promise<TestResultBatchAnswer> => {
    const now = parts.clock()
    const { rows, fields } = readLaboratoryRows(parts.encryption, body.results, now)
    refuse(fields)
    return partners.takeBatch(caller, body, 'test_results.pushed', async (tx) => {
      const numbers = rows.map((row) => row.number)
      refuseTubesHere(await findTubesHere(tx, numbers), numbers)
      const there = await queries.findNumbers(tx, caller.partnerId, numbers)
      for (const number of (await listWaitingNumbers(tx, caller.partnerId, numbers)).keys())
        there.set(number, 'there')
      refuse(findConflicts(rows, there))
      const changing = rows.filter((row) => row.action !== 'report').map((row) => row.number)
      const superseded = await supersedeWaiting(tx, caller.partnerId, changing, now)
      const { taken, held } = await takeWithinLimits(
        parts,
        tx,
        {
          caller,
          batchId: body.batchId,
          kind: 'test_results',
          rows: rows.flatMap((row) => afterWaiting(row, superseded)),
          describe: describeRow,
          take: (some) => takeRows(tx, caller, caller, some, now),
        },
        now,
      )
      const accepted = rows.length - held
      return { batchId: body.batchId, accepted, persons: taken.length, ...(held > 0 ? { held } : {}) }
    })
  },
})

export type LaboratoryService = ReturnType<typeof createLaboratoryService>

/**
 * Gives a person that has just become known here the results that came before, with all that follows from them. The
 * caller evaluates the person in the same transaction.
 */
export const claimResults = async (
  tx: Transaction,
  personId: string,
  documentIndexes: Buffer[],
  now: Date,
): Promise<void> => {
  for (const row of await takeUnclaimed(tx, documentIndexes)) {
    const laboratory = { partnerId: row.partner_id, name: row.name, importId: row.import_id }
    const stored = await upsertTests(tx, laboratory, [
      {
        number: row.laboratory_number,
        personId,
        sampledAt: row.sampled_at,
        reportedAt: row.reported_at,
        result: row.result,
        kind: row.kind,
      },
    ])
    await applyResults(tx, { kind: 'system' }, laboratory, stored, now)
  }
}

/** Makes anew what nobody decided in time about results that still stand. @returns how many */
export const renewResultDrafts = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  inTransaction(pool, (tx) => renewDrafts(tx, clock()))

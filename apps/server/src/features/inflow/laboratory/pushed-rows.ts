import type { LaboratoryAction } from '@jiankangbao/domain/vocabulary/inflow'
import type { Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { StoredTest } from '../../colours/facts/result-row.ts'
import { insertTests, upsertTests, withdrawTests } from '../../colours/facts/tests.queries.ts'
import { insertUnclaimed } from '../../colours/facts/unclaimed-results.queries.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import type { HeldContent, WaitingRow } from '../held-push/held-push.queries.ts'
import type { TakeReleased } from '../held-push/held-push.service.ts'
import { applyResults, type Laboratory, undoResults } from './consequences.ts'
import * as queries from './laboratory.queries.ts'
import type { ReadRow, ReportedResult } from './read-batch.ts'

const isReported = (row: ReadRow): row is ReportedResult => row.action !== 'withdraw'

/** @throws AppError BUSY where a list that was being applied brought the same number: the next try is told which. */
const store = async (
  tx: Transaction,
  laboratory: Laboratory,
  reported: ReportedResult[],
): Promise<StoredTest[]> => {
  const persons = await queries.findPersons(
    tx,
    reported.flatMap((row) => row.documentIndexes),
  )
  const samples = reported.flatMap((row) =>
    row.documentIndexes.map((documentIndex) => ({
      ...row,
      documentIndex,
      personId: persons.get(documentIndex.toString('hex')),
    })),
  )
  const known = samples.flatMap(({ personId, ...row }) => (personId ? [{ ...row, personId }] : []))
  const unknown = samples.filter((row) => row.personId === undefined)
  const waiting = unknown.length > 0 ? await insertUnclaimed(tx, laboratory, unknown) : 0
  const reports = known.filter((row) => row.action === 'report')
  const corrections = known.filter((row) => row.action === 'correct')
  const stored = [
    ...(reports.length > 0 ? await insertTests(tx, laboratory, reports) : []),
    ...(corrections.length > 0 ? await upsertTests(tx, laboratory, corrections) : []),
  ]
  if (stored.length + waiting < samples.length) throw new AppError('BUSY', { retryAfterSeconds: 1 })
  return stored
}

/** Takes rows that contradict nothing, with all that follows. @returns the persons whose status is evaluated again */
export const takeRows = async (
  tx: Transaction,
  actor: Parameters<typeof applyResults>[1],
  laboratory: Laboratory,
  rows: ReadRow[],
  now: Date,
): Promise<string[]> => {
  const replaced = rows.filter((row) => row.action !== 'report').map((row) => row.number)
  await queries.lockDrafts(tx, laboratory.partnerId, replaced)
  const gone = await withdrawTests(tx, laboratory.partnerId, replaced, now)
  const stored = await store(tx, laboratory, rows.filter(isReported))
  await undoResults(tx, actor, laboratory, gone, stored, now)
  await applyResults(tx, actor, laboratory, stored, now)
  const personIds = [...new Set([...gone, ...stored].map((test) => test.person_id))]
  if (personIds.length > 0) await markDirty(tx, personIds, 'test')
  return personIds
}

/** How a flood sees a row. A negative that is reported for the first time turns nobody worse. */
export const describeRow = (row: ReadRow): WaitingRow & { isBad: boolean; isSafe: boolean } => {
  const { number } = row
  if (!isReported(row))
    return { number, content: { action: 'withdraw' }, documentIndexes: [], isBad: false, isSafe: false }
  const { action, kind, result, sampledAt, reportedAt, documentIndexes } = row
  return {
    number,
    content: {
      action,
      kind,
      result,
      sampledAt: sampledAt.toISOString(),
      reportedAt: reportedAt.toISOString(),
    },
    documentIndexes,
    isBad: result === 'positive',
    isSafe: action === 'report' && result === 'negative',
  }
}

/** A row as it counts where something waited under its number: a report that waited was never there. */
export const afterWaiting = (row: ReadRow, superseded: Map<string, LaboratoryAction>): ReadRow[] => {
  if (superseded.get(row.number) !== 'report') return [row]
  return isReported(row) ? [{ ...row, action: 'report' }] : []
}

const instantOf = (text: string | undefined): Date => new Date(text ?? Number.NaN)

const readWaiting = (number: string, content: HeldContent, documentIndexes: Buffer[]): ReadRow =>
  content.action === 'withdraw'
    ? { action: 'withdraw', number }
    : {
        action: content.action ?? 'report',
        number,
        kind: content.kind ?? 'single',
        result: content.result ?? 'positive',
        sampledAt: instantOf(content.sampledAt),
        reportedAt: instantOf(content.reportedAt),
        documentIndexes,
      }

/** Takes what headquarters released; what a list brought under the same number meanwhile stays as it is. */
export const takeReleasedResults: TakeReleased = async (tx, caller, laboratory, waiting, now) => {
  const rows = waiting.flatMap(({ number, content, documentIndexes }) =>
    number === null ? [] : [readWaiting(number, content, documentIndexes)],
  )
  const there = await queries.findNumbers(
    tx,
    laboratory.partnerId,
    rows.map((row) => row.number),
  )
  const fitting = rows.filter((row) =>
    row.action === 'report' ? !there.has(row.number) : there.get(row.number) === 'there',
  )
  await takeRows(tx, caller, laboratory, fitting, now)
}

import { divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { openTable } from '../../../sheets/open-table.ts'
import { TableError } from '../../../sheets/table-row.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { readCategoryWords } from '../columns/category-words.ts'
import { chooseSheets, readRows } from '../file/check-file.ts'
import { withUploadedFile } from '../file/upload-file.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'
import * as imports from '../store/import.queries.ts'
import type { StoredSheet } from '../store/sheet-places.ts'
import * as staging from '../store/staging.queries.ts'
import * as works from '../store/work.queries.ts'
import { countEffect } from './count-effect.ts'
import { createStager } from './stage-rows.ts'

const ROWS = 1000
const MOST_ROWS = 2_000_000
/** A file that breaks the check every time must not be tried for ever. */
const MOST_ATTEMPTS = 10

type CheckParts = Pick<Parts, 'pool' | 'clock' | 'encryption'>
type Outcome = Omit<Parameters<typeof works.endCheck>[2], 'at'>

/** The work was cancelled, or another process has it. */
class Stopped extends Error {}

const refusedAs = (failure: string, failureDetails: string[] = []): Outcome => ({
  state: 'failed',
  failure,
  failureDetails,
})

const readFile = async (
  parts: CheckParts,
  work: works.Work,
  record: imports.ImportRecord,
  file: { path: string; sha256: Buffer; lines: number },
): Promise<Outcome> => {
  const { pool, clock, encryption } = parts
  const seen = divisionPrefix(record.division_code)
  const same = await works.findSameFile(pool, work.importId, file.sha256, seen)
  if (same) return refusedAs('same_file', [same])
  const table = await openTable(file.path)
  try {
    const ruleset = await getRulesetInForce(pool, clock())
    const choice = await chooseSheets(table, record.kind, record.sheet ?? undefined, ruleset.listWords)
    if (!choice.ok) return refusedAs(choice.failure, [...choice.missing])
    await works.setFile(pool, work.importId, {
      sha256: file.sha256,
      heading: encryption.encrypt(
        JSON.stringify(choice.sheets[0].cells),
        inRow('imports.heading', work.importId),
      ),
    })
    const divisions = await staging.listDivisionCodes(pool)
    const { stage, settle, refuse, tally } = await createStager(parts, record, { ruleset, divisions })
    const most = LIST_KINDS[record.kind].mostRows ?? MOST_ROWS
    const sheets: StoredSheet[] = []
    const bytes = { read: 0, all: choice.sheets.reduce((sum, { sheet }) => sum + sheet.bytes, 0) }
    let batch: Parameters<typeof stage>[0] = []
    const flush = async (): Promise<void> => {
      await stage(batch)
      batch = []
      // How many rows a workbook holds shows by the share of it that is read.
      const total = table.isText ? file.lines : Math.round((tally.read * bytes.all) / Math.max(1, bytes.read))
      if (!(await works.renewWork(pool, work, { stage: 'reading', done: tally.read, total })))
        throw new Stopped()
    }
    const reading = {
      kind: record.kind,
      nowMs: clock().getTime(),
      synonyms: ruleset.listWords,
      categories: readCategoryWords([ruleset, ...Object.values(ruleset.retired)]),
      onSheet: (name: string, after: number) => sheets.push({ name, after, rows: 0 }),
      onBytes: (count: number) => {
        bytes.read += count
      },
    }
    for await (const each of readRows(table, choice, reading)) {
      batch.push(each)
      const sheet = sheets.at(-1)
      if (sheet) sheet.rows += 1
      if (tally.read + batch.length > most) return refusedAs('too_many_rows', [String(most)])
      if (batch.length === ROWS) await flush()
    }
    await flush()
    await settle()
    if (tally.read === 0) return refusedAs('empty')
    const refusal = await refuse()
    if (refusal) return refusedAs(refusal.failure, refusal.details)
    return {
      state: 'checked',
      rowsRead: tally.read,
      rowsGood: tally.good,
      problems: tally.problems,
      sheets: table.isText ? [] : [...sheets, ...choice.unread.map((name) => ({ name, rows: 0 }))],
    }
  } finally {
    table.close()
  }
}

/**
 * Reads an uploaded list row by row, says what is wrong with which row and what the rest would do. Nothing has an effect
 * yet. Begun anew where a process broke off.
 */
export const checkImport = async (parts: CheckParts, work: works.Work): Promise<void> => {
  const { pool, clock } = parts
  const record = await imports.findImport(pool, clock(), work.importId)
  if (!record) return
  await inTransaction(pool, async (tx) => {
    await tx.query('delete from import_rows where import_id = $1::bigint', [work.importId])
    await tx.query('delete from import_errors where import_id = $1::bigint', [work.importId])
  })
  let outcome: Outcome
  // The figures are dated by the moment before the count begins: whoever registers during it may be missing in them.
  let at: Date | undefined
  try {
    outcome =
      work.attempts > MOST_ATTEMPTS
        ? refusedAs('check_failed')
        : await withUploadedFile(parts, work.importId, (file) => readFile(parts, work, record, file))
    if (outcome.state === 'checked') {
      at = clock()
      const impact = await countEffect(parts, work, record)
      if (!impact) throw new Stopped()
      outcome = { ...outcome, impact }
    }
  } catch (error) {
    if (error instanceof TableError) outcome = refusedAs(error.reason)
    else if (error instanceof Stopped) outcome = { state: 'cancelled' }
    else throw error
  }
  await inTransaction(pool, async (tx) => {
    const state = await works.endCheck(tx, work, { ...outcome, at: at ?? clock() })
    if (!state) return
    if (state === 'checked')
      await tx.query('delete from import_parts where import_id = $1::bigint', [work.importId])
    else await imports.dropContent(tx, work.importId, true)
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: `import.${state}`,
      objectKind: 'import',
      objectId: work.importId,
      details: {
        ...(outcome.failure ? { failure: outcome.failure } : {}),
        ...(outcome.rowsRead === undefined ? {} : { rows: outcome.rowsRead, good: outcome.rowsGood }),
      },
    })
  })
}

import { inTransaction } from '../../db/pool.ts'
import type { Parts } from '../../parts.ts'
import { openTable } from '../../tables/open-table.ts'
import { TableError } from '../../tables/table-row.ts'
import { writeAudit } from '../audit/audit.service.ts'
import { putAreas } from '../risk-area/risk-area.service.ts'
import { getRulesetInForce } from '../ruleset/ruleset.service.ts'
import { toAreas } from './areas.ts'
import { chooseSheet, readRows } from './check-file.ts'
import { listRows } from './effect.queries.ts'
import { computeAreaMoves, computeMoves } from './impact.ts'
import * as imports from './import.queries.ts'
import { CELLS_CONTEXT } from './import.service.ts'
import { createStager } from './stage-rows.ts'
import * as staging from './staging.queries.ts'
import { withUploadedFile } from './upload-file.ts'
import * as works from './work.queries.ts'

const ROWS = 1000
/** Areas and venues are looked at one by one when applied. */
const MOST_REGISTER_ROWS = 20_000
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
  const same = await works.findSameFile(pool, work.importId, file.sha256)
  if (same) return refusedAs('same_file', [same])
  const table = await openTable(file.path)
  try {
    const choice = await chooseSheet(table, record.kind, record.sheet ?? undefined)
    if (!choice.ok) return refusedAs('columns_missing', [...choice.missing])
    await works.setFile(pool, work.importId, {
      sha256: file.sha256,
      sheet: choice.sheet.name || null,
      heading: encryption.encrypt(JSON.stringify(choice.cells), CELLS_CONTEXT),
    })
    const { stage, tally } = createStager(parts, record, {
      ruleset: await getRulesetInForce(pool, clock()),
      divisions: await staging.listDivisionCodes(pool),
    })
    const isText = table.sheets.length === 1 && table.sheets[0]?.name === ''
    const most = record.kind === 'risk_areas' || record.kind === 'venues' ? MOST_REGISTER_ROWS : MOST_ROWS
    let batch: Parameters<typeof stage>[0] = []
    const flush = async (): Promise<void> => {
      await stage(batch)
      batch = []
      const progress = { stage: 'reading' as const, done: tally.read, total: isText ? file.lines : 0 }
      if (!(await works.renewWork(pool, work, progress))) throw new Stopped()
    }
    for await (const each of readRows(table, choice, { kind: record.kind, nowMs: clock().getTime() })) {
      batch.push(each)
      if (tally.read + batch.length > most) return refusedAs('too_many_rows', [String(most)])
      if (batch.length === ROWS) await flush()
    }
    await flush()
    if (tally.read === 0) return refusedAs('empty')
    return { state: 'checked', rowsRead: tally.read, rowsGood: tally.good, problems: tally.problems }
  } finally {
    table.close()
  }
}

const compare = async (
  { pool, clock }: CheckParts,
  work: works.Work,
  record: imports.ImportRecord,
): Promise<imports.StoredImpact> => {
  const { persons, unregistered } = await staging.countStaged(pool, work.importId)
  const now = clock()
  const moves =
    record.kind === 'risk_areas'
      ? await computeAreaMoves(pool, now, async (tx) =>
          putAreas(tx, toAreas(await listRows(tx, work.importId, 0, MOST_REGISTER_ROWS), now), now),
        )
      : await computeMoves(pool, work.importId, now, (done) =>
          works.renewWork(pool, work, { stage: 'comparing', done, total: persons }),
        )
  if (!moves) throw new Stopped()
  const known = record.kind === 'test_results' ? 0 : await staging.countKnown(pool, work.importId)
  return {
    persons,
    unregistered,
    known,
    moves,
    categories: await staging.countCategories(pool, work.importId),
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
  try {
    outcome =
      work.attempts > MOST_ATTEMPTS
        ? refusedAs('check_failed')
        : await withUploadedFile(parts, work.importId, (file) => readFile(parts, work, record, file))
    if (outcome.state === 'checked') outcome = { ...outcome, impact: await compare(parts, work, record) }
  } catch (error) {
    if (error instanceof TableError) outcome = refusedAs(error.reason)
    else if (error instanceof Stopped) outcome = { state: 'cancelled' }
    else throw error
  }
  await inTransaction(pool, async (tx) => {
    if (!(await works.endCheck(tx, work, { ...outcome, at: clock() }))) return
    if (outcome.state === 'checked')
      await tx.query('delete from import_parts where import_id = $1::bigint', [work.importId])
    else await imports.dropContent(tx, work.importId, true)
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: `import.${outcome.state}`,
      objectKind: 'import',
      objectId: work.importId,
      details: {
        ...(outcome.failure ? { failure: outcome.failure } : {}),
        ...(outcome.rowsRead === undefined ? {} : { rows: outcome.rowsRead, good: outcome.rowsGood }),
      },
    })
  })
}

import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { tellContactsOfImport } from '../../colours/facts/contacts.service.ts'
import { createVenueService, type ImportedVenue } from '../../doors/venue/venue.service.ts'
import { storeResults } from '../../inflow/laboratory/laboratory.service.ts'
import { putAreas } from '../../inflow/risk-area/risk-area.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { holdZones } from '../../measures/zone/zone.queries.ts'
import { applyCorrections, toResult } from '../effect/apply-corrections.ts'
import { applyEnds } from '../effect/apply-ends.ts'
import { toAreas } from '../effect/areas.ts'
import { countVanishedNumbers } from '../effect/corrections.queries.ts'
import * as queries from '../effect/effect.queries.ts'
import { Overtaken } from '../effect/overtaken.ts'
import { countRetiredRows } from '../effect/retired-rows.ts'
import * as imports from '../store/import.queries.ts'
import { countStaged } from '../store/staging.queries.ts'
import * as works from '../store/work.queries.ts'

const FINDINGS_AT_ONCE = 5000
const ROWS_AT_ONCE = 1000
/** A list that broke off so often will break off again. */
const MOST_ATTEMPTS = 5

type ApplyParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'venueCodeMac' | 'log'>
type Report = (rows: number) => Promise<void>

/** Holds the zones that rows name until commit. @returns how many rows name one that was lifted since the list was checked */
const countLiftedRows = async (tx: Transaction, importId: string): Promise<number> => {
  const named = await queries.countZoneRows(tx, importId)
  const lifted = new Set(
    await holdZones(
      tx,
      named.map(({ zoneId }) => zoneId),
    ),
  )
  return named.reduce((sum, { zoneId, rows }) => sum + (lifted.has(zoneId) ? rows : 0), 0)
}

const applyFindings = async (
  tx: Transaction,
  record: imports.ImportRecord,
  { last, now }: { last: number; now: Date },
  report: Report,
): Promise<void> => {
  const { import_id } = record
  const retired = await countRetiredRows(tx, record, now)
  if (retired > 0) throw new Overtaken('category_retired', retired)
  const lifted = await countLiftedRows(tx, import_id)
  if (lifted > 0) throw new Overtaken('zone_lifted', lifted)
  await queries.matchPersons(tx, import_id)
  let done = 0
  for (let after = 0; after < last; after += FINDINGS_AT_ONCE) {
    done += await queries.insertFindings(tx, import_id, after, after + FINDINGS_AT_ONCE)
    await report(done)
  }
  const followers = await tellContactsOfImport(tx, import_id)
  await queries.markConcerned(tx, import_id, 'import', followers)
}

/** Hands the rows on in order, some at a time. */
const eachRows = async (
  tx: Transaction,
  importId: string,
  report: Report,
  take: (rows: queries.EffectRow[]) => Promise<void>,
): Promise<void> => {
  let done = 0
  for (let after = 0; ; ) {
    const rows = await queries.listRows(tx, importId, after, ROWS_AT_ONCE)
    const last = rows.at(-1)
    if (!last) return
    await take(rows)
    after = last.row_number
    done += rows.length
    await report(done)
  }
}

const applyTests = async (
  tx: Transaction,
  record: imports.ImportRecord,
  now: Date,
  report: Report,
): Promise<number> => {
  await queries.holdKind(tx, record.kind)
  const taken = await queries.countTakenNumbers(tx, record.import_id)
  if (taken > 0) throw new Overtaken('number_exists', taken)
  const vanished = await countVanishedNumbers(tx, record.import_id)
  if (vanished > 0) throw new Overtaken('number_changed', vanished)
  await queries.matchPersons(tx, record.import_id)
  const laboratory = {
    partnerId: record.partner_id ?? '',
    name: record.laboratory ?? '',
    importId: record.import_id,
  }
  await eachRows(tx, record.import_id, report, (rows) =>
    storeResults(
      tx,
      { kind: 'system' },
      laboratory,
      rows.map((row) => toResult(row, record, now)),
      now,
    ),
  )
  const { numbers, persons } = await applyCorrections(tx, record, now)
  await queries.markConcerned(tx, record.import_id, 'test', persons)
  return numbers
}

const applyVenues = async (
  parts: ApplyParts,
  tx: Transaction,
  record: imports.ImportRecord,
  report: Report,
): Promise<void> => {
  await queries.holdKind(tx, record.kind)
  const taken = await queries.countTakenVenues(tx, record.import_id)
  if (taken > 0) throw new Overtaken('venue_exists', taken)
  const venues = createVenueService(parts)
  return eachRows(tx, record.import_id, report, async (rows) => {
    for (const row of rows)
      await venues.addImportedVenue(tx, row.data as unknown as ImportedVenue, {
        appliedBy: record.uploaded_by,
        importId: record.import_id,
      })
  })
}

/** @returns what the audit entry says of it besides the rows; `left`: how many of them were left out */
const applyRows = async (
  parts: ApplyParts,
  tx: Transaction,
  record: imports.ImportRecord,
  last: number,
  report: Report,
): Promise<(Record<string, unknown> & { left?: number }) | undefined> => {
  const now = parts.clock()
  switch (record.kind) {
    case 'finding_ends':
      return applyEnds(parts, tx, record, { last, now }, report)
    case 'findings':
    case 'home_monitoring':
      await applyFindings(tx, record, { last, now }, report)
      return undefined
    case 'test_results':
      return { replaced: await applyTests(tx, record, now, report) }
    case 'risk_areas':
      await eachRows(tx, record.import_id, report, async (rows) => {
        await putAreas(tx, toAreas(rows, now), now)
      })
      return undefined
    case 'venues':
      await applyVenues(parts, tx, record, report)
      return undefined
  }
}

/** Nothing of the list is written, and nothing is kept of it. */
const giveUp = (
  { pool }: Pick<Parts, 'pool'>,
  work: works.Work,
  failure: string,
  details: string[] = [],
): Promise<void> =>
  inTransaction(pool, async (tx) => {
    if (!(await works.failApply(tx, work, failure, details))) return
    await imports.dropContent(tx, work.importId, true)
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: 'import.failed',
      objectKind: 'import',
      objectId: work.importId,
      details: { failure },
    })
  })

/**
 * Writes every row of an approved list in one transaction: all of them or, whatever happens, none. How far it is shows
 * beside it, over another connection. Begun anew where a process broke off.
 */
export const applyImport = async (parts: ApplyParts, work: works.Work): Promise<void> => {
  const { pool, clock } = parts
  if (work.attempts > MOST_ATTEMPTS) return giveUp(parts, work, 'apply_failed')
  const record = await imports.findImport(pool, clock(), work.importId)
  if (!record) return
  const { rows, last } = await countStaged(pool, work.importId)
  const report: Report = async (done) => {
    await works.renewWork(pool, work, { stage: 'applying', done, total: rows })
  }
  const applied = inTransaction(pool, async (tx) => {
    const did = await applyRows(parts, tx, record, last, report)
    await tx.query('delete from import_rows where import_id = $1::bigint', [work.importId])
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: 'import.applied',
      objectKind: 'import',
      objectId: work.importId,
      details: {
        rows,
        kind: record.kind,
        sha256: record.file_sha256?.toString('hex'),
        proposalId: record.proposal_id,
        ...did,
      },
    })
    const left = did?.left ?? 0
    if (!(await works.endApply(tx, work, { rows: rows - left, left }, clock())))
      throw new Error('another process applies the list')
  })
  await applied.catch((error: unknown) => {
    if (!(error instanceof Overtaken)) throw error
    return giveUp(parts, work, error.reason, [String(error.rows)])
  })
}

import type { Transaction } from '../../../db/pool.ts'
import { replaceResults } from '../../inflow/laboratory/laboratory.service.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import { listCorrections } from './corrections.queries.ts'
import type { EffectRow } from './effect.queries.ts'

const NUMBERS_AT_ONCE = 500

/** A staged result as its laboratory stores it. */
export const toResult = (row: EffectRow, record: ImportRecord, now: Date) => ({
  number: row.number ?? '',
  personId: row.person_id,
  documentIndex: row.document_index ?? Buffer.alloc(0),
  sampledAt: row.at ?? now,
  reportedAt: record.uploaded_at,
  result: row.result ?? 'negative',
  kind: row.kind ?? 'single',
})

/**
 * Corrects and withdraws what the rows say, number by number, as if the laboratory had pushed it.
 * @returns how many numbers were corrected or withdrawn, and the persons concerned, whom the caller marks
 */
export const applyCorrections = async (
  tx: Transaction,
  record: ImportRecord,
  now: Date,
): Promise<{ numbers: number; persons: string[] }> => {
  const byNumber = new Map<string, EffectRow[]>()
  for (const row of await listCorrections(tx, record.import_id)) {
    const rows = byNumber.get(row.number ?? '') ?? []
    byNumber.set(row.number ?? '', rows)
    if (row.action === 'correct') rows.push(row)
  }
  const laboratory = { partnerId: record.partner_id ?? '', name: record.laboratory ?? '' }
  const numbers = [...byNumber.keys()]
  const persons = new Set<string>()
  for (let from = 0; from < numbers.length; from += NUMBERS_AT_ONCE) {
    const some = numbers.slice(from, from + NUMBERS_AT_ONCE)
    const corrected = some.flatMap((number) => byNumber.get(number) ?? [])
    const concerned = await replaceResults(
      tx,
      { kind: 'system' },
      laboratory,
      { numbers: some, rows: corrected.map((row) => toResult(row, record, now)) },
      now,
    )
    for (const personId of concerned) persons.add(personId)
  }
  return { numbers: numbers.length, persons: [...persons] }
}

import { createHash } from 'node:crypto'
import { isSameName } from '@jiankangbao/domain/written/person-name'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { TableRow } from '../../../sheets/table-row.ts'
import type { ListRow, Parsed } from '../columns/reading.ts'
import type { CheckContext, CheckParts, LookedRow } from '../kinds/kind.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import * as queries from '../store/staging.queries.ts'

/** Refused rows kept for the list of errors; beyond it they are counted only. */
const MOST_ERRORS = 100_000

const NOTHING_SAID: queries.StagedColumns = {
  at: null,
  category: null,
  evidence: null,
  number: null,
  result: null,
  kind: null,
  data: null,
  workplace: null,
  zoneId: null,
  contactPersonId: null,
}

interface StageTally {
  read: number
  good: number
  problems: Record<string, number>
  errors: number
}

interface Refused {
  row: TableRow
  problems: string[]
  /** The row that it repeats. */
  detail?: number
}

interface Good {
  row: TableRow
  staged: queries.StagedRow
  /** The problem that it has as long as no other row takes it away. */
  unsettled: string | undefined
}

const rowKeyOf = (row: ListRow): Buffer =>
  createHash('sha256').update(row.key.join('\u0000')).digest().subarray(0, 16)

/**
 * Has the kind of a list hold its parsed rows against what is known here and keeps them: the good ones to be applied, the
 * refused ones for their author.
 */
export const createStager = async (parts: CheckParts, record: ImportRecord, context: CheckContext) => {
  const { pool, encryption } = parts
  const checker = await LIST_KINDS[record.kind].check(parts, record, context)
  const tally: StageTally = { read: 0, good: 0, problems: {}, errors: 0 }

  const lookForPersons = async (
    rows: { row: TableRow; parsed: ListRow }[],
  ): Promise<LookedRow<ListRow>[]> => {
    const indexes = rows.map(({ parsed: { document } }) =>
      document === undefined ? null : encryption.blindIndex('document', document),
    )
    const wanted = indexes.filter((index) => index !== null)
    const persons = wanted.length > 0 ? await queries.findPersons(pool, wanted) : new Map()
    return rows.map(({ row: { rowNumber }, parsed: row }, place) => {
      const documentIndex = indexes[place] ?? null
      const person: queries.KnownPerson | undefined =
        documentIndex === null ? undefined : persons.get(documentIndex.toString('hex'))
      const otherwise =
        person &&
        row.name &&
        !isSameName(
          encryption.decrypt(person.nameEncrypted, inRow('persons.name', person.personId)),
          row.name,
        )
      return { rowNumber, row, documentIndex, person, nameProblems: otherwise ? ['name_mismatch'] : [] }
    })
  }

  const toError = ({ row, problems, detail }: Refused): queries.RefusedRow => ({
    rowNumber: row.rowNumber,
    problems,
    detail: detail === undefined ? null : String(detail),
    cells: encryption.encrypt(
      JSON.stringify(row.cells),
      inRow('import_errors.cells', record.import_id, row.rowNumber),
    ),
  })

  const keep = (tx: Transaction, refused: Refused[]): Promise<void> => {
    const kept = refused.slice(0, Math.max(0, MOST_ERRORS - tally.errors)).map(toError)
    tally.errors += kept.length
    return kept.length > 0 ? queries.insertErrors(tx, record.import_id, kept) : Promise.resolve()
  }

  const count = (problem: string, rows: number): void => {
    tally.problems[problem] = (tally.problems[problem] ?? 0) + rows
  }

  /** Stages the next rows of the file, in one transaction. */
  const stage = async (rows: { row: TableRow; parsed: Parsed<ListRow> }[]): Promise<void> => {
    const refused: Refused[] = []
    const read: { row: TableRow; parsed: ListRow }[] = []
    for (const { row, parsed } of rows) {
      if (parsed.ok) read.push({ row, parsed: parsed.row })
      else refused.push({ row, problems: parsed.problems })
    }
    const looked = await lookForPersons(read)
    const verdicts = await checker.check(looked)
    const good = new Map<number, Good>()
    looked.forEach(({ rowNumber, row: parsed, documentIndex, person }, place) => {
      const row = read[place]?.row
      const verdict = verdicts[place]
      if (!row || !verdict) throw new Error('a row was not looked at')
      if (!verdict.ok) refused.push({ row, problems: verdict.problems })
      else {
        const it = { rowNumber, rowKey: rowKeyOf(parsed), documentIndex, personId: person?.personId ?? null }
        const staged = { ...NOTHING_SAID, ...verdict.columns, ...it }
        good.set(rowNumber, { row, staged, unsettled: verdict.unsettled })
      }
    })
    await inTransaction(pool, async (tx) => {
      const staged = [...good.values()].map((each) => each.staged)
      const repeats = await queries.insertRows(tx, record.import_id, staged)
      for (const [rowNumber, detail] of repeats) {
        const row = good.get(rowNumber)?.row
        good.delete(rowNumber)
        if (row) refused.push({ row, problems: ['repeated'], detail })
      }
      await keep(tx, refused)
      const errors = [...good.values()].flatMap(({ row, unsettled }) =>
        unsettled === undefined ? [] : [toError({ row, problems: [unsettled] })],
      )
      if (errors.length > 0) await queries.insertErrors(tx, record.import_id, errors)
    })
    tally.read += rows.length
    tally.good += rows.length - refused.length
    for (const { problems } of refused) for (const problem of problems) count(problem, 1)
  }

  /** Refuses the rows that no other row settled. Once, after all rows are staged. */
  const settle = async (): Promise<void> => {
    const lost = checker.settle && (await inTransaction(pool, checker.settle))
    if (!lost || lost.rows === 0) return
    tally.good -= lost.rows
    tally.errors += lost.rows
    count(lost.problem, lost.rows)
  }

  return { stage, settle, refuse: async () => checker.refuse?.(), tally }
}

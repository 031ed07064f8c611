import { createHash } from 'node:crypto'
import { findHeading, type Heading, type ImportKind } from '../../tables/headings.ts'
import type { OpenTable } from '../../tables/open-table.ts'
import type { TableRow } from '../../tables/table-row.ts'
import { parseImportRow } from './import-row.ts'
import type { ParsedImportRow, RowProblem } from './parsed-row.ts'

const HEADING_WITHIN = 10

export type CheckedRow = { row: TableRow; problems: RowProblem[]; firstRow: number | undefined }

export type FileCheck = {
  sheet: string
  rows: number
  good: number
  counts: Partial<Record<RowProblem, number>>
}

type Sheet = OpenTable['sheets'][number]

const headingOf = async (kind: ImportKind, sheet: Sheet): Promise<Heading & { first: TableRow[] }> => {
  const first: TableRow[] = []
  for await (const row of sheet.rows()) {
    first.push(row)
    if (first.length === HEADING_WITHIN) break
  }
  return { ...findHeading(kind, first), first }
}

export type SheetChoice =
  | { ok: true; sheet: Sheet; heading: Extract<Heading, { ok: true }>; cells: string[] }
  | { ok: false; missing: readonly string[] }

/** The named sheet, or the first with the columns that the kind needs; else what the last one tried lacks. */
export const chooseSheet = async (
  table: OpenTable,
  kind: ImportKind,
  name?: string,
): Promise<SheetChoice> => {
  let missing: readonly string[] = []
  for (const sheet of table.sheets) {
    if (name !== undefined && sheet.name !== name) continue
    const heading = await headingOf(kind, sheet)
    if (heading.ok) {
      const cells = heading.first.find((row) => row.rowNumber === heading.rowNumber)?.cells ?? []
      return { ok: true, sheet, heading, cells }
    }
    missing = heading.missing
  }
  return { ok: false, missing }
}

/** 90 bits of a hash: shorter in memory than the texts, and chance cannot make two rows of a million alike. */
const keyOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('base64').slice(0, 15)

/** Every row under the heading, parsed. Changes nothing and looks nobody up. */
export async function* readRows(
  table: OpenTable,
  choice: Extract<SheetChoice, { ok: true }>,
  { kind, nowMs }: { kind: ImportKind; nowMs: number },
): AsyncGenerator<{ row: TableRow; parsed: ParsedImportRow }> {
  const context = { kind, columns: choice.heading.columns, dateSystem: table.dateSystem, nowMs }
  for await (const row of choice.sheet.rows())
    if (row.rowNumber > choice.heading.rowNumber) yield { row, parsed: parseImportRow(row, context) }
}

/**
 * Reads every row under the heading and hands the bad ones to `onBadRow`, in the order of the file. Stops when the signal
 * is aborted (throws its reason).
 */
export const checkRows = async (
  table: OpenTable,
  choice: Extract<SheetChoice, { ok: true }>,
  options: {
    kind: ImportKind
    nowMs: number
    signal?: AbortSignal
    onBadRow: (bad: CheckedRow) => Promise<void> | void
  },
): Promise<FileCheck> => {
  const seen = new Map<string, number>()
  const check: FileCheck = { sheet: choice.sheet.name, rows: 0, good: 0, counts: {} }
  for await (const { row, parsed } of readRows(table, choice, options)) {
    options.signal?.throwIfAborted()
    check.rows += 1
    let problems: RowProblem[] = parsed.ok ? [] : parsed.problems
    let firstRow: number | undefined
    if (parsed.ok) {
      const key = keyOf(parsed.row.key)
      firstRow = seen.get(key)
      if (firstRow === undefined) seen.set(key, row.rowNumber)
      else problems = ['repeated']
    }
    if (problems.length === 0) check.good += 1
    else await options.onBadRow({ row, problems, firstRow })
    for (const problem of problems) check.counts[problem] = (check.counts[problem] ?? 0) + 1
  }
  return check
}

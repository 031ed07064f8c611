import { createHash } from 'node:crypto'
import { isLines } from '@jiankangbao/domain/bounds'
import type { ImportKind } from '@jiankangbao/domain/vocabulary/lists'
import { type ListSynonyms, readSynonyms, SYNONYM_FIELDS } from '@jiankangbao/domain/written/list-synonyms'
import { wordKey } from '@jiankangbao/domain/written/word'
import { plainCell } from '../../../sheets/cell-values.ts'
import type { OpenTable, TableSheet } from '../../../sheets/open-table.ts'
import { TableError, type TableRow } from '../../../sheets/table-row.ts'
import type { CategoryWords } from '../columns/category-words.ts'
import {
  findHeading,
  type Heading,
  type HeadingRefusal,
  type HeadingWords,
  type Positions,
  plainHeading,
} from '../columns/heading.ts'
import type { Cells, ListRow, Parsed, ReadingContext } from '../columns/reading.ts'
import { KNOWN_COLUMNS, LIST_KINDS } from '../kinds/kinds.ts'

const HEADING_WITHIN = 10

/** Headings that headquarters added, as headings are compared. */
const headingWords = (added: ListSynonyms | undefined): HeadingWords =>
  new Map(
    Object.entries(added?.heading ?? {}).flatMap(([column, words]) =>
      words.map((word) => [plainHeading(word), column] as const),
    ),
  )

export type CheckedRow = { row: TableRow; problems: string[]; firstRow: number | undefined }

export type FileCheck = {
  sheets: string[]
  rows: number
  good: number
  counts: Record<string, number>
}

const headingOf = async (
  kind: ImportKind,
  sheet: TableSheet,
  synonyms: HeadingWords,
): Promise<Heading & { first: TableRow[] }> => {
  const first: TableRow[] = []
  for await (const row of sheet.rows()) {
    first.push(row)
    if (first.length === HEADING_WITHIN) break
  }
  const { template, needed, also = [] } = LIST_KINDS[kind].columns
  const own = [...new Set([...template, ...needed, ...also])]
  return { ...findHeading(KNOWN_COLUMNS, { needed, own }, first, synonyms), first }
}

interface ChosenSheet {
  sheet: TableSheet
  heading: Extract<Heading, { ok: true }>
  cells: string[]
}

export type SheetChoice =
  | { ok: true; sheets: [ChosenSheet, ...ChosenSheet[]]; unread: string[] }
  | HeadingRefusal

type Unread = { refusal: HeadingRefusal } | { error: TableError }

/** A sheet to be read, or why not; undefined where it is empty. */
const lookAt = async (
  kind: ImportKind,
  sheet: TableSheet,
  synonyms: HeadingWords,
): Promise<ChosenSheet | Unread | undefined> => {
  try {
    const heading = await headingOf(kind, sheet, synonyms)
    if (heading.first.length === 0) return undefined
    if (!heading.ok) return { refusal: heading }
    const cells = heading.first.find((row) => row.rowNumber === heading.rowNumber)?.cells ?? []
    return { sheet, heading, cells }
  } catch (error) {
    if (error instanceof TableError) return { error }
    throw error
  }
}

/** What the best of the sheets lacks. A wrong delimiter may make one endless cell of a row: that says nothing. */
const refuseAll = (table: OpenTable, other: { look: Unread }[]): SheetChoice => {
  const errors = other.flatMap(({ look }) => ('error' in look ? [look.error] : []))
  const refusals = other.flatMap(({ look }) => ('refusal' in look ? [look.refusal] : []))
  const [error] = errors
  if (error && !(table.isText && refusals.length > 0)) throw error
  const [best] = refusals.sort((one, other) => one.missing.length - other.missing.length)
  return best ?? { ok: false, failure: 'columns_missing', missing: [] }
}

/**
 * The sheets with the columns that the kind needs, or the named one alone; beside them the names of sheets that hold
 * something else. Of a text, the reading whose heading is found.
 * @throws TableError where no sheet has the columns and one could not be read; `sheet_missing`
 */
export const chooseSheets = async (
  table: OpenTable,
  kind: ImportKind,
  name?: string,
  added?: ListSynonyms,
): Promise<SheetChoice> => {
  const synonyms: HeadingWords = headingWords(added)
  const wanted =
    name === undefined || table.isText ? table.sheets : table.sheets.filter((each) => each.name === name)
  if (wanted.length === 0) throw new TableError('sheet_missing')
  const chosen: ChosenSheet[] = []
  const other: { name: string; look: Unread }[] = []
  for (const sheet of wanted) {
    const look = await lookAt(kind, sheet, synonyms)
    // Nobody would notice that one sheet of several was left out for it.
    if (look && 'refusal' in look && look.refusal.failure !== 'columns_missing') return look.refusal
    if (look && 'sheet' in look) chosen.push(look)
    else if (look) other.push({ name: sheet.name, look })
    if (table.isText && chosen.length > 0) break
  }
  const [first, ...rest] = chosen
  if (!first) return refuseAll(table, other)
  return { ok: true, sheets: [first, ...rest], unread: table.isText ? [] : other.map(({ name }) => name) }
}

/** 90 bits of a hash: shorter in memory than the texts, and chance cannot make two rows of a million alike. */
const keyOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('base64').slice(0, 15)

/** The cells of a row in the order of the first sheet's columns, so that one heading stands above them all. */
const align = (row: TableRow, own: ChosenSheet, first: ChosenSheet): TableRow => {
  if (own === first || own.cells.join('\u0000') === first.cells.join('\u0000')) return row
  const cells = first.cells.map(() => '')
  for (const [column, position] of first.heading.columns)
    cells[position] = row.cells[own.heading.columns.get(column) ?? -1] ?? ''
  return { ...row, cells }
}

interface Reading {
  kind: ImportKind
  nowMs: number
  categories: CategoryWords
  synonyms?: ListSynonyms | undefined
  /** Told of every sheet as its reading begins: the numbers of its rows follow on the given one. */
  onSheet?: (name: string, after: number) => void
  onBytes?: (bytes: number) => void
}

/** What a kind says of a cell that it does not know, by the column. */
const UNKNOWN_CELL: Readonly<Record<string, readonly string[]>> = {
  anchor: ['time_invalid'],
  sampled: ['time_invalid'],
  category: ['category_unknown'],
  result: ['result_unknown'],
  level: ['level_unknown'],
  division: ['division_unknown'],
}

/** Of merged cells only the first has a text: the others are called empty, not unknown. */
const nameEmpty = (kind: ImportKind, cell: Cells, problems: readonly string[]): string[] => {
  const empty = LIST_KINDS[kind].columns.needed.filter((column) => cell(column) === '')
  const unknown = new Set(empty.flatMap(({ id }) => UNKNOWN_CELL[id] ?? []))
  const left = problems.filter((problem) => !unknown.has(problem))
  return left.length < problems.length ? [...left, 'cell_empty'] : left
}

/** Reads one row after the other as its kind does. */
const rowReader = (kind: ImportKind, columns: Positions, context: ReadingContext) => {
  const positions = [...new Set(columns.values())]
  const places = new Map([...columns].map(([column, position]) => [column, positions.indexOf(position)]))
  const added = new Map(
    SYNONYM_FIELDS.map((field) => [field as string, readSynonyms(context.synonyms, field)]),
  )
  return (row: TableRow): Parsed<ListRow> => {
    const texts = positions.map((position) => plainCell(row.cells[position] ?? ''))
    // One such character would fail the statement that writes a thousand rows. What is not read is not kept either.
    if (texts.some((text) => !isLines(text))) return { ok: false, problems: ['characters_invalid'] }
    if (row.hidden) return { ok: false, problems: ['row_hidden'] }
    const cell: Cells = (column) => {
      const text = texts[places.get(column) ?? -1] ?? ''
      // What the programme knows itself means what it always meant.
      return column.read(text) === undefined ? (added.get(column.id)?.get(wordKey(text)) ?? text) : text
    }
    const parsed = LIST_KINDS[kind].parse(cell, context)
    return parsed.ok ? parsed : { ok: false, problems: nameEmpty(kind, cell, parsed.problems) }
  }
}

/** Every row under the headings, parsed, numbered through all sheets. Changes nothing and looks nobody up. */
export async function* readRows(
  table: OpenTable,
  { sheets }: Extract<SheetChoice, { ok: true }>,
  { kind, nowMs, categories, synonyms, onSheet, onBytes }: Reading,
): AsyncGenerator<{ row: TableRow; parsed: Parsed<ListRow> }> {
  let after = 0
  for (const chosen of sheets) {
    const { rowNumber: headingRow, columns } = chosen.heading
    const parse = rowReader(kind, columns, {
      categories,
      ...(synonyms ? { synonyms } : {}),
      dateSystem: table.dateSystem,
      nowMs,
    })
    let last = 0
    onSheet?.(chosen.sheet.name, after)
    for await (const row of chosen.sheet.rows(onBytes)) {
      last = row.rowNumber
      if (last <= headingRow) continue
      yield { row: align({ ...row, rowNumber: after + last }, chosen, sheets[0]), parsed: parse(row) }
    }
    after += last
  }
}

/**
 * Reads every row under the heading and hands the bad ones to `onBadRow`, in the order of the file. Stops when the signal
 * is aborted (throws its reason).
 */
export const checkRows = async (
  table: OpenTable,
  choice: Extract<SheetChoice, { ok: true }>,
  options: Reading & {
    signal?: AbortSignal
    onBadRow: (bad: CheckedRow) => Promise<void> | void
  },
): Promise<FileCheck> => {
  const seen = new Map<string, number>()
  const check: FileCheck = {
    sheets: choice.sheets.map(({ sheet }) => sheet.name),
    rows: 0,
    good: 0,
    counts: {},
  }
  for await (const { row, parsed } of readRows(table, choice, options)) {
    options.signal?.throwIfAborted()
    check.rows += 1
    let problems: string[] = parsed.ok ? [] : parsed.problems
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

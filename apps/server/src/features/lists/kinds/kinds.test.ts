import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IMPORT_KINDS, UNDOABLE_IMPORT_KINDS } from '@jiankangbao/domain/vocabulary/lists'
import { afterAll, describe, expect, it } from 'vitest'
import { openTable } from '../../../sheets/open-table.ts'
import { SHIPPED_CATEGORY_WORDS } from '../columns/category-words.ts'
import { checkRows, chooseSheets } from '../file/check-file.ts'
import { templateOf } from '../file/template.ts'
import { LIST_KINDS, PROBLEM_WORDS } from './kinds.ts'

const folder = mkdtempSync(join(tmpdir(), 'jkb-kinds-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The numbers in templates fail their check digit and end as if a spreadsheet had cut them. */
const OF_INVENTED_NUMBERS = new Set(['document_invalid', 'document_rounded', 'contact_damaged'])

/** What is wrong with the rows of a kind's own template. */
const checkTemplate = async (kind: (typeof IMPORT_KINDS)[number]) => {
  const path = join(folder, kind)
  writeFileSync(path, templateOf(kind, SHIPPED_CATEGORY_WORDS))
  const table = await openTable(path)
  try {
    const choice = await chooseSheets(table, kind)
    if (!choice.ok) return { missing: choice.missing }
    const categories = SHIPPED_CATEGORY_WORDS
    const nowMs = Date.parse('2022-03-20T00:00:00Z')
    const { counts } = await checkRows(table, choice, { kind, nowMs, categories, onBadRow: () => undefined })
    return { missing: [], problems: Object.keys(counts) }
  } finally {
    table.close()
  }
}

describe.each(IMPORT_KINDS)('a list of %s', (kind) => {
  const { columns, template, undo } = LIST_KINDS[kind]

  it('has the columns that it needs in its template, and a cell for each in every row', () => {
    expect(columns.template).toEqual(expect.arrayContaining([...columns.needed]))
    const rows = template(SHIPPED_CATEGORY_WORDS)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => columns.template.length))
  })

  it('reads its own template, where nothing is wrong but the invented numbers', async () => {
    const { missing, problems = [] } = await checkTemplate(kind)
    expect(missing).toEqual([])
    expect(problems.filter((problem) => !OF_INVENTED_NUMBERS.has(problem))).toEqual([])
    for (const problem of problems) expect(PROBLEM_WORDS[problem]).toBeTruthy()
  })

  it('can be undone where clients say so', () => {
    expect(undo !== undefined).toBe(UNDOABLE_IMPORT_KINDS.includes(kind))
  })
})

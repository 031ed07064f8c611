import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { IMPORT_KINDS } from '@jiankangbao/domain/vocabulary/lists'
import { SHIPPED_CATEGORY_WORDS } from '../features/lists/columns/category-words.ts'
import { checkRows, chooseSheets } from '../features/lists/file/check-file.ts'
import { createErrorFile } from '../features/lists/file/error-file.ts'
import { isImportKind, PROBLEM_WORDS } from '../features/lists/kinds/kinds.ts'
import type { StoredSheet } from '../features/lists/store/sheet-places.ts'
import { openTable } from '../sheets/open-table.ts'
import type { Answer } from './audit.ts'

const FAILURES = {
  columns_missing: '找不到表头 No heading; missing',
  columns_ambiguous: '有两列是同一个意思 Two columns mean the same',
  columns_hidden: '隐藏的列会决定结果 Hidden columns would decide',
}

/**
 * Reads a list as an import would and reports its rows with errors; nothing is stored and nobody is looked up. The file of
 * errors holds personal data: it is made for its owner only and never over another file. Exit code 1 with bad rows.
 */
export const checkImport = async (args: string[]): Promise<Answer> => {
  const { values } = parseArgs({
    args,
    options: {
      kind: { type: 'string' },
      file: { type: 'string' },
      sheet: { type: 'string' },
      errors: { type: 'string' },
    },
  })
  const { kind, file } = values
  if (!file || !isImportKind(kind)) throw new Error(`--kind ${IMPORT_KINDS.join('|')} and --file are needed.`)
  const table = await openTable(file)
  try {
    const choice = await chooseSheets(table, kind, values.sheet)
    if (!choice.ok) return { text: `${FAILURES[choice.failure]}: ${choice.missing.join(', ')}`, exitCode: 1 }
    const out = values.errors ? createWriteStream(values.errors, { flags: 'wx', mode: 0o600 }) : undefined
    if (out) await once(out, 'open')
    const sheets: StoredSheet[] = []
    const errors = createErrorFile(choice.sheets[0].cells, SHIPPED_CATEGORY_WORDS, sheets)
    out?.write(errors.heading)
    const check = await checkRows(table, choice, {
      kind,
      nowMs: Date.now(),
      categories: SHIPPED_CATEGORY_WORDS,
      onSheet: (name, after) => sheets.push({ name, after, rows: 0 }),
      onBadRow: async (bad) => {
        if (out && !out.write(errors.line(bad))) await once(out, 'drain')
      },
    })
    if (out) await once(out.end(), 'close')
    const counts = Object.entries(check.counts).map(
      ([problem, count]) => `${String(count).padStart(9)}  ${PROBLEM_WORDS[problem]}`,
    )
    const unread =
      choice.unread.length > 0 ? [`未读的工作表 Sheets not read: ${choice.unread.join(', ')}`] : []
    const text = [`${check.rows} 行 rows, ${check.good} 行可用 good`, ...unread, ...counts].join('\n')
    return { text, exitCode: check.good === check.rows ? 0 : 1 }
  } finally {
    table.close()
  }
}

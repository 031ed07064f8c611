import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { IMPORT_KINDS, type ImportKind } from '@jiankangbao/domain/vocabulary/lists'
import { SHIPPED_CATEGORY_WORDS } from '../features/lists/columns/category-words.ts'
import { checkRows, chooseSheets } from '../features/lists/file/check-file.ts'
import { createErrorFile } from '../features/lists/file/error-file.ts'
import { isImportKind, PROBLEM_WORDS } from '../features/lists/kinds/kinds.ts'
import type { StoredSheet } from '../features/lists/store/sheet-places.ts'
import { openTable } from '../sheets/open-table.ts'
import { TableError, type TableRefusal } from '../sheets/table-row.ts'
import type { Answer } from './audit.ts'

const FAILURES = {
  columns_missing: '找不到表头 No heading; missing',
  columns_ambiguous: '有两列是同一个意思 Two columns mean the same',
  columns_hidden: '隐藏的列会决定结果 Hidden columns would decide',
}

const REFUSALS: Record<TableRefusal, string> = {
  encoding: '文字编码不认识 Unknown encoding',
  encodings_mixed: '文件里混有两种文字编码 Two encodings in one file',
  damaged: '文件损坏 Damaged',
  not_a_workbook: '不是 CSV 或 XLSX Neither CSV nor XLSX',
  old_workbook: '旧版 Excel 或 WPS 文件，请另存为 .xlsx Old workbook, save it as .xlsx',
  encrypted_workbook: '文件设有打开密码 Workbook with a password',
  html_workbook: '网页改名的表格，请另存为 .xlsx Web page named as a workbook, save it as .xlsx',
  other_workbook: '其他格式的表格，请另存为 .xlsx Workbook of another format, save it as .xlsx',
  not_a_table: '不是表格 Not a table',
  sheet_missing: '没有这个工作表 No such sheet',
  too_many_columns: '列数过多 Too many columns',
  too_many_strings: '文字内容过多 Too many texts',
  cell_too_long: '有单元格内容过长 A cell is too long',
  archive_too_large: '解压后过大 Too large when unpacked',
  archive_too_many_entries: '文件结构异常 Unusual structure',
  archive_ratio: '文件结构异常 Unusual structure',
}

interface Asked {
  kind: ImportKind
  file: string
  sheet: string | undefined
  errors: string | undefined
}

const checkFile = async ({ kind, file, sheet, errors: errorPath }: Asked): Promise<Answer> => {
  const table = await openTable(file)
  try {
    const choice = await chooseSheets(table, kind, sheet)
    if (!choice.ok) return { text: `${FAILURES[choice.failure]}: ${choice.missing.join(', ')}`, exitCode: 1 }
    const out = errorPath ? createWriteStream(errorPath, { flags: 'wx', mode: 0o600 }) : undefined
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

/** Every file of a folder, each with what is said of it. */
const checkFolder = async (asked: Asked): Promise<Answer> => {
  const names = (await readdir(asked.file)).filter((name) => !name.startsWith('.')).sort()
  const texts: string[] = []
  let exitCode = 0
  for (const name of names) {
    const answer = await checkFile({ ...asked, file: join(asked.file, name), errors: undefined }).catch(
      (error: unknown) => {
        if (!(error instanceof TableError)) throw error
        return { text: REFUSALS[error.reason], exitCode: 1 }
      },
    )
    exitCode = Math.max(exitCode, answer.exitCode)
    texts.push(`${name}\n${answer.text.replace(/^/gm, '  ')}`)
  }
  return { text: texts.join('\n'), exitCode }
}

/**
 * Reads a list, or every list of a folder, as an import would and reports its rows with errors; nothing is stored and nobody is
 * looked up. The file of errors holds personal data: it is made for its owner only and never over another file. Exit code 1 with
 * bad rows.
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
  const { kind, file, sheet, errors } = values
  if (!file || !isImportKind(kind)) throw new Error(`--kind ${IMPORT_KINDS.join('|')} and --file are needed.`)
  const asked = { kind, file, sheet, errors }
  return (await stat(file)).isDirectory() ? checkFolder(asked) : checkFile(asked)
}

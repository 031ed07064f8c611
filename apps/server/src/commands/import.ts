import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkRows, chooseSheet } from '../features/import/check-file.ts'
import { errorFileHeading, errorFileLine, PROBLEM_WORDS } from '../features/import/error-file.ts'
import type { RowProblem } from '../features/import/parsed-row.ts'
import { IMPORT_KINDS, isImportKind } from '../tables/headings.ts'
import { openTable } from '../tables/open-table.ts'
import type { Answer } from './audit.ts'

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
    const choice = await chooseSheet(table, kind, values.sheet)
    if (!choice.ok)
      return { text: `找不到表头 No heading; missing: ${choice.missing.join(', ')}`, exitCode: 1 }
    const out = values.errors ? createWriteStream(values.errors, { flags: 'wx', mode: 0o600 }) : undefined
    if (out) await once(out, 'open')
    out?.write(errorFileHeading(choice.cells))
    const check = await checkRows(table, choice, {
      kind,
      nowMs: Date.now(),
      onBadRow: async (bad) => {
        if (out && !out.write(errorFileLine(bad))) await once(out, 'drain')
      },
    })
    if (out) await once(out.end(), 'close')
    const counts = (Object.entries(check.counts) as [RowProblem, number][]).map(
      ([problem, count]) => `${String(count).padStart(9)}  ${PROBLEM_WORDS[problem]}`,
    )
    const text = [`${check.rows} 行 rows, ${check.good} 行可用 good`, ...counts].join('\n')
    return { text, exitCode: check.good === check.rows ? 0 : 1 }
  } finally {
    table.close()
  }
}

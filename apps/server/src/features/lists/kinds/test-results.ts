import type { RulesInForce } from '@jiankangbao/domain/status/ruleset'
import {
  RESULT_WORDS,
  readResult,
  readSampleKind,
  SAMPLE_KIND_WORDS,
} from '@jiankangbao/domain/written/list-words'
import type { Transaction } from '../../../db/pool.ts'
import { isScientific } from '../../../sheets/cell-values.ts'
import { replaceResults, storeResults } from '../../inflow/laboratory/laboratory.service.ts'
import { numberColumn, readColumn, textColumn, wordColumn } from '../columns/column.ts'
import {
  COUNTRY,
  DOCUMENT,
  DOCUMENT_TYPE,
  NAME,
  PHONE,
  readDocument,
  readName,
} from '../columns/person-columns.ts'
import type { Cells, ListRow, ReadingContext, SharedProblem } from '../columns/reading.ts'
import { isImplausible, readPast } from '../columns/times.ts'
import { type EffectRow, eachRows, holdKind, markConcerned, matchPersons } from '../effect/effect.queries.ts'
import { MADE_RESULTS } from '../effect/made-results.ts'
import { computeMoves } from '../effect/moves.ts'
import { Overtaken } from '../effect/overtaken.ts'
import * as queries from '../effect/result-rows.queries.ts'
import { countWorseUnregistered, turnsRed, weighImpact } from '../effect/weight.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import type { StagedCategory } from '../store/staging.queries.ts'
import type { ListKind, LookedRow } from './kind.ts'

type Result = 'negative' | 'positive'
type Mode = 'single' | 'pooled'

/** The result of a sample by its number, or the taking back of one. */
type ResultRow = ListRow & { number: string } & (
    | { action?: 'correct'; at: number; result: Result; mode: Mode }
    | { action: 'withdraw' }
  )

const SAMPLED = textColumn(
  'sampled',
  '采样时间',
  '采样日期',
  '样本采集时间',
  '采集时间',
  '采样日期时间',
  '采样时刻',
  '采样开始时间',
  'sampledat',
)
const RESULT = readColumn<Result>(
  'result',
  [
    '检测结果',
    '结果',
    '核酸结果',
    '核酸检测结果',
    '检验结果',
    '结果判定',
    '检测结论',
    '检验结论',
    '结论',
    'result',
    'testresult',
  ],
  readResult,
  RESULT_WORDS,
)
const LABORATORY = textColumn(
  'laboratory',
  '检测机构',
  '检测单位',
  '实验室',
  '机构名称',
  '检测机构名称',
  '检验机构',
  'laboratory',
)
const MODE = readColumn<Mode>(
  'mode',
  [
    '采样方式',
    '检测方式',
    '单混检',
    '单采混采',
    '混采单采',
    '单混',
    '混检方式',
    '采样类型',
    '采样模式',
    '混采比例',
    '混检比例',
    '检测模式',
    'mode',
  ],
  readSampleKind,
  SAMPLE_KIND_WORDS,
)
const NUMBER = numberColumn(
  'number',
  '样本编号',
  '标本编号',
  '标本号',
  '样品号',
  '样本条码',
  '采样编号',
  '采样码',
  '实验编号',
  '样本号',
  '样品编号',
  '条码',
  '条码号',
  '条形码',
  '试管号',
  '试管编号',
  '采样管编号',
  '检测编号',
  'number',
)
const ACTION = wordColumn('action', ['操作', '操作类型', 'action'], {
  report: ['新增', '上报'],
  correct: ['更正', '订正', '修正'],
  withdraw: ['撤回', '撤销', '作废'],
})

const PROBLEMS = {
  time_missing: '采样时间只有日期，请补上时刻',
  time_too_old: '采样时间超过 60 天',
  result_unknown: '检测结果不认识，请写“阴性”或“阳性”',
  mode_unknown: '采样方式不认识，请写“单采”或“混采”',
  number_missing: '缺少样本编号',
  number_scientific:
    '样本编号已被 Excel 改成科学计数（如 3.20308E+14），后几位已丢失，无法还原。请先把整列设为“文本”格式，再从原始数据重新粘贴',
  number_exists: '该检测机构的这个样本编号已有结果；更正请在“操作”列填“更正”',
  number_unknown: '该检测机构没有这个样本编号，不能更正或撤回',
  number_withdrawn: '这个样本编号的结果已经撤回',
  number_of_other: '这个样本编号下没有此人的结果，请核对编号与证件',
  action_unknown: '操作不认识，请写“新增”“更正”或“撤回”，或留空（即新增）',
  action_not_allowed: '更正和撤回只能由该检测机构或指挥部提交',
} as const
type ResultProblem = keyof typeof PROBLEMS | SharedProblem

const OLDEST_SAMPLE_MS = 60 * 24 * 3600_000
const MOST_NUMBER_LENGTH = 64
const NUMBERS_AT_ONCE = 500
/** What corrections take back is held in memory and locked at once. */
const MOST_CORRECTIONS = 20_000

const readNumber = (cell: Cells, problems: ResultProblem[]): string => {
  const number = cell(NUMBER)
  if (isScientific(number)) problems.push('number_scientific')
  else if (number === '' || number.length > MOST_NUMBER_LENGTH) problems.push('number_missing')
  return number
}

const readReported = (cell: Cells, context: ReadingContext, problems: ResultProblem[]) => {
  const result = RESULT.read(cell(RESULT))
  const mode = cell(MODE) === '' ? 'single' : MODE.read(cell(MODE))
  const number = readNumber(cell, problems)
  const time = readPast(cell(SAMPLED), context, problems)
  // Two negatives 23 h 59 min apart must not count as 24: a day without a time says too little about a sample.
  if (time && !time.timeGiven) problems.push('time_missing')
  if (time && time.at < context.nowMs - OLDEST_SAMPLE_MS && !isImplausible(time.at))
    problems.push('time_too_old')
  if (!result) problems.push('result_unknown')
  if (!mode) problems.push('mode_unknown')
  return time && result && mode ? { at: time.at, number, result, mode } : undefined
}

/** @param mayCorrect whether the author may speak for what the laboratory reported before */
const numberProblems = (
  { row, documentIndex, person }: LookedRow<ResultRow>,
  known: queries.KnownNumber | undefined,
  mayCorrect: boolean,
): (keyof typeof PROBLEMS)[] => {
  if (!row.action) return known ? ['number_exists'] : []
  if (!mayCorrect) return ['action_not_allowed']
  if (!known) return ['number_unknown']
  if (known.withdrawn) return ['number_withdrawn']
  const named = row.action === 'withdraw' && documentIndex
  if (!named || known.who.has(documentIndex.toString('hex'))) return []
  return person && known.who.has(person.personId) ? [] : ['number_of_other']
}

const toColumns = (row: ResultRow) => {
  const { number } = row
  if (row.action === 'withdraw') return { number, data: { action: row.action } }
  const data = row.action ? { action: row.action } : null
  return { number, at: new Date(row.at), result: row.result, kind: row.mode, data }
}

/** A staged result as its laboratory stores it. */
const toStored = (row: EffectRow, record: ImportRecord, now: Date) => ({
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
const applyCorrections = async (
  tx: Transaction,
  record: ImportRecord,
  now: Date,
): Promise<{ numbers: number; persons: string[] }> => {
  const byNumber = new Map<string, EffectRow[]>()
  for (const row of await queries.listCorrections(tx, record.import_id)) {
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
      { numbers: some, rows: corrected.map((row) => toStored(row, record, now)) },
      now,
    )
    for (const personId of concerned) persons.add(personId)
  }
  return { numbers: numbers.length, persons: [...persons] }
}

/** The category a staged result counts as; a negative makes nobody's colour worse. */
const categoryOf = ({ result, kind }: StagedCategory, ruleset: RulesInForce): string | null => {
  if (result !== 'positive') return null
  return kind === 'pooled' ? 'pool_positive' : ruleset.standingPositiveCategory
}

/** Results of one laboratory; rows may correct or withdraw what it reported before. */
export const TEST_RESULTS: ListKind<ResultRow, keyof typeof PROBLEMS> = {
  columns: {
    template: [NAME, DOCUMENT_TYPE, DOCUMENT, NUMBER, SAMPLED, MODE, RESULT, ACTION],
    needed: [DOCUMENT, NUMBER, SAMPLED, RESULT],
    also: [PHONE, COUNTRY, LABORATORY],
  },
  template: () => [
    [
      '示例甲',
      '居民身份证',
      '110101199003070000',
      'XZ20220308-0001',
      '2022-03-08 08:30',
      '单采',
      '阴性',
      '新增',
    ],
    [
      '示例乙',
      '居民身份证',
      '110101198511120000',
      'XZ20220308-0002',
      '2022-03-08 08:32',
      '混采',
      '阴性',
      '更正',
    ],
    ['', '', '', 'XZ20220308-0003', '', '', '', '撤回'],
  ],
  problems: PROBLEMS,
  ofLaboratory: true,

  // Of a result that is taken back the person may be named, and nothing else counts.
  parse: (cell, context) => {
    const problems: ResultProblem[] = []
    const action = cell(ACTION) === '' ? 'report' : ACTION.read(cell(ACTION))
    if (!action) problems.push('action_unknown')
    const anonymous = action === 'withdraw' && cell(DOCUMENT) === ''
    const document = anonymous ? '' : readDocument(cell, context.nowMs, problems)
    const name = readName(cell, problems)
    const person = { ...(document === '' ? {} : { document }), ...name }
    if (action === 'withdraw') {
      const number = readNumber(cell, problems)
      if (problems.length > 0) return { ok: false, problems }
      return { ok: true, row: { key: [number, document], ...person, number, action } }
    }
    const result = readReported(cell, context, problems)
    if (problems.length > 0 || !result) return { ok: false, problems }
    const replaces = action === 'correct' ? { action } : {}
    return { ok: true, row: { key: [result.number, document], ...person, ...result, ...replaces } }
  },

  check: async ({ pool }, record) => {
    const mayCorrect = await queries.mayCorrect(pool, record.uploaded_by, record.laboratory)
    let corrections = 0
    return {
      check: async (rows) => {
        const numbers = rows.map(({ row }) => row.number)
        const known =
          numbers.length > 0 && record.partner_id
            ? await queries.findNumbers(pool, record.partner_id, numbers)
            : new Map<string, queries.KnownNumber>()
        corrections += rows.filter(({ row }) => row.action !== undefined).length
        return rows.map((each) => {
          const its = numberProblems(each, known.get(each.row.number), mayCorrect)
          const problems = [...each.nameProblems, ...its]
          return problems.length > 0 ? { ok: false, problems } : { ok: true, columns: toColumns(each.row) }
        })
      },
      refuse: async () => {
        if (corrections > MOST_CORRECTIONS)
          return { failure: 'too_many_corrections', details: [String(MOST_CORRECTIONS)] }
        const mixed = corrections > 0 ? await queries.findMixedNumber(pool, record.import_id) : undefined
        return mixed === undefined ? undefined : { failure: 'actions_mixed', details: [mixed] }
      },
    }
  },

  count: async (pool, { import_id: importId }, now, onPersons) => {
    const taken = await queries.listReplaced(pool, importId)
    const moves = await computeMoves(pool, importId, now, onPersons, taken)
    if (!moves) return undefined
    const replaced = await queries.countReplaced(pool, importId)
    return { moves, ...(replaced > 0 ? { replaced } : {}) }
  },

  concernsRed: (db, record, now) =>
    turnsRed(db, record, now, (category, ruleset) =>
      category === 'positive' ? [ruleset.standingPositiveCategory, 'pool_positive'] : [],
    ),

  // Negative results end yellow for thousands every day; that they end red is unusual.
  weigh: async (db, record, now) => {
    const { worse, fromRed } = weighImpact(record)
    const worseLater = await countWorseUnregistered(db, record.import_id, now, categoryOf)
    return { persons: worse, worse: worse + worseLater, better: fromRed }
  },

  apply: async (tx, { record, now, report }) => {
    const { import_id: importId } = record
    await holdKind(tx, record.kind)
    const taken = await queries.countTakenNumbers(tx, importId)
    if (taken > 0) throw new Overtaken('number_exists', taken)
    const vanished = await queries.countVanishedNumbers(tx, importId)
    if (vanished > 0) throw new Overtaken('number_changed', vanished)
    await matchPersons(tx, importId)
    const laboratory = { partnerId: record.partner_id ?? '', name: record.laboratory ?? '', importId }
    await eachRows(tx, importId, report, (rows) =>
      storeResults(
        tx,
        { kind: 'system' },
        laboratory,
        rows.map((row) => toStored(row, record, now)),
        now,
      ),
    )
    const { numbers, persons } = await applyCorrections(tx, record, now)
    await markConcerned(tx, importId, 'test', persons)
    return { replaced: numbers }
  },

  undo: MADE_RESULTS,
}

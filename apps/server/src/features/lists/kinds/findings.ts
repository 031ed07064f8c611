import { parseWorkplace } from '@jiankangbao/domain/identity/workplace'
import { findCategoryRule, isRetired, type RulesInForce } from '@jiankangbao/domain/status/ruleset'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { stateConflict } from '../../../http/app-error.ts'
import { documentKey } from '../../../keys/field-encryption.ts'
import { sealWorkplace } from '../../../keys/workplace.ts'
import { parseIdentityCell } from '../../../sheets/cell-values.ts'
import { tellContactsOfImport } from '../../colours/facts/contacts.service.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { holdZones } from '../../measures/zone/zone.queries.ts'
import type { CategoryWords } from '../columns/category-words.ts'
import { numberColumn, textColumn } from '../columns/column.ts'
import { COUNTRY, DOCUMENT, DOCUMENT_TYPE, NAME, PHONE, readPerson } from '../columns/person-columns.ts'
import type { Cells, ListRow, Problems, ReadingContext, SharedProblem } from '../columns/reading.ts'
import { CATEGORY, EVIDENCE, readEvidence } from '../columns/shared-columns.ts'
import { ANCHOR, readPast } from '../columns/times.ts'
import { markConcerned, matchPersons } from '../effect/effect.queries.ts'
import {
  countKnown,
  countZoneRows,
  insertFindings,
  settleContactRows,
} from '../effect/finding-rows.queries.ts'
import { MADE_FINDINGS } from '../effect/made-findings.ts'
import { computeMoves } from '../effect/moves.ts'
import { Overtaken } from '../effect/overtaken.ts'
import { createTier, listContactPairs, TIE_PROBLEMS, type TieProblem } from '../effect/ties.ts'
import { countWorseUnregistered, turnsRed, weighImpact } from '../effect/weight.ts'
import { countCategories } from '../store/staging.queries.ts'
import type { ListKind } from './kind.ts'

/** A finding about a person, and on which place and on whom it hangs. */
export interface FindingRow extends ListRow {
  document: string
  /** Anchor of the finding, epoch milliseconds. */
  at: number
  category: string
  evidence?: string
  workplace?: string
  /** Name or number of the zone. */
  zone?: string
  /** `documentKey` of the contact by every type that its number fits. */
  contact?: string[]
}

export const WORKPLACE = textColumn(
  'workplace',
  '工作单位',
  '工作单位名称',
  '单位',
  '单位名称',
  '所在单位',
  '就职单位',
  'workplace',
  'employer',
)
const ZONE = textColumn(
  'zone',
  '管控区名称',
  '管控区',
  '管控区名称小区',
  '管控区小区',
  '封控区名称',
  '封控区',
  '封控管控区',
  '小区',
  '小区名称',
  '小区管控区',
  'zone',
)
const CONTACT = numberColumn(
  'contactDocument',
  '密接证件号码',
  '密接证件号',
  '密接身份证号',
  '密接身份证号码',
  '密接身份证',
  '密切接触者证件号码',
  '密切接触者身份证号',
  '关联密接证件号码',
  '关联密接身份证号',
  'contactdocument',
)

export const FINDING_PROBLEMS = {
  category_not_allowed: '现行规则不允许人工赋此类别',
  category_retired: '赋码类别已停用',
  workplace_invalid: '工作单位不正确：应为单位名称，2 至 100 字，不含特殊符号；没有单位的请留空',
} as const

const PROBLEMS = {
  ...FINDING_PROBLEMS,
  ...TIE_PROBLEMS,
  evidence_missing: '缺少赋码依据',
  contact_invalid: '密接证件号码不正确；护照请逐条提交',
  contact_damaged:
    '密接证件号码疑被 Excel 改成科学计数或截断（末三位为 000）。请先把整列设为“文本”格式，再从原始数据重新粘贴；号码确实如此的请逐条提交',
} as const
type FindingProblem = keyof typeof PROBLEMS | SharedProblem

const MOST_ZONE_LENGTH = 100
const FINDINGS_AT_ONCE = 5000

/** Passports mean something only with their country, for which there is no column. */
const CONTACT_TYPES: DocumentType[] = [
  'resident_id',
  'hk_macao_permit',
  'taiwan_permit',
  'foreign_permanent_resident',
]

/** A number that may have been cut is refused: no name stands beside it. */
const readContact = (cell: Cells, nowMs: number, problems: FindingProblem[]): { contact?: string[] } => {
  const number = parseIdentityCell(cell(CONTACT))
  if (!number.ok && number.reason === 'empty') return {}
  if (!number.ok || number.maybeRounded) {
    problems.push('contact_damaged')
    return {}
  }
  const contact = CONTACT_TYPES.flatMap((type) => {
    const parsed = parseDocumentNumber(type, number.text, { todayOn: shanghaiDayOf(nowMs) })
    return parsed.ok ? [documentKey(parsed.type, parsed.number, undefined)] : []
  })
  if (contact.length === 0) problems.push('contact_invalid')
  return { contact: [...new Set(contact)] }
}

/** Since when it is so, on what grounds, and where the person works. */
export const readBasis = (
  cell: Cells,
  context: ReadingContext,
  problems: Problems & { push: (problem: 'workplace_invalid') => unknown },
) => {
  const time = readPast(cell(ANCHOR), context, problems)
  const workplace = parseWorkplace(cell(WORKPLACE))
  if (!workplace.ok && workplace.reason !== 'empty') problems.push('workplace_invalid')
  return {
    time,
    more: { ...readEvidence(cell), ...(workplace.ok ? { workplace: workplace.workplace } : {}) },
  }
}

/** One row for every category there is, so that the words are at hand. */
const templateRows = ({ allowed, placed, hanging }: CategoryWords): string[][] =>
  allowed.map((title) => [
    '示例甲',
    '居民身份证',
    '110101199003070000',
    '',
    title,
    '2022-03-08 14:05',
    '流调报告 2022-031',
    '示例有限公司',
    placed.has(title) ? '示例小区' : '',
    hanging.has(title) ? '110101198511120000' : '',
  ])

const categoryProblems = (ruleset: RulesInForce, category: string): (keyof typeof FINDING_PROBLEMS)[] => {
  if (isRetired(ruleset, category)) return ['category_retired']
  return findCategoryRule(ruleset, category)?.manual === true ? [] : ['category_not_allowed']
}

/** How many rows are of a category that was retired after the list was checked. */
const countRetiredRows = async (db: Queryable, importId: string, now: Date): Promise<number> => {
  const ruleset = await getRulesetInForce(db, now)
  return (await countCategories(db, importId))
    .filter(({ category }) => isRetired(ruleset, category))
    .reduce((sum, { rows }) => sum + rows, 0)
}

/** Holds the zones that rows name until commit. @returns how many rows name one that was lifted since the list was checked */
const countLiftedRows = async (tx: Transaction, importId: string): Promise<number> => {
  const named = await countZoneRows(tx, importId)
  const lifted = new Set(
    await holdZones(
      tx,
      named.map(({ zoneId }) => zoneId),
    ),
  )
  return named.reduce((sum, { zoneId, rows }) => sum + (lifted.has(zoneId) ? rows : 0), 0)
}

/** Findings about persons, of every category that may be entered by hand. */
export const FINDINGS: ListKind<FindingRow, keyof typeof PROBLEMS> = {
  columns: {
    template: [NAME, DOCUMENT_TYPE, DOCUMENT, PHONE, CATEGORY, ANCHOR, EVIDENCE, WORKPLACE, ZONE, CONTACT],
    needed: [DOCUMENT, CATEGORY, ANCHOR, EVIDENCE],
    also: [COUNTRY],
  },
  template: templateRows,
  problems: PROBLEMS,

  parse: (cell, context) => {
    const problems: FindingProblem[] = []
    const person = readPerson(cell, context.nowMs, problems)
    const category = context.categories.find(cell(CATEGORY))
    const { time, more } = readBasis(cell, context, problems)
    const contact = readContact(cell, context.nowMs, problems)
    const zone = cell(ZONE)
    if (zone.length > MOST_ZONE_LENGTH) problems.push('zone_unknown')
    if (!category) problems.push('category_unknown')
    if (more.evidence === undefined) problems.push('evidence_missing')
    if (problems.length > 0 || !time || !category) return { ok: false, problems }
    const key = [person.document, category, time.at]
    const ties = { ...(zone === '' ? {} : { zone }), ...contact }
    return { ok: true, row: { key, ...person, at: time.at, category, ...more, ...ties } }
  },

  check: async ({ pool, encryption, clock }, record, { ruleset }) => {
    const tie = createTier({ pool, encryption, now: clock() }, record, ruleset)
    return {
      check: async (rows) => {
        const tied = await tie(rows.map(({ row }) => row))
        return rows.map(({ row, nameProblems }, place) => {
          const its = tied[place]
          const problems: (FindingProblem | TieProblem)[] = [
            ...categoryProblems(ruleset, row.category),
            ...nameProblems,
            ...(its?.ok === false ? its.problems : []),
          ]
          if (problems.length > 0 || !its?.ok) return { ok: false, problems }
          const columns = {
            at: new Date(row.at),
            category: row.category,
            evidence: row.evidence ?? null,
            workplace: row.workplace === undefined ? null : sealWorkplace(encryption, row.workplace),
            ...its.ties,
          }
          if (!its.inList) return { ok: true, columns }
          return {
            ok: true,
            columns: { ...columns, data: { contactInList: true } },
            unsettled: 'contact_missing',
          }
        })
      },
      settle: async (tx) => ({
        problem: 'contact_missing',
        rows: await settleContactRows(tx, record.import_id, listContactPairs(ruleset)),
      }),
    }
  },

  count: async (pool, { import_id: importId }, now, onPersons) => {
    const moves = await computeMoves(pool, importId, now, onPersons)
    return moves && { moves, known: await countKnown(pool, importId) }
  },

  concernsRed: (db, record, now) => turnsRed(db, record, now, (category) => [category]),

  weigh: async (db, record, now) => {
    const { persons, unregistered, worse, better } = weighImpact(record)
    const worseLater = await countWorseUnregistered(db, record.import_id, now, ({ category }) => category)
    return { persons: persons + unregistered, worse: worse + worseLater, better }
  },

  requireByRules: async (db, { import_id: importId }, now) => {
    if ((await countRetiredRows(db, importId, now)) > 0) throw stateConflict('category', 'retired')
  },

  apply: async (tx, { record: { import_id: importId }, last, now, report }) => {
    const retired = await countRetiredRows(tx, importId, now)
    if (retired > 0) throw new Overtaken('category_retired', retired)
    const lifted = await countLiftedRows(tx, importId)
    if (lifted > 0) throw new Overtaken('zone_lifted', lifted)
    await matchPersons(tx, importId)
    let done = 0
    for (let after = 0; after < last; after += FINDINGS_AT_ONCE) {
      done += await insertFindings(tx, importId, after, after + FINDINGS_AT_ONCE)
      await report(done)
    }
    const followers = await tellContactsOfImport(tx, importId)
    await markConcerned(tx, importId, 'import', followers)
    return undefined
  },

  undo: MADE_FINDINGS,
}

import { COUNTRY, DOCUMENT, DOCUMENT_TYPE, NAME, PHONE, readPerson } from '../columns/person-columns.ts'
import type { SharedProblem } from '../columns/reading.ts'
import { EVIDENCE } from '../columns/shared-columns.ts'
import { ANCHOR } from '../columns/times.ts'
import { FINDING_PROBLEMS, FINDINGS, type FindingRow, readBasis, WORKPLACE } from './findings.ts'
import type { ListKind } from './kind.ts'

type MonitoringProblem = keyof typeof FINDING_PROBLEMS | SharedProblem

const CATEGORY = 'home_monitoring'

/** Findings of one category, which the list does not name; they hang on nothing. */
export const HOME_MONITORING: ListKind<FindingRow, keyof typeof FINDING_PROBLEMS> = {
  ...FINDINGS,
  columns: {
    template: [NAME, DOCUMENT_TYPE, DOCUMENT, PHONE, ANCHOR, EVIDENCE, WORKPLACE],
    needed: [DOCUMENT, ANCHOR],
    also: [COUNTRY],
  },
  template: () => [
    [
      '示例甲',
      '居民身份证',
      '110101199003070000',
      '',
      '2022-03-08',
      '解除集中隔离通知书 12 号',
      '示例有限公司',
    ],
  ],
  problems: FINDING_PROBLEMS,

  parse: (cell, context) => {
    const problems: MonitoringProblem[] = []
    const person = readPerson(cell, context.nowMs, problems)
    const { time, more } = readBasis(cell, context, problems)
    if (problems.length > 0 || !time) return { ok: false, problems }
    const key = [person.document, CATEGORY, time.at]
    return { ok: true, row: { key, ...person, at: time.at, category: CATEGORY, ...more } }
  },

  check: async (...of) => {
    const { check } = await FINDINGS.check(...of)
    return { check }
  },
}

import { IMPORT_KINDS, type ImportKind } from '@jiankangbao/domain/vocabulary/lists'
import type { Column } from '../columns/column.ts'
import { SHARED_PROBLEMS } from '../columns/reading.ts'
import { FINDING_ENDS } from './finding-ends.ts'
import { FINDINGS } from './findings.ts'
import { HOME_MONITORING } from './home-monitoring.ts'
import type { ListKind } from './kind.ts'
import { RISK_AREAS } from './risk-areas.ts'
import { TEST_RESULTS } from './test-results.ts'
import { VENUES } from './venues.ts'

export const LIST_KINDS: Record<ImportKind, ListKind> = {
  findings: FINDINGS,
  finding_ends: FINDING_ENDS,
  test_results: TEST_RESULTS,
  home_monitoring: HOME_MONITORING,
  risk_areas: RISK_AREAS,
  venues: VENUES,
}

const ALL = Object.values(LIST_KINDS)

/** Those of every kind: a list may have columns that it does not need, and they are recognised as what they are. */
export const KNOWN_COLUMNS: readonly Column[] = [
  ...new Set(ALL.flatMap(({ columns: { template, also = [] } }) => [...template, ...also])),
]

/** What may be wrong with a row, in the words of the file of errors. */
export const PROBLEM_WORDS: Readonly<Record<string, string>> = Object.assign(
  {},
  SHARED_PROBLEMS,
  ...ALL.map(({ problems }) => problems),
)

export const isImportKind = (text: string | undefined): text is ImportKind =>
  IMPORT_KINDS.some((kind) => kind === text)

interface AboutKind {
  zh: { name: string; hint: string }
  en: { name: string; hint: string }
  /** Whether an applied list can be taken back: its kind has `undo` in `features/lists/kinds`. */
  undoable?: true
  /** Whether its rows stay after it was applied and say whose they were: each person counts once beside other proposals. */
  namesPersons?: true
}

/**
 * The kinds of lists that offices bring as a file. A new one is an entry here and `features/lists/kinds/<kind>.ts` with its line in
 * `kinds.ts`. A third language names them in its own folder of the console.
 */
const ABOUT_IMPORT_KINDS = {
  findings: {
    zh: { name: '赋码名单', hint: '按证件号码给人员加赋码依据：密接、时空伴随等' },
    en: {
      name: 'Findings',
      hint: 'Findings for people by document number: close contacts, co-presence and so on',
    },
    undoable: true,
    namesPersons: true,
  },
  finding_ends: {
    zh: { name: '解除名单', hint: '按证件号码和类别解除或撤销赋码依据；撤销红码须市级指挥部审批' },
    en: {
      name: 'Ends of findings',
      hint: 'Ends or withdraws findings by document number and category; withdrawing red is for headquarters of the city',
    },
  },
  test_results: {
    zh: { name: '核酸结果', hint: '某一检测机构的结果，按样本编号认重；“操作”列可填更正、撤回' },
    en: {
      name: 'Test results',
      hint: 'Results of one laboratory; repeats are known by the sample number; the column 操作 corrects (更正) or withdraws (撤回)',
    },
    undoable: true,
  },
  home_monitoring: {
    zh: { name: '居家监测名单', hint: '解除集中隔离后须居家健康监测的人员' },
    en: {
      name: 'Home monitoring',
      hint: 'People who must stay under health monitoring at home after quarantine',
    },
    undoable: true,
    namesPersons: true,
  },
  risk_areas: {
    zh: { name: '风险地区', hint: '中高风险地区的划定与解除，与行程比对' },
    en: { name: 'Risk areas', hint: 'Areas rated medium or high and their end; compared with journeys' },
  },
  venues: {
    zh: { name: '场所', hint: '批量登记场所与点位，批准后立即启用并发放场所码' },
    en: {
      name: 'Venues',
      hint: 'Registers venues and points in bulk; once approved they are active and have their codes',
    },
  },
} as const satisfies Record<string, AboutKind>

export type ImportKind = keyof typeof ABOUT_IMPORT_KINDS
export const IMPORT_KINDS = Object.keys(ABOUT_IMPORT_KINDS) as readonly ImportKind[]

const kindsThat = (is: 'undoable' | 'namesPersons'): readonly ImportKind[] =>
  IMPORT_KINDS.filter((kind) => is in ABOUT_IMPORT_KINDS[kind])

/** Those of which an applied list can be taken back. */
export const UNDOABLE_IMPORT_KINDS = kindsThat('undoable')

/** Those whose rows say whose they were once they are applied. */
export const IMPORT_KINDS_OF_PERSONS = kindsThat('namesPersons')

/** What one language says of every kind. */
export const importKindWords = (language: 'zh' | 'en', what: 'name' | 'hint'): Record<ImportKind, string> => {
  const words: Partial<Record<ImportKind, string>> = {}
  for (const kind of IMPORT_KINDS) words[kind] = ABOUT_IMPORT_KINDS[kind][language][what]
  return words as Record<ImportKind, string>
}

export const IMPORT_STATES = [
  'uploading',
  'waiting',
  'checking',
  'checked',
  'proposed',
  'applying',
  'applied',
  'undoing',
  'undone',
  'failed',
  'cancelled',
  'rejected',
  'expired',
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

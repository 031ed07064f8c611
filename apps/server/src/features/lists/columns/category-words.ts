import { CITIES } from '@jiankangbao/city/cities'
import {
  awaitsPlace,
  type CategoryRule,
  hangsOnContact,
  type Ruleset,
} from '@jiankangbao/domain/status/ruleset'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { readSynonyms } from '@jiankangbao/domain/written/list-synonyms'
import { wordKey } from '@jiankangbao/domain/written/word'

// What offices write besides the titles of the ruleset; counts where the ruleset has the category.
const NICKNAMES: Record<string, readonly string[]> = {
  confirmed: [
    '确诊',
    '确诊病例',
    '无症状',
    '无症状感染者',
    '阳性感染者',
    '感染者',
    '病例',
    '确诊感染者',
    '阳性病例',
  ],
  close_contact: ['密接', '密切接触者', '密接者', '一密', '密切接触'],
  secondary_contact: [
    '次密接',
    '次密',
    '次密切接触者',
    '次密接者',
    '二密',
    '密接的密接',
    '密接之密接',
    '次密切接触',
  ],
  inbound_abroad: ['境外入境', '入境人员', '境外', '境外返回', '境外来返', '境外输入'],
  risk_area_travel: ['中高风险地区旅居史', '风险地区旅居史', '旅居史'],
  risk_area_resident: ['中高风险区内人员', '风险区内人员'],
  control_zone: [
    '封控区',
    '管控区',
    '封控管控区',
    '封控',
    '管控',
    '封控人员',
    '管控人员',
    '封控区人员',
    '管控区人员',
    '封管控区',
  ],
  co_presence: ['时空伴随', '时空伴随者', '时空伴随人员', '伴随者', '时空交集'],
  symptom: ['发热', '有症状', '十大症状'],
  overdue_test: ['应检未检'],
  home_monitoring: ['居家健康监测', '居家监测', '居家', '居家观察', '健康监测', '居家健康监测人员'],
  high_risk_post: ['高风险岗位', '高风险岗位闭环'],
  departure_pass: ['返程', '返程通行'],
}

/** The categories that a list may name. */
export interface CategoryWords {
  /** The category meant by what somebody wrote: its id, its title in either language, or a usual word. */
  find: (text: string) => string | undefined
  /** Chinese titles of those that may be entered by hand. */
  allowed: readonly string[]
  /** Of these, those that may name a zone, and those that may name a contact. */
  placed: ReadonlySet<string>
  hanging: ReadonlySet<string>
}

/** The words of these rulesets; of two categories with the same word the first has it. */
export const readCategoryWords = (rulesets: readonly Ruleset[]): CategoryWords => {
  const words = new Map<string, string>()
  const learn = (text: string, category: string): void => {
    if (!words.has(wordKey(text))) words.set(wordKey(text), category)
  }
  const known = rulesets.flatMap((ruleset) => Object.entries(ruleset.categories))
  for (const [category] of known) learn(category, category)
  for (const [category, { title }] of known) for (const text of [title.zh, title.en]) learn(text, category)
  for (const [category] of known) for (const text of NICKNAMES[category] ?? []) learn(text, category)
  const allowed = known.flatMap(([, { manual, title }]) => (manual ? [title.zh] : []))
  const titlesOf = (has: (rule: CategoryRule) => boolean): Set<string> =>
    new Set(known.flatMap(([, rule]) => (has(rule) ? [rule.title.zh] : [])))
  for (const { listWords } of rulesets)
    for (const [word, category] of readSynonyms(listWords, 'category'))
      if (!words.has(word) && known.some(([each]) => each === category)) words.set(word, category)
  return {
    find: (text) => words.get(wordKey(text)),
    allowed: [...new Set(allowed)],
    placed: titlesOf(awaitsPlace),
    hanging: titlesOf(hangsOnContact),
  }
}

/** What is read of each category of a ruleset, besides what the ruleset itself adds. */
export const listCategoryWords = ({ categories }: Ruleset): { meaning: string; known: string[] }[] =>
  Object.entries(categories).map(([category, { title }]) => ({
    meaning: category,
    known: [...new Set([title.zh, title.en, ...(NICKNAMES[category] ?? [])])],
  }))

/** Of all rulesets that come with the programme, for whoever reads a list without a database. */
export const SHIPPED_CATEGORY_WORDS = readCategoryWords([
  ...Object.values(CITIES).map(({ ruleset }) => ruleset),
  NINTH_EDITION,
])

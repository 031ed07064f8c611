import { evaluateStatus } from '@jiankangbao/domain/status/evaluate'
import { conditionKey, type Reason } from '@jiankangbao/domain/status/reason'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { MARCH_2022 } from '@jiankangbao/domain/status/rulesets/march-2022'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { sayStatus, type ToldReason } from '@jiankangbao/domain/status/spoken'
import i18next, { type i18n } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { languages, toResources } from '../../locales/languages.ts'
import { addCategoryTitles } from '../../ui/status-words.ts'
import { wordSentence } from './sentence-words.ts'

const words: i18n = i18next.createInstance()
beforeAll(async () => {
  await words.init({ lng: 'zh', resources: toResources(languages), interpolation: { escapeValue: false } })
})

const DAY_MS = 86_400_000
// Noon of 1 March in Shanghai.
const anchorAt = Date.parse('2022-03-01T04:00:00.000Z')
const iso = (at: number | null) => (at === null ? undefined : new Date(at).toISOString())

/** As the server tells a reason. */
const told = (reason: Reason, { categories }: Ruleset): ToldReason => ({
  ...{ category: reason.category, colour: reason.colour, since: iso(reason.since) ?? '' },
  ...{ title: categories[reason.category]?.title, until: iso(reason.until), endsAt: iso(reason.endsAt) },
  conditions: reason.conditions.map((condition) => ({
    key: conditionKey(condition),
    tests:
      condition.code === 'negative_tests'
        ? { ...condition, nextSampleFrom: iso(condition.nextFrom) }
        : undefined,
  })),
  ...{ actions: reason.actions, appealable: reason.appealable },
})

const read = (language: string, ruleset: Ruleset, category: string, afterDays: number): string[] => {
  const now = anchorAt + afterDays * DAY_MS
  const findings = [{ findingId: '1', category, anchorAt }]
  const { colour, reasons, nextChangeAt } = evaluateStatus({ findings, tests: [], ruleset, now })
  const status = {
    ...{ colour, nextChangeAt: iso(nextChangeAt) },
    reasons: reasons.map((each) => told(each, ruleset)),
  }
  const t = words.getFixedT(language)
  return sayStatus(status, now).map((sentence) => wordSentence(t, language, sentence))
}

const every = [MARCH_2022, NINTH_EDITION].flatMap((ruleset) =>
  Object.keys(ruleset.categories).map((category) => [ruleset.id, category, ruleset] as const),
)

describe('what is read out of every category', () => {
  it.each(every)('of %s: %s, in whole sentences of one language', (_, category, ruleset) => {
    for (const afterDays of [0.5, 8, 40]) {
      const zh = read('zh', ruleset, category, afterDays)
      const en = read('en', ruleset, category, afterDays)
      expect(zh).toHaveLength(en.length)
      for (const sentence of zh) expect(sentence).toMatch(/^[^{}a-zA-Z_]+。$/)
      for (const sentence of en) expect(sentence).toMatch(/^[A-Z][^{}_\u3400-\u9fff]+\.$/)
    }
  })
})

describe('a contact is told', () => {
  it('why, until when, what is missing and what to do, in Chinese', () => {
    expect(read('zh', MARCH_2022, 'close_contact', 1).join('\n')).toMatchInlineSnapshot(`
      "您现在是红码。
      原因是“密切接触者”，从3月1日12:00算起。
      到3月16日00:00结束。
      整件事全部结束，最早是3月23日00:00。
      这段时间请您：集中隔离医学观察、联系社区。
      时间到了、该做的做了，颜色会自己变，不用申请，也不用再打电话。
      您如果认为不对，可以在健康宝首页颜色下面的说明里提出申诉，由两个人核实。
      不管什么颜色，发热都请到发热门诊就诊，不要乘坐公共交通。"
    `)
  })
  it('and in English', () => {
    expect(read('en', MARCH_2022, 'close_contact', 1).join('\n')).toMatchInlineSnapshot(`
      "Your status is now: Red.
      The reason is “Close contact”, counted from 12:00 on 1 March.
      It ends at 00:00 on 16 March.
      All of it is over at 00:00 on 23 March at the earliest.
      What to do meanwhile: Central isolation, Contact the community.
      When the time is over and that is done, the colour changes by itself. You need not apply, or call again.
      If you think that this is wrong, appeal below the colour on the first screen of the app. Two people will look into it.
      Whatever the colour: with a fever, go to a fever clinic and do not take public transport."
    `)
  })
})

it('speaks the language of the caller, whatever the page shows, and the rules in force by their own title', () => {
  addCategoryTitles(words, [{ category: 'close_contact', title: { zh: '密接（新）', en: 'Contact (new)' } }])
  expect(read('en', MARCH_2022, 'close_contact', 1)[1]).toContain('Contact (new)')
  expect(read('zh', MARCH_2022, 'close_contact', 1)[1]).toContain('密接（新）')
})

import { errorCodes } from '@jiankangbao/contracts/error-codes'
import { DECISION_REASONS } from '@jiankangbao/domain/decision/decide'
import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { MARCH_2022 } from '@jiankangbao/domain/status/rulesets/march-2022'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from './languages.ts'
import { zh } from './zh/words.ts'

type Tree = { [key: string]: string | Tree }

const flat = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  )
const slots = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => String(match[1])).sort()

const chinese = new Map(flat(zh))
const others = Object.entries(LANGUAGES)
  .filter(([language]) => language !== 'zh')
  .map(([language, { words }]) => ({ language, words: new Map(flat(words)) }))

describe('locales', () => {
  for (const { language, words } of others)
    it(`have the same keys and the same slots in ${language}, and nothing Chinese`, () => {
      expect([...words.keys()].sort()).toEqual([...chinese.keys()].sort())
      for (const [key, text] of words) {
        expect(slots(text), key).toEqual(slots(chinese.get(key) ?? ''))
        expect(text, key).not.toMatch(/[\u4e00-\u9fff]/)
      }
    })

  it('leave nothing empty', () => {
    for (const words of [chinese, ...others.map((other) => other.words)])
      for (const [key, text] of words) expect(text.trim(), key).not.toBe('')
  })

  it('word every error of the server and of the network', () => {
    for (const code of [...Object.keys(errorCodes), 'NO_NETWORK', 'TIMEOUT', 'unknown'])
      expect(Object.keys(zh.errors)).toContain(code)
  })

  it('word every venue kind and decision reason', () => {
    for (const kind of VENUE_KINDS) expect(Object.keys(zh.kind)).toContain(kind)
    for (const reason of DECISION_REASONS) expect(Object.keys(zh.decisionReason)).toContain(reason)
  })

  for (const ruleset of [MARCH_2022, NINTH_EDITION])
    it(`word every action and condition of ${ruleset.id}`, () => {
      const rules = Object.values(ruleset.categories)
      const phases = rules.flatMap((rule) => (rule.kind === 'phases' ? rule.phases : []))
      const actions = [...phases, ...rules].flatMap((each) => ('actions' in each ? each.actions : []))
      const awaited = phases.flatMap(({ end }) => ('awaits' in end ? [end.awaits] : []))
      expect(Object.keys(zh.todo)).toEqual(expect.arrayContaining(actions))
      expect(Object.keys(zh.condition)).toEqual(expect.arrayContaining(awaited))
    })
})

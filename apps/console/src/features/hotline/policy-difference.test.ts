import { DEFAULT_HOTLINE_POLICY } from '@jiankangbao/domain/ticket/hotline'
import i18next, { type i18n } from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import { languages, toResources } from '../../locales/languages.ts'
import { type Policy, wordDifference } from './policy-difference.ts'

const words: i18n = i18next.createInstance()
beforeAll(async () => {
  await words.init({ lng: 'zh', resources: toResources(languages), interpolation: { escapeValue: false } })
})

const before = DEFAULT_HOTLINE_POLICY as Policy
const read = (part: Partial<Policy>, language = 'zh') =>
  wordDifference(words.getFixedT(language), language, before, { ...before, ...part })

it('says nothing where nothing changed, and every norm from what to what', () => {
  expect(read({})).toEqual([])
  expect(read({ answerSeconds: 20, workingDays: { ...before.workingDays, rude_check: 3 } })).toEqual([
    '接听时限（秒）：15 → 20',
    '“查验态度”答复（工作日）：5 → 3',
  ])
})

it('names what the hotline would decide alone from then on', () => {
  expect(read({ answersAlone: ['praise'], actsAlone: [] })).toEqual([
    '热线可独立答复：咨询、请回电、登记不了、纸质码、表扬 → 表扬',
    '热线可独立决定：回访后直接办结工单、合并同一人的工单 → —',
  ])
  // The order in which they were ticked is no change.
  expect(read({ answersAlone: [...before.answersAlone].reverse() })).toEqual([])
})

it('names codes and answers that are gone, new or worded anew', () => {
  const [first, second, ...rest] = before.wrapUps
  if (!first || !second) throw new Error('no codes')
  const wrapUps = [
    { ...second, title: { ...second.title, zh: '教申诉' } },
    ...rest,
    { key: 'more', title: { zh: '新', en: 'New' } },
  ]
  expect(read({ wrapUps }, 'en')).toEqual([
    'Removed: Explained a colour',
    'Added: New',
    'Worded anew: Showed how to appeal',
  ])
})

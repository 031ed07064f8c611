import i18next from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import { languages, toResources } from '../locales/languages.ts'
import { imports } from '../locales/zh/imports.ts'
import { addCategoryTitles, wordCategory, wordRow } from './status-words.ts'

const words = i18next.createInstance()
const market = { category: 'night_market', title: { zh: '夜市关联人员', en: 'Linked to the night market' } }
const confirmed = { category: 'confirmed', title: { zh: '确诊病例', en: 'Confirmed' } }

beforeAll(async () => {
  await words.init({
    lng: 'zh',
    fallbackLng: 'zh',
    resources: toResources(languages),
    interpolation: { escapeValue: false },
  })
})

it('words a category by the rules, else by what came along, else by its key', async () => {
  expect(wordCategory(words.t, 'night_market')).toBe('night_market')
  expect(wordCategory(words.t, 'night_market', '夜市')).toBe('夜市')
  const heard: string[] = []
  words.store.on('added', (language: string) => heard.push(language))
  addCategoryTitles(words, [market, confirmed])
  // Pages that are open render anew.
  expect(heard).toEqual(['zh', 'en'])

  expect(wordCategory(words.t, 'night_market')).toBe('夜市关联人员')
  expect(wordCategory(words.t, 'confirmed')).toBe('确诊病例')
  expect(wordRow(words.t, 'night_market')).toBe('夜市关联人员')
  expect(wordRow(words.t, 'withdraw')).toBe(imports.what.withdraw)
  for (const never of ['day_market', 'constructor', 'toString'])
    expect(wordCategory(words.t, never)).toBe(never)

  await words.changeLanguage('en')
  expect(wordCategory(words.t, 'night_market')).toBe('Linked to the night market')
  expect(wordCategory(words.t, 'confirmed')).toBe('Confirmed')

  // A later ruleset may title it otherwise, and a title is no template.
  addCategoryTitles(words, [
    { category: 'night_market', title: { zh: '夜市', en: 'Market {{count}} $t(app.title)' } },
  ])
  expect(wordCategory(words.t, 'night_market')).toBe('Market {{count}} $t(app.title)')
})

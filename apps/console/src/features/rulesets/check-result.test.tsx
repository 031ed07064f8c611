import i18next from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { beforeAll, expect, it } from 'vitest'
import { languages, toResources } from '../../locales/languages.ts'
import { CheckResult } from './check-result.tsx'

const words = i18next.createInstance()
beforeAll(async () => {
  await words.init({
    lng: 'zh',
    fallbackLng: 'zh',
    resources: toResources(languages),
    interpolation: { escapeValue: false },
  })
})

const error = { path: '/categories/night_market/phases/0/days', fault: 'too_small', values: [], reason: 'x' }
const warning = { kind: 'category_in_use_changed_kind' as const, category: 'night_market', persons: 3 }
const shown = async (language: string, document: unknown): Promise<string> => {
  await words.changeLanguage(language)
  return renderToStaticMarkup(
    <I18nextProvider i18n={words}>
      <CheckResult errors={[error]} errorCount={1} warnings={[warning]} document={document} />
    </I18nextProvider>,
  )
}

it('names a category that only the draft has as the draft titles it', async () => {
  const document = { categories: { night_market: { title: { zh: '夜市关联人员', en: 'Night market' } } } }
  const text = await shown('zh', document)
  expect(text).toContain('<strong>夜市关联人员 › ')
  expect(text.match(/夜市关联人员/g)).toHaveLength(2)
  expect((await shown('en', document)).match(/Night market/g)).toHaveLength(2)
})

it.each([
  null,
  'text',
  [],
  { categories: null },
  { categories: { night_market: { title: '夜市' } } },
  { categories: { night_market: { title: { zh: 7 } } } },
])('says the key where the document is no ruleset: %j', async (document) => {
  expect(await shown('zh', document)).toContain('<strong>night_market › ')
})

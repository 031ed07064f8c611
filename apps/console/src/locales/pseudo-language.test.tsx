import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App } from 'antd'
import i18next, { type i18n } from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { MemoryRouter } from 'react-router'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { SessionContext } from '../api/session.ts'
import { routes } from '../routes.tsx'
import { addCategoryTitles, wordCategory } from '../ui/status-words.ts'
import {
  gatherLanguages,
  languages,
  nextLanguage,
  pickText,
  REFERENCE,
  toResources,
  type Words,
} from './languages.ts'

// A language that nobody speaks, generated from the reference: every letter is a ◊, and the placeholders stay. Whatever
// shows a letter of ours is a text that the code chose without asking which language is shown.
const LETTER = /[A-Za-z\u3400-\u9fff]/
const pretend = (text: string): string =>
  text.replace(/{{\w+}}|[^{}]/g, (part) => (part.startsWith('{{') ? part : part.replace(LETTER, '◊')))

const translate = (words: Words): Words =>
  Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? pretend(value) : translate(value),
    ]),
  )

const reference = languages[REFERENCE]?.words ?? {}
const pseudo = gatherLanguages(
  { './pseudo/language.ts': { name: '◊◊', switchTo: '◊◊◊', tag: 'art-x-pseudo', voice: 'art-x-pseudo' } },
  { './pseudo/everything.ts': translate(reference) },
)
const all = { ...languages, ...pseudo }

const words: i18n = i18next.createInstance()
beforeAll(async () => {
  await words.init({
    lng: 'pseudo',
    fallbackLng: REFERENCE,
    resources: toResources(all),
    interpolation: { escapeValue: false },
  })
})

describe('a third language', () => {
  it('is one folder: it has its words, and the button leads to it and on', () => {
    expect(Object.keys(pseudo)).toEqual(['pseudo'])
    expect(nextLanguage('zh', all)).toBe('pseudo')
    expect(nextLanguage('pseudo', all)).toBe('en')
    expect(nextLanguage('nowhere', all)).toBe('en')
    expect(words.t('app.state.busyText', { count: 3 })).toMatch(/3/)
    expect(words.t('app.state.busyText', { count: 3 })).not.toMatch(LETTER)
  })

  it('shows texts of the city in the reference until the city has them in it', () => {
    expect(pickText({ zh: '徐州', en: 'Xuzhou' }, 'pseudo')).toBe('徐州')
    expect(pickText({ zh: '徐州', en: 'Xuzhou', pseudo: '◊◊' }, 'pseudo')).toBe('◊◊')
    const titles = { zh: '密切接触者', en: 'Close contact' }
    addCategoryTitles(words, [{ category: 'close_contact', title: titles }])
    expect(wordCategory(words.t, 'close_contact')).toBe('密切接触者')
    addCategoryTitles(words, [
      { category: 'close_contact', title: { ...titles, pseudo: '◊' } as typeof titles },
    ])
    expect(wordCategory(words.t, 'close_contact')).toBe('◊')
  })
})

const me = {
  operatorId: '1',
  username: '7',
  displayName: '7',
  organisation: '8',
  roles: ['hq', 'office', 'sysadmin', 'auditor', 'venue_manager'] as const,
  divisionCode: '320300',
  divisionName: '9',
  csrfToken: '',
  sessionExpiresAt: '2022-04-01T00:00:00.000Z',
  mustChangePassword: false,
}

// Posters hang in the city in two languages, whatever the console speaks.
const pages = routes.filter(({ path }) => path !== '/venues/:venueId/posters')

describe('every page in it', () => {
  // Pages are drawn without a browser here, and React says at every one that layout effects do not run then.
  beforeAll(() => {
    const said = console.error
    vi.spyOn(console, 'error').mockImplementation((...parts) => {
      if (!String(parts[0]).includes('useLayoutEffect does nothing')) said(...parts)
    })
  })

  it.each(pages.map((route) => [route.path, route] as const))(
    '%s shows no text of ours',
    async (path, route) => {
      const { default: Page } = await route.load()
      const html = renderToStaticMarkup(
        <I18nextProvider i18n={words}>
          <QueryClientProvider client={new QueryClient()}>
            <SessionContext.Provider value={{ ...me, roles: [...me.roles] }}>
              <MemoryRouter initialEntries={[path.replace(/:\w+\??/g, '7')]}>
                <App>
                  <Page />
                </App>
              </MemoryRouter>
            </SessionContext.Provider>
          </QueryClientProvider>
        </I18nextProvider>,
      )
      const seen = html
        .replace(/<(style|script)[^>]*>.*?<\/\1>/gs, '')
        .replace(/<[^>]*?(?: (?:aria-label|placeholder|title|alt)="([^"]*)")?[^>]*>/g, ' $1 ')
      expect(seen).toMatch(/◊/)
      expect(seen.match(/[^\s<>]*[A-Za-z\u3400-\u9fff][^\s<>]*/g) ?? []).toEqual([])
    },
  )
})

describe('the sources', () => {
  it('choose no text by language and hold none', () => {
    const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!./*/**'], {
      query: '?raw',
      import: 'default',
      eager: true,
    })
    const spoken = /['"`>][^'"`<\n]*[\u3400-\u9fff]|[!=]==? ?'(?:zh|en)'/
    const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    expect(Object.keys(sources).length).toBeGreaterThan(150)
    const found = Object.entries(sources).filter(([, text]) => spoken.test(withoutComments(text)))
    expect(found.map(([file]) => file)).toEqual([])
  })
})

// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CITY_WORDS } from '@jiankangbao/city/words'
import { encodeBase64Url } from '@jiankangbao/domain/codes/base64url'
import { act, type ComponentType } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LanguageFacts } from '../src/locales/language.types.ts'
import { factsOf, type ScreenName, screenNames } from '../src/screens.ts'
import { phone } from './phone-host.ts'

vi.hoisted(() => Object.assign(globalThis, { API_ORIGIN: '', CITY: '', IS_REACT_ACT_ENVIRONMENT: true }))
vi.mock('@tarojs/taro', async () => (await import('./phone-host.ts')).taro)

// A language that nobody speaks, made from Chinese: no letter of any real one is left, and every text is longer. A letter
// on a screen that is shown in it was written by the code without asking for the language.
const LETTER = /[A-Za-z、。，：；！？（）《》\u3400-\u9fff]/
const pretend = (text: string): string =>
  text.replace(/\{\{[\w.]+\}\}|./gs, (part) => (part.length > 1 || !LETTER.test(part) ? part : '◊◊'))

const translate = <T,>(words: T): T =>
  (typeof words === 'string'
    ? pretend(words)
    : Object.fromEntries(Object.entries(words as object).map(([key, value]) => [key, translate(value)]))) as T

const makePseudo = ({ words }: LanguageFacts): LanguageFacts => ({
  words: translate(words),
  tag: 'art-x-pseudo',
  name: '◊◊◊',
  shortName: '◊',
  largeLetter: '◊',
  choose: ({ en }) => pretend(en),
  momentText: ({ month, day, time }) => `◊${month}◊${day}◊${time}`,
  betweenPlaces: '◊',
  betweenNames: '◊',
  betweenSentences: '◊',
})

// What a folder and its line in the list come to.
vi.mock('../src/locales/languages.ts', async (load) => {
  const { LANGUAGES } = await load<typeof import('../src/locales/languages.ts')>()
  return { LANGUAGES: { ...LANGUAGES, pseudo: makePseudo(LANGUAGES.zh) } }
})

// The city's own words come from its package.
Object.assign(CITY_WORDS.xuzhou, { pseudo: translate(CITY_WORDS.xuzhou.zh) })

const { chooseLanguage, languages, nextLanguage, say } = await import('../src/words/words.ts')
const { inLanguage } = await import('../src/words/in-language.tsx')
const { writeSession, endSession } = await import('../src/features/session/session.ts')

const source = join(import.meta.dirname, '../src')
const SCAN = '00000000-0000-4000-8000-000000000001'
const params: Partial<Record<ScreenName, Record<string, string>>> = {
  door: { code: 'V66HMPSZ49534B', scan: SCAN, at: Date.now().toString(36) },
  'code-info': { kind: 'paper' },
  appeal: { category: 'symptom' },
  missing: { from: 'poster' },
  entry: { done: '1' },
  appeals: { done: 'yes' },
}

const signIn = (): void => {
  const claims = encodeBase64Url(new TextEncoder().encode(JSON.stringify({ sub: '1' })))
  writeSession({ accessToken: `.${claims}.`, refreshToken: '', registered: true, renewedAt: Date.now() })
}

const componentOf = async (name: ScreenName): Promise<ComponentType> => {
  const file = join(source, 'features', `${factsOf(name).file}.tsx`)
  const parts: Record<string, ComponentType> = await import(/* @vite-ignore */ file)
  const exported = Object.keys(parts).find((each) => each.endsWith('Screen'))
  return inLanguage(parts[exported ?? ''] as ComponentType)
}

const settle = () =>
  act(async () => {
    for (let turn = 0; turn < 6; turn += 1) await new Promise((done) => setTimeout(done, 0))
  })

/** All that somebody may read or hear, but for what says of itself that it is in another language. */
const readPage = (page: HTMLElement): string => {
  const shown = page.cloneNode(true) as HTMLElement
  for (const foreign of shown.querySelectorAll('[lang]')) foreign.remove()
  const spoken = [...shown.querySelectorAll('*')].flatMap((element) =>
    ['aria-label', 'placeholder', 'title', 'alt'].map((name) => element.getAttribute(name) ?? ''),
  )
  return [shown.textContent, ...spoken, phone.title].join('\n')
}

// Names that stand in the language they name.
const OTHER_NAMES = /中文|English/
const CODES = /V66HMPSZ49534B|USA/g

const expectPseudo = (page: HTMLElement, when: string): void => {
  const text = readPage(page)
    .replace(/中文|English/g, '')
    .replace(CODES, '')
  expect(text, when).toContain('◊')
  expect(text.match(/\{\{/g), when).toBeNull()
  expect(
    text.split(/\s+/).filter((word) => LETTER.test(word)),
    when,
  ).toEqual([])
}

const open = async (name: ScreenName): Promise<{ page: HTMLElement; close: () => Promise<void> }> => {
  phone.params = params[name] ?? {}
  const begun = [{ requestId: SCAN, scannedAt: new Date().toISOString() }]
  phone.stored.set('jkb.begun-scans', JSON.stringify(begun))
  const Page = await componentOf(name)
  const page = document.body.appendChild(document.createElement('div'))
  const root = createRoot(page)
  await act(async () => root.render(<Page />))
  expectPseudo(page, `${name}, at first`)
  await settle()
  expectPseudo(page, name)
  const close = async () => {
    await act(async () => root.unmount())
    page.remove()
  }
  return { page, close }
}

/** Looks at a screen, then at what each of its buttons brings. */
const lookThrough = async (name: ScreenName): Promise<void> => {
  const { page, close } = await open(name)
  const buttons = () => page.querySelectorAll<HTMLButtonElement>('main button')
  const count = Math.min(buttons().length, 30)
  for (let at = 0; at < count; at += 1) {
    const label = buttons()[at]?.textContent ?? ''
    // The buttons of the settings that choose another language.
    if (OTHER_NAMES.test(label)) continue
    await act(async () => buttons()[at]?.click())
    await settle()
    expectPseudo(page, `${name}, after "${label}"`)
  }
  await close()
}

describe('a third language', () => {
  beforeEach(() => {
    chooseLanguage('pseudo' as 'zh')
    signIn()
  })
  afterEach(() => {
    phone.refuses = false
  })

  it('comes after the others, and the button leads on from it', () => {
    expect(languages).toEqual(['zh', 'en', 'pseudo'])
    expect(nextLanguage()).toBe('zh')
    expect(say('action.back')).toMatch(/^◊+$/)
  })

  it.each(screenNames)('is all that is on the screen %s, whatever the server answers', async (name) => {
    for (phone.pick = 1; phone.pick < 5; phone.pick += 1) await (await open(name)).close()
    phone.pick = 0
    await lookThrough(name)
    phone.refuses = true
    await lookThrough(name)
  })

  it.each(['home', 'sign-in', 'register', 'door'] as const)(
    'is all that a stranger sees on %s',
    async (name) => {
      endSession()
      await lookThrough(name)
    },
  )
})

describe('the sources', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(tsx?|css)$/.test(file) && !/^(locales|pages)\/|\.test\.|app\.config/.test(file),
  )

  // What hosts say of themselves, the country that no list of countries has, and a door for tests.
  const mayHoldChinese = [
    'platform/host-refusal.ts',
    'features/identity/countries.ts',
    'features/door/scan-examples.ts',
  ]

  it('ask for no language by name, and hold no Chinese', () => {
    expect(files.length).toBeGreaterThan(150)
    const found = files.filter((file) => {
      const code = readFileSync(join(source, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      if (/(['"`])(zh|en|zh-CN)\1|:lang\(|\[lang[=~|]/.test(code)) return true
      return /[\u3400-\u9fff]/.test(code) && !mayHoldChinese.includes(file)
    })
    expect(found).toEqual([])
  })
})

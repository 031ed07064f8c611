import { errorCodes } from '@jiankangbao/contracts/error-codes'
import { DECISION_REASONS } from '@jiankangbao/domain/decision/decide'
import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { MARCH_2022 } from '@jiankangbao/domain/status/rulesets/march-2022'
import { DOCUMENT_TYPES } from '@jiankangbao/domain/written/document-types'
import { describe, expect, it } from 'vitest'
import { FACE_KEYS } from '../features/checkpoint/face.ts'
import { languages, REFERENCE, type Words } from './languages.ts'

const leaves = (tree: Words, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  )
const placeholders = (text: string): string[] => (text.match(/{{\w+}}/g) ?? []).sort()

/** The keys under a key, sorted. */
const keysOf = (words: Words, ...path: string[]): string[] => {
  const found = path.reduce<Words | string | undefined>(
    (tree, key) => (typeof tree === 'object' ? tree[key] : undefined),
    words,
  )
  return Object.keys(typeof found === 'object' ? found : {}).sort()
}

describe.each(Object.entries(languages))('words in %s', (_language, { words }) => {
  it('name every error the server can answer, and the two that no server answers', () => {
    const codes = [...Object.keys(errorCodes), 'NO_NETWORK', 'TIMEOUT'].sort()
    expect(keysOf(words, 'errors')).toEqual(codes)
  })

  it('name every venue kind, document type and decision reason', () => {
    expect(keysOf(words, 'domain', 'kinds')).toEqual([...VENUE_KINDS].sort())
    expect(keysOf(words, 'domain', 'documentTypes')).toEqual([...DOCUMENT_TYPES].sort())
    expect(keysOf(words, 'domain', 'decisionReasons')).toEqual([...DECISION_REASONS].sort())
  })

  it('name every action of the default ruleset and what it waits for', () => {
    for (const rule of Object.values(MARCH_2022.categories)) {
      const actions = rule.kind === 'phases' ? rule.phases.flatMap((phase) => phase.actions) : rule.actions
      for (const action of actions) expect(keysOf(words, 'domain', 'actions')).toContain(action)
      if (rule.kind !== 'phases') continue
      for (const { end } of rule.phases)
        if ('awaits' in end) expect(keysOf(words, 'domain', 'conditions')).toContain(end.awaits)
    }
  })

  it('name every face of the checkpoint', () => {
    expect(keysOf(words, 'checkpoint', 'words')).toEqual([...FACE_KEYS].sort())
  })

  it('leave nothing empty', () => {
    for (const [key, text] of leaves(words)) expect(text.trim(), key).not.toBe('')
  })
})

const reference = leaves(languages[REFERENCE]?.words ?? {})

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!./**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

describe('all languages', () => {
  it('have the same keys with the same placeholders', () => {
    expect(Object.keys(languages)).toEqual(expect.arrayContaining(['en', 'zh']))
    for (const { words } of Object.values(languages)) {
      const translated = new Map(leaves(words))
      for (const [key, text] of reference)
        expect(placeholders(translated.get(key) ?? 'missing'), key).toEqual(placeholders(text))
      expect(translated.size).toBe(reference.length)
    }
  })

  it('have every fixed key that the pages ask for', () => {
    const known = new Set(reference.map(([key]) => key))
    expect(Object.keys(sources).length).toBeGreaterThan(50)
    for (const [file, text] of Object.entries(sources)) {
      for (const [, key = ''] of text.matchAll(/(?:\bt\(\s*|\b(?:title|words): )'([a-zA-Z]+\.[a-zA-Z.]+)'/g))
        expect(known.has(key), `${key} in ${file}`).toBe(true)
    }
  })

  it('have words under every key that a page completes with a value', () => {
    const known = reference.map(([key]) => key)
    const asked = Object.entries(sources).flatMap(([file, text]) =>
      [...text.matchAll(/\bt\(\s*`([a-zA-Z]+\.[a-zA-Z.]*)\$\{/g)].map(([, start = '']) => ({ file, start })),
    )
    expect(asked.length).toBeGreaterThan(50)
    expect(asked.filter(({ start }) => !known.some((key) => key.startsWith(start)))).toEqual([])
  })
})

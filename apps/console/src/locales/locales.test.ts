import { errorCodes } from '@jiankangbao/contracts/error-codes'
import { DECISION_REASONS } from '@jiankangbao/domain/decision/decide'
import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { DOCUMENT_TYPES } from '@jiankangbao/domain/identity/document'
import { XZ_2022_03 } from '@jiankangbao/domain/status/rulesets/xz-2022-03'
import { describe, expect, it } from 'vitest'
import { FACE_KEYS } from '../features/checkpoint/face.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

type Tree = { readonly [key: string]: string | Tree }

const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  )
const placeholders = (text: string): string[] => (text.match(/{{\w+}}/g) ?? []).sort()

const languages = { zh, en } as const

describe.each(Object.entries(languages))('words in %s', (_language, words) => {
  it('name every error the server can answer, and the two that no server answers', () => {
    const codes = [...Object.keys(errorCodes), 'NO_NETWORK', 'TIMEOUT'].sort()
    expect(Object.keys(words.errors).sort()).toEqual(codes)
  })

  it('name every venue kind, document type and decision reason', () => {
    expect(Object.keys(words.domain.kinds).sort()).toEqual([...VENUE_KINDS].sort())
    expect(Object.keys(words.domain.documentTypes).sort()).toEqual([...DOCUMENT_TYPES].sort())
    expect(Object.keys(words.domain.decisionReasons).sort()).toEqual([...DECISION_REASONS].sort())
  })

  it('name every category of the default ruleset with its actions and what it waits for', () => {
    for (const [category, rule] of Object.entries(XZ_2022_03.categories)) {
      expect(words.domain.categories).toHaveProperty(category)
      const actions = rule.kind === 'phases' ? rule.phases.flatMap((phase) => phase.actions) : rule.actions
      for (const action of actions) expect(words.domain.actions).toHaveProperty(action)
      if (rule.kind !== 'phases') continue
      for (const { end } of rule.phases)
        if ('awaits' in end) expect(words.domain.conditions).toHaveProperty(end.awaits)
    }
  })

  it('name every face of the checkpoint', () => {
    expect(Object.keys(words.checkpoint.words).sort()).toEqual([...FACE_KEYS].sort())
  })

  it('leave nothing empty', () => {
    for (const [key, text] of leaves(words as Tree)) expect(text.trim(), key).not.toBe('')
  })
})

describe('both languages', () => {
  it('have the same keys with the same placeholders', () => {
    const english = new Map(leaves(en as Tree))
    for (const [key, text] of leaves(zh as Tree))
      expect(placeholders(english.get(key) ?? 'missing'), key).toEqual(placeholders(text))
    expect(english.size).toBe(leaves(zh as Tree).length)
  })

  it('have every fixed key that the pages ask for', () => {
    const known = new Set(leaves(zh as Tree).map(([key]) => key))
    const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!./**'], {
      query: '?raw',
      import: 'default',
      eager: true,
    })
    expect(Object.keys(sources).length).toBeGreaterThan(50)
    for (const [file, text] of Object.entries(sources)) {
      for (const [, key = ''] of text.matchAll(/\bt\(\s*'([a-zA-Z.]+)'/g))
        expect(known.has(key), `${key} in ${file}`).toBe(true)
    }
  })
})

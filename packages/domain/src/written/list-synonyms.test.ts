import { describe, expect, it } from 'vitest'
import { parseRuleset } from '../status/parse-ruleset.ts'
import { NINTH_EDITION } from '../status/rulesets/ninth-edition.ts'
import { readSynonyms } from './list-synonyms.ts'

const withWords = (listWords: unknown) => parseRuleset({ ...NINTH_EDITION, listWords })

describe('synonyms of a ruleset', () => {
  it('are part of it, and compared like every word', () => {
    const parsed = withWords({ result: { negative: ['合格 （-）'] }, heading: { document: ['证号'] } })
    expect(parsed.ok && readSynonyms(parsed.ruleset.listWords, 'result').get('合格-')).toBe('negative')
  })
  it.each([
    [{ result: { negative: ['合格'], positive: ['合 格'] } }, '/listWords/result/positive/0'],
    [{ result: { negative: ['（）'] } }, '/listWords/result/negative/0'],
    [{ category: { nobody: ['某类'] } }, '/listWords/category/nobody'],
    [{ colour: { red: ['红'] } }, '/listWords'],
    [{ result: { negative: [''] } }, '/listWords/result/negative/0'],
  ])('%j is refused', (words, path) => {
    const parsed = withWords(words)
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.path)).toEqual([expect.stringContaining(path)])
  })
})

import { expect, it } from 'vitest'
import { addWord, applyEdits, countEdits, findMeaning, NO_EDITS, removeWord, wordsOf } from './word-edits.ts'

const BEFORE = {
  id: 'xz-2022-03',
  version: 3,
  listWords: { result: { negative: ['合格'] } },
  divisions: { made: [{ code: '320306', name: '甲区' }] },
}
const GOOD = { field: 'result', meaning: 'negative', word: '良' } as const

it('adds and takes away words, and leaves no empty meaning', () => {
  const one = addWord(NO_EDITS, GOOD)
  expect(applyEdits(BEFORE, one)).toMatchObject({
    id: 'xz-2022-03-w4',
    version: 4,
    listWords: { result: { negative: ['合格', '良'] } },
  })
  const none = removeWord(NO_EDITS, { ...GOOD, word: '合格' })
  expect(applyEdits(BEFORE, none).listWords).toEqual({})
  expect(applyEdits({ ...BEFORE, id: 'xz-2022-03-w4' }, one).id).toBe('xz-2022-03-w4')
})
it('takes back what was only clicked', () => {
  expect(countEdits(removeWord(addWord(NO_EDITS, GOOD), { ...GOOD, word: '良 ' }))).toBe(0)
  const old = { ...GOOD, word: '合格' }
  expect(addWord(removeWord(NO_EDITS, old), old)).toEqual(NO_EDITS)
})
it('applies the same edits to a ruleset that changed meanwhile', () => {
  const edits = addWord(NO_EDITS, GOOD)
  const later = { ...BEFORE, listWords: { result: { positive: ['异常'] } } }
  expect(applyEdits(later, edits).listWords).toEqual({ result: { positive: ['异常'], negative: ['良'] } })
  expect(wordsOf(later.listWords, edits, 'result', 'positive')).toEqual(['异常'])
})
it('lets the later word about a division count', () => {
  const ended = { code: '320306', heirs: [{ code: '320302', within: true }] }
  expect(applyEdits(BEFORE, { ...NO_EDITS, ended: [ended] }).divisions).toEqual({ made: [], ended: [ended] })
  const renamed = { code: '320306', name: '乙区' }
  expect(applyEdits(BEFORE, { ...NO_EDITS, made: [renamed] }).divisions?.made).toEqual([renamed])
})
it('says what a word means already', () => {
  const meanings = [
    { meaning: 'negative', known: ['阴性'] },
    { meaning: 'positive', known: ['阳性'] },
  ]
  const added = (meaning: string) => (meaning === 'positive' ? ['异常'] : [])
  expect(findMeaning(meanings, added, ' 阴 性')).toBe('negative')
  expect(findMeaning(meanings, added, '异常')).toBe('positive')
  expect(findMeaning(meanings, added, '良')).toBeUndefined()
})

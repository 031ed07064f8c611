import type { VisitResult } from '@jiankangbao/contracts/schemas/door'
import { describe, expect, it } from 'vitest'
import { wordKeyOf } from './verdict.ts'

const visit = (decision: VisitResult['decision'], entryRegistered?: boolean): VisitResult => ({
  colour: 'green',
  decision,
  reasons: [],
  nameMasked: '张*',
  ...(entryRegistered === undefined ? {} : { entryRegistered }),
})

describe('the word of a door', () => {
  it.each([
    ['registered', [visit('admit', true)], 'door.registered'],
    ['a family, all registered', [visit('admit', true), visit('admit', true)], 'door.registered'],
    ['a door that does not ask', [visit('admit')], 'door.word.admit'],
    ['not registered', [visit('review')], 'door.word.review'],
    ['one of them is not', [visit('admit', true), visit('review')], 'door.word.review'],
    ['one added at another rule', [visit('admit', true), visit('admit')], 'door.word.admit'],
    ['refused, whatever else is claimed', [visit('deny', true)], 'door.word.deny'],
    ['nobody', [], 'door.word.review'],
  ])('%s', (_name, visits, word) => {
    expect(wordKeyOf(...visits)).toBe(word)
  })
})

import type { VisitResult } from '@jiankangbao/contracts/visit/schemas'
import { describe, expect, it } from 'vitest'
import { answerOf } from './scan-examples.ts'
import { headlineOf, rowsOf, wordKeyOf } from './verdict.ts'

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

describe('the headline', () => {
  const mother = visit('admit')
  const daughter = { ...visit('deny'), memberId: 'daughter' }
  const father = { ...visit('admit'), memberId: 'father' }
  const groupOf = (...visits: VisitResult[]) => ({ scanId: 'a', recorded: { ...answerOf(), visits } })
  const of = (...groups: ReturnType<typeof groupOf>[]) => headlineOf(rowsOf({ groups }))

  it('is the holder’s own; a red daughter is named beneath it and heard', () => {
    const headline = of(groupOf(mother, daughter, father))
    expect(headline).toMatchObject({ decision: 'admit', lead: [mother], admitted: 1, alert: 'deny' })
    expect(headline.stopped.map((row) => row.visit)).toEqual([daughter])
  })

  it('says nothing of whoever was not there', () => {
    const headline = of({
      ...groupOf(mother, daughter),
      withdrawn: { daughter: '2026-03-01T08:01:00.000Z' },
    } as never)
    expect(headline).toMatchObject({ decision: 'admit', stopped: [], admitted: 0, alert: 'admit' })
  })

  it('without the holder is for those who are there', () => {
    expect(of(groupOf(daughter))).toMatchObject({ decision: 'deny', lead: [daughter], stopped: [] })
    const both = of(groupOf(daughter, father))
    expect(both.decision).toBe('deny')
    expect(both.stopped.map((row) => row.visit)).toEqual([daughter])
    expect(of({ ...groupOf(daughter), withdrawn: { daughter: 'then' } } as never)).toMatchObject({
      decision: 'review',
      lead: [],
    })
  })
})

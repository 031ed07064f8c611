import fc from 'fast-check'
import { expect, it } from 'vitest'
import { judgeChain } from './chain.ts'

const meeting = (fromCaseId: string, minutes: number, metAt: number | null, toAnchorAt = 100) => ({
  fromCaseId,
  toCaseId: 'late',
  minutes,
  metAt,
  toAnchorAt,
})

it('takes the longest of the possible ones, and marks what can not be and what nobody dated', () => {
  expect(
    judgeChain([meeting('a', 20, 50), meeting('b', 60, 60), meeting('c', 500, 101), meeting('d', 900, null)]),
  ).toEqual([
    { order: 'possible', likeliest: false },
    { order: 'possible', likeliest: true },
    { order: 'impossible', likeliest: false },
    { order: 'undated', likeliest: false },
  ])
  expect(judgeChain([meeting('a', 20, 60), meeting('b', 20, 50)]).map(({ likeliest }) => likeliest)).toEqual([
    false,
    true,
  ])
})

it('gives no case two likeliest origins', () => {
  const any = fc.record({
    fromCaseId: fc.constantFrom('a', 'b', 'c'),
    toCaseId: fc.constantFrom('a', 'b', 'c'),
    minutes: fc.integer({ min: 0, max: 3 }),
    metAt: fc.option(fc.integer({ min: 0, max: 5 })),
    toAnchorAt: fc.integer({ min: 0, max: 5 }),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (meetings) => {
      const verdicts = judgeChain(meetings)
      for (const id of ['a', 'b', 'c']) {
        const of = verdicts.filter((_, at) => meetings[at]?.toCaseId === id)
        const likeliest = of.filter((verdict) => verdict.likeliest)
        expect(likeliest.length).toBe(of.some(({ order }) => order === 'possible') ? 1 : 0)
      }
    }),
  )
})

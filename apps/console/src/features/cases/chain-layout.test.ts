import { expect, it } from 'vitest'
import { placeCases } from './chain-layout.ts'

it('goes from left to right by day, keeps a follower in the row of its origin, and never puts two into one place', () => {
  const cases = [
    { caseId: 'c', anchorAt: '2022-03-03T08:00:00Z' },
    { caseId: 'a', anchorAt: '2022-03-01T08:00:00Z' },
    { caseId: 'b', anchorAt: '2022-03-01T09:00:00Z' },
    { caseId: 'd', anchorAt: '2022-03-03T09:00:00Z' },
  ]
  const links = [
    { fromCaseId: 'b', toCaseId: 'c', likeliest: true },
    { fromCaseId: 'b', toCaseId: 'd', likeliest: true },
    { fromCaseId: 'a', toCaseId: 'd', likeliest: false },
  ]
  expect(placeCases(cases, links)).toEqual([
    { caseId: 'a', column: 0, row: 0 },
    { caseId: 'b', column: 0, row: 1 },
    { caseId: 'c', column: 1, row: 1 },
    { caseId: 'd', column: 1, row: 2 },
  ])
})

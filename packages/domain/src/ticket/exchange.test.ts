import { expect, it } from 'vitest'
import { EXCHANGE_FRESH_MS, isExchangeFresh, readExchangeFigures } from './exchange.ts'

const figures = {
  ...{ waiting: 37, longestWaitSeconds: 210, agents: 75, ready: 0 },
  ...{ offered: 120_000, answered: 9_000, answeredInTime: 6_000, answerSeconds: 15 },
}

it('takes whole figures that fit together, and nothing else that came along', () => {
  expect(readExchangeFigures({ ...figures, callers: ['13812345678'] })).toEqual(figures)
})

it.each([
  ['nothing', undefined],
  ['a list', [figures]],
  ['a text', { ...figures, waiting: '37' }],
  ['less than none', { ...figures, waiting: -1 }],
  ['half a call', { ...figures, offered: 0.5 }],
  ['what never ends', { ...figures, longestWaitSeconds: Number.POSITIVE_INFINITY }],
  ['more than there are people', { ...figures, offered: 1e12 }],
  ['a figure left out', { ...figures, ready: undefined }],
  ['more free than there', { ...figures, ready: 76 }],
  ['more answered than came', { ...figures, answered: 120_001 }],
  ['more in time than answered', { ...figures, answeredInTime: 9_001 }],
  ['no norm', { ...figures, answerSeconds: 0 }],
])('refuses %s', (_, told) => expect(readExchangeFigures(told)).toBeUndefined())

it.each([
  [0, true],
  [-EXCHANGE_FRESH_MS + 1, true],
  [-EXCHANGE_FRESH_MS, false],
  [59_000, true],
  [61_000, false],
])('figures of %i ms from now count: %s', (ms, fresh) => expect(isExchangeFresh(1e12 + ms, 1e12)).toBe(fresh))

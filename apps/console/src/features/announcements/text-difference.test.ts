import { expect, it } from 'vitest'
import { compareTexts } from './text-difference.ts'

const read = (before: string, after: string) =>
  compareTexts(before, after).map(
    ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`,
  )

it('keeps what stayed, and shows what went before what came', () => {
  expect(read('一\n二\n三', '一\n二之二\n三\n四')).toEqual([' 一', '-二', '+二之二', ' 三', '+四'])
  expect(read('', '一')).toEqual(['-', '+一'])
  expect(read('一', '一')).toEqual([' 一'])
})

it('gives up on what nobody writes', () => {
  const long = 'x\n'.repeat(3_000)
  expect(compareTexts(long, `${long}y`)).toHaveLength(6_002)
})

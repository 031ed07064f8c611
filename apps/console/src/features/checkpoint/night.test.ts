import { expect, it } from 'vitest'
import { isNight } from './night.ts'

it.each([
  ['2022-03-15T18:59:00+08:00', false],
  ['2022-03-15T19:00:00+08:00', true],
  ['2022-03-16T05:59:00+08:00', true],
  ['2022-03-16T06:00:00+08:00', false],
])('at %s in Shanghai, by the clock: %s', (at, dark) => {
  expect(isNight('auto', Date.parse(at))).toBe(dark)
  // Who chose has it as chosen, whatever the hour.
  expect([isNight('night', Date.parse(at)), isNight('day', Date.parse(at))]).toEqual([true, false])
})

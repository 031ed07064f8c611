import { expect, it } from 'vitest'
import { COLOURS, colourSeverity, isColour, worseColour, worstColour } from './colour.ts'

it('ranks red over yellow over none over green', () => {
  expect([...COLOURS].sort((a, b) => colourSeverity(b) - colourSeverity(a))).toEqual([
    'red',
    'yellow',
    'none',
    'green',
  ])
  expect(worseColour('none', 'green')).toBe('none')
  expect(worseColour('none', 'yellow')).toBe('yellow')
  expect(worstColour(['green', 'red', 'none'])).toBe('red')
  expect(worstColour([])).toBe('green')
})

it('takes nothing else for a colour', () => {
  for (const other of ['blue', 'Green', '', null, undefined, 1, 'constructor'])
    expect(isColour(other)).toBe(false)
})

import { expect, it } from 'vitest'
import { cutByDay, daysBetween } from './timeline-spans.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)

it('cuts a stay at midnight of the city, and draws a moment without width', () => {
  expect(cutByDay(at('2022-03-15T18:00:00'), at('2022-03-16T06:00:00'))).toEqual([
    { day: '2022-03-15', start: 0.75, width: 0.25 },
    { day: '2022-03-16', start: 0, width: 0.25 },
  ])
  expect(cutByDay(at('2022-03-15T06:00:00'), at('2022-03-16T00:00:00'))).toEqual([
    { day: '2022-03-15', start: 0.25, width: 0.75 },
  ])
  expect(cutByDay(at('2022-03-15T12:00:00'), at('2022-03-15T12:00:00'))).toEqual([
    { day: '2022-03-15', start: 0.5, width: 0 },
  ])
})

it('lists every day of a window, also a single one', () => {
  expect(daysBetween(at('2022-02-27T23:59:00'), at('2022-03-01T00:01:00'))).toEqual([
    '2022-02-27',
    '2022-02-28',
    '2022-03-01',
  ])
  expect(daysBetween(at('2022-03-15T00:00:00'), at('2022-03-16T00:00:00'))).toEqual(['2022-03-15'])
})

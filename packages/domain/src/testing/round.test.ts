import { describe, expect, it } from 'vitest'
import { coverageOf, judgeRoundTimes, missingOf } from './round.ts'

const HOUR = 3_600_000

describe('rounds', () => {
  it.each([
    [{ expected: 100, sampled: 40, exempt: 10 }, 50, 40 / 90],
    [{ expected: 10, sampled: 10, exempt: 0 }, 0, 1],
    [{ expected: 10, sampled: 10, exempt: 2 }, 0, 1],
    [{ expected: 0, sampled: 0, exempt: 0 }, 0, 1],
    [{ expected: 3, sampled: 0, exempt: 3 }, 0, 1],
  ])('%o misses %i', (count, missing, coverage) => {
    expect([missingOf(count), coverageOf(count)]).toEqual([missing, coverage])
  })

  const times = { fromAt: 0, untilAt: 8 * HOUR, dueAt: 32 * HOUR, times: 1, everyDays: undefined }
  it.each([
    [{}, undefined],
    [{ untilAt: 0 }, 'untilAt'],
    [{ untilAt: 200 * HOUR, dueAt: 300 * HOUR }, 'untilAt'],
    [{ dueAt: 7 * HOUR }, 'dueAt'],
    [{ dueAt: 500 * HOUR }, 'dueAt'],
    [{ times: 3 }, 'everyDays'],
    [{ times: 3, everyDays: 1 }, undefined],
    [{ everyDays: 1 }, 'everyDays'],
    [{ untilAt: 30 * HOUR, times: 2, everyDays: 1 }, 'everyDays'],
    [{ fromAt: -9 * HOUR, untilAt: -HOUR, dueAt: 0 }, 'fromAt'],
  ])('times %o are refused at %s', (change, field) => {
    const judged = judgeRoundTimes({ ...times, ...change }, 0)
    expect(judged.ok ? undefined : judged.field).toBe(field)
  })
})

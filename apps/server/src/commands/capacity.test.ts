import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Costs, capacityOf, describeCapacity, readCosts } from './capacity.ts'

const COSTS: Costs = {
  scan: { server: 60, database: 40, machine: 120 },
  pass: { server: 60, database: 40, machine: 120 },
  check: { server: 60, database: 40, machine: 120 },
  evaluatedPerSecond: 50_000,
  source: 'made up',
}

describe('the capacity of a city', () => {
  it('turns microseconds into processes and cores', () => {
    const { ordinaryDay, openingDay, testingRound, gigabytesPerDay } = capacityOf(9_080_000, COSTS, 12)
    // 10,003 requests a second of 80 µs are 0.8 cores; planned 60 % busy that is 1.33.
    expect(ordinaryDay).toMatchObject({ perSecond: 10_003, processes: 2, databaseCores: 2 })
    expect(openingDay).toMatchObject({ perSecond: 23_307, processes: 4, databaseCores: 2 })
    expect(testingRound.perSecond).toBe(10_003 + 315)
    expect(testingRound.evaluationMinutes).toBe(4)
    expect(gigabytesPerDay).toBeCloseTo(6.3, 0)
  })

  it('grows with the city and with what a request costs', () => {
    const small = capacityOf(9_000_000, COSTS, 12)
    const large = capacityOf(90_000_000, COSTS, 12)
    expect(large.ordinaryDay.processes).toBeGreaterThan(small.ordinaryDay.processes * 4)
    const dear = { ...COSTS, pass: { server: 600, database: 400, machine: 1_200 } }
    expect(capacityOf(9_000_000, dear, 12).ordinaryDay.processes).toBeGreaterThan(small.ordinaryDay.processes)
  })

  it('reads the figures of another machine, and says where they are missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jkb-capacity-'))
    const best = { cpuMicros: { server: 1, database: 2, machine: 4 } }
    const machine = { cores: 8, processor: 'Other', measuredAt: '2026-01-02T00:00:00Z' }
    const good = join(folder, 'good.json')
    writeFileSync(good, JSON.stringify({ machine, scan: { best }, pass: { best }, check: { best } }))
    expect(readCosts(good)).toMatchObject({ scan: best.cpuMicros, source: '8 × Other, 2026-01-02' })
    const bad = join(folder, 'bad.json')
    writeFileSync(bad, JSON.stringify({ machine, scan: { best }, pass: { best } }))
    expect(() => readCosts(bad)).toThrow('no figures of check')
  })

  it('says it in both languages, and what is wrong with a number', () => {
    expect(describeCapacity(['--citizens', '9080000'])).toMatch(
      /上线首日 opening day: 23,307 .* server processes/,
    )
    expect(() => describeCapacity(['--citizens', 'many'])).toThrow('--citizens must be a whole number')
    expect(() => describeCapacity([])).toThrow('--citizens')
  })
})

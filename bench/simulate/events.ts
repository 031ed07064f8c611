import { mixSeed, randomOf } from '../city/random.ts'
import { CHECKS_PER_VISIT, PASSES_PER_VISIT } from './curve.ts'
import type { Habit } from './habits.ts'
import { type Places, personDay } from './person-day.ts'

export const PASS = 0
export const SCAN = 1
export const CHECK = 2

/** What reaches the server in the day, in order of time. */
export interface DayEvents {
  count: number
  /** Seconds since midnight. */
  at: Float64Array
  kind: Uint8Array
  person: Uint32Array
  pointId: Uint32Array
}

interface EventOptions {
  seed: number
  habits: readonly Habit[]
  places: Places
  /** Persons of the city; those who move are spread evenly over them. */
  persons: number
  /** How many of them move. */
  active: number
}

/**
 * Requests of the day: before each scan the code is opened, seven times in ten twice (it is fetched anew after half a
 * minute), and after one visit in seven staff check the code that was shown.
 */
export const dayEvents = ({ seed, habits, places, persons, active }: EventOptions): DayEvents => {
  const rows: [at: number, kind: number, person: number, pointId: number][] = []
  for (let index = 0; index < active; index += 1) {
    const person = 1 + Math.floor((index * persons) / active)
    const random = randomOf(mixSeed(seed ^ 0x5ca1ab1e, person))
    for (const visit of personDay(person, { seed, habits, places })) {
      const scanAt = visit.minute * 60 + random() * 60
      rows.push([scanAt, SCAN, person, visit.pointId])
      rows.push([Math.max(0, scanAt - 8), PASS, person, 0])
      if (random() < PASSES_PER_VISIT - 1) rows.push([Math.max(0, scanAt - 38), PASS, person, 0])
      if (random() < CHECKS_PER_VISIT)
        rows.push([Math.min(86_399.9, scanAt + 6), CHECK, person, visit.pointId])
    }
  }
  rows.sort((a, b) => a[0] - b[0])
  return {
    count: rows.length,
    at: Float64Array.from(rows, (row) => row[0]),
    kind: Uint8Array.from(rows, (row) => row[1]),
    person: Uint32Array.from(rows, (row) => row[2]),
    pointId: Uint32Array.from(rows, (row) => row[3]),
  }
}

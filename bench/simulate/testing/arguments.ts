import { parseArgs } from 'node:util'

export interface TestingArguments {
  /** People of the round. */
  persons: number
  /** Simulated seconds per real second. */
  speed: number
  seed: number
  workers: number
}

export const TESTING_USAGE = `npm run simulate -- --testing [options]
  --persons N  people of the round (20000; the city has 9080000, at --speed 1 eight hours)
  --speed N    simulated seconds per second (480: eight hours take a minute)
  --seed N     the same seed gives the same people at the same sites (1)
  --workers N  server processes (2)`

const FALLBACK: TestingArguments = { persons: 20_000, speed: 480, seed: 1, workers: 2 }

/** Reads the command line. @throws Error that says what is wrong */
export const readTestingArguments = (args: string[]): TestingArguments => {
  const { values } = parseArgs({
    args,
    options: {
      testing: { type: 'boolean' },
      ...Object.fromEntries(Object.keys(FALLBACK).map((name) => [name, { type: 'string' as const }])),
    },
  })
  const given: Record<string, unknown> = values
  const number = (name: keyof TestingArguments): number => {
    const text = given[name]
    if (text === undefined) return FALLBACK[name]
    const value = Number(text)
    if (!(value > 0 && Number.isInteger(value)))
      throw new Error(`--${name} must be a whole number above 0, got "${String(text)}".`)
    return value
  }
  const read = {
    persons: number('persons'),
    speed: number('speed'),
    seed: number('seed'),
    workers: number('workers'),
  }
  if (read.persons < 1000) throw new Error('--persons must be at least 1000: ten sites have to fill tubes.')
  return read
}

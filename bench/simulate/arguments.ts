import { parseArgs } from 'node:util'

export interface Arguments {
  persons: number
  venues: number
  seed: number
  /** Persons who move in the simulated day. */
  active: number
  /** Simulated seconds per real second. */
  speed: number
  visitsPerPerson: number
  workers: number
  connections: number
  /** Only makes and measures the data set. */
  dataOnly: boolean
  /** JSON file that describes a running database with this city in it already. */
  city: string | undefined
}

export const USAGE = `npm run simulate -- [options]
  --day                 the whole: data set, highest rate, the day (this is what happens anyway)
  --persons N           persons in the database (20000; the city has 9080000, about 15 GB and ten minutes)
  --venues N            venues (one to 45 persons)
  --active N            persons who move in the day (all, at most 12000)
  --speed N             simulated seconds per second (480: the day takes three minutes)
  --visits-per-person N scans of a person in a day (4)
  --seed N              the same seed gives the same city and the same day (1)
  --workers N           server processes (2)
  --connections N       connections of the load generator, at most (6000)
  --data-only           makes the data set, measures it, deletes it
  --city FILE           use a running, filled database instead of making one; JSON of bench/database.ts`

const NUMBERS = [
  'persons',
  'venues',
  'active',
  'speed',
  'visits-per-person',
  'seed',
  'workers',
  'connections',
] as const

/** Reads the command line. @throws Error that says what is wrong */
export const readArguments = (args: string[]): Arguments => {
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(NUMBERS.map((name) => [name, { type: 'string' as const }])),
      day: { type: 'boolean' },
      'data-only': { type: 'boolean' },
      city: { type: 'string' },
    },
  })
  const given: Record<string, unknown> = values
  const number = (name: (typeof NUMBERS)[number], fallback: number): number => {
    const text = given[name]
    if (text === undefined) return fallback
    const value = Number(text)
    if (!(value > 0) || (name !== 'visits-per-person' && !Number.isInteger(value)))
      throw new Error(`--${name} must be a number above 0, got "${String(text)}".`)
    return value
  }
  const persons = number('persons', 20_000)
  const active = number('active', Math.min(persons, 12_000))
  if (active > persons) throw new Error('--active cannot be more than --persons.')
  return {
    persons,
    active,
    venues: number('venues', Math.max(100, Math.round(persons / 45))),
    seed: number('seed', 1),
    speed: number('speed', 480),
    visitsPerPerson: number('visits-per-person', 4),
    workers: number('workers', 2),
    connections: number('connections', 6000),
    dataOnly: values['data-only'] === true,
    city: typeof values.city === 'string' ? values.city : undefined,
  }
}

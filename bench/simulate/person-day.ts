import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { mixSeed, randomOf } from '../city/random.ts'
import type { PlannedVenue } from '../city/venues.ts'
import { MINUTES } from './curve.ts'
import type { Errand, Goal, Habit } from './habits.ts'

export interface Visit {
  /** Since midnight, whole minutes. */
  minute: number
  kind: VenueKind
  pointId: number
}

/** Venues by kind, to choose from. */
export type Places = ReadonlyMap<VenueKind, readonly PlannedVenue[]>

export const placesOf = (venues: readonly PlannedVenue[]): Places => {
  const places = new Map<VenueKind, PlannedVenue[]>()
  for (const venue of venues) {
    const same = places.get(venue.kind)
    if (same) same.push(venue)
    else places.set(venue.kind, [venue])
  }
  return places
}

const WORK: readonly VenueKind[] = [
  ...Array<VenueKind>(12).fill('enterprise'),
  'government',
  'construction_site',
  'hospital',
  'retail',
  'catering',
]
const kindsOf: Record<Exclude<Goal, readonly VenueKind[]>, readonly VenueKind[]> = {
  home: ['estate', 'estate', 'estate', 'village'],
  work: WORK,
  school: ['primary_school', 'primary_school', 'middle_school', 'kindergarten'],
  transit: ['bus', 'bus', 'metro'],
}

const pick = <Item>(items: readonly Item[], random: () => number): Item | undefined =>
  items[Math.floor(random() * items.length)]

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

// As in the curve: what falls outside the day is drawn again, not moved to its edge.
const minuteOf = ({ minute, spread }: Errand, random: () => number): number => {
  for (;;) {
    const drawn = Math.floor(minute + spread * normal(random))
    if (drawn >= 0 && drawn < MINUTES) return drawn
  }
}

const habitOf = (habits: readonly Habit[], random: () => number): Habit | undefined => {
  let left = random()
  return habits.find(({ share }) => {
    left -= share
    return left < 0
  })
}

/** Moves visits apart so that nobody is at two places in one minute; the order and the number stay. */
const spreadOut = (visits: Visit[]): Visit[] => {
  visits.sort((a, b) => a.minute - b.minute)
  let earliest = 0
  for (const visit of visits) {
    visit.minute = Math.max(visit.minute, earliest)
    earliest = visit.minute + 2
  }
  let latest = MINUTES - 1
  for (const visit of visits.toReversed()) {
    visit.minute = Math.min(visit.minute, latest)
    latest = visit.minute - 2
  }
  return visits
}

/**
 * Where a person goes on this day: the same for the same seed. Home, work, school and line are the person's own; shops
 * and restaurants are two of each kind.
 */
export const personDay = (
  person: number,
  { seed, habits, places }: { seed: number; habits: readonly Habit[]; places: Places },
): Visit[] => {
  const random = randomOf(mixSeed(seed, person))
  const habit = habitOf(habits, random) ?? habits.at(-1)
  const visits: Visit[] = []
  for (const errand of habit?.errands ?? []) {
    if (random() >= errand.likely) continue
    const { goal } = errand
    const own = typeof goal === 'string'
    // A place of one's own: drawn from the person and the goal, whatever else the day brings.
    const choice = own ? randomOf(mixSeed(seed ^ goal.length, person * 31 + goal.charCodeAt(0))) : random
    const kind = pick(own ? kindsOf[goal] : goal, choice)
    const known = (kind && places.get(kind)) ?? []
    const venue = own ? pick(known, choice) : known[placeNumber(person, random, known.length)]
    const pointId = venue && pick(venue.pointIds, random)
    if (kind && pointId !== undefined) visits.push({ minute: minuteOf(errand, random), kind, pointId })
  }
  return spreadOut(visits)
}

const placeNumber = (person: number, random: () => number, count: number): number =>
  mixSeed(person, random() < 0.7 ? 1 : 2) % Math.max(1, count)

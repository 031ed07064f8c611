import { setTimeout as sleep } from 'node:timers/promises'
import { openCityKeys } from '../city/tokens.ts'
import { planVenues } from '../city/venues.ts'
import { scaleHabits } from './curve.ts'
import { type DayEvents, dayEvents } from './events.ts'
import { placesOf } from './person-day.ts'
import { createRequests } from './requests.ts'
import { createTally, type Tally } from './tally.ts'
import { openWire } from './wire.ts'

// A process of its own: sends each request when it is due, whether or not earlier ones were answered (open loop), and
// measures from when it was due, so that a server that stands still is charged for everybody who waits.

export interface LoadSettings {
  port: number
  dataDirectory: string
  persons: number
  venues: number
  seed: number
  active: number
  visitsPerPerson: number
  connections: number
}

export type LoadOrder = { run: 'day'; speed: number } | { run: 'rate'; perSecond: number; seconds: number }
export type LoadMessage =
  | { said: 'ready'; events: number }
  | { said: 'hour'; hour: number; tally: Tally }
  | { said: 'day'; hours: Tally[]; stretches: Tally[] }
  | { said: 'rate'; tally: Tally }

/** Stretches of the day in the picture: ten minutes each. */
const STRETCHES = 144
/** Then a phone gives up: later answers are failures, and what was not sent by then is not sent. */
const PATIENCE_MS = 15_000

const say = (message: LoadMessage) => process.send?.(message)

const start = (settings: LoadSettings) => {
  const planned = planVenues(settings)
  const events = dayEvents({
    ...settings,
    habits: scaleHabits(settings.visitsPerPerson),
    places: placesOf(planned),
  })
  const keys = openCityKeys(settings.dataDirectory)
  const codes = new Map<number, string>()
  for (const pointId of new Set(events.pointId)) codes.set(pointId, '')
  for (const venue of planned)
    for (const [at, pointId] of venue.pointIds.entries())
      if (codes.has(pointId)) codes.set(pointId, keys.venueCode(venue.codeIds[at] ?? ''))
  const requests = createRequests(keys, codes)
  const wire = openWire(settings.port, settings.connections)

  const sendOne = (index: number, dueAt: number, tallies: ReturnType<typeof createTally>[]) => {
    const kind = events.kind[index] ?? 0
    const wantsBody = requests.wantsBody(kind)
    for (const tally of tallies) tally.offer()
    const text = requests.write(kind, events.person[index] ?? 0, events.pointId[index] ?? 0)
    wire.send(text, wantsBody, dueAt + PATIENCE_MS, (status, body) => {
      const late = performance.now() - dueAt
      for (const tally of tallies) tally.settle(late > PATIENCE_MS ? 0 : status, late)
      if (wantsBody && status === 200) requests.rememberPass(body)
      open -= 1
    })
    open += 1
  }
  let open = 0
  const settle = async () => {
    const until = performance.now() + PATIENCE_MS
    while (open > 0 && performance.now() < until) await sleep(20)
  }

  /** Sends what is due every millisecond or so; `dueAt(i)` in milliseconds of this process. */
  const sendAll = async (
    from: number,
    count: number,
    dueAt: (position: number) => number,
    each: (index: number, due: number) => void,
  ) => {
    let position = 0
    while (position < count) {
      const now = performance.now()
      while (position < count && dueAt(position) <= now) {
        each((from + position) % events.count, dueAt(position))
        position += 1
      }
      await sleep(1)
    }
  }

  const runDay = async (speed: number) => {
    const hours = Array.from({ length: 24 }, createTally)
    const stretches = Array.from({ length: STRETCHES }, createTally)
    const begin = performance.now() + 200
    let hour = 0
    const dueAt = (index: number) => begin + ((events.at[index] ?? 0) * 1000) / speed
    // An hour is told once it is over and everything sent in it was answered or given up.
    const tellOver = (now: number) => {
      for (let tally = hours[hour]; tally && hour < now && tally.isSettled(); tally = hours[hour]) {
        say({ said: 'hour', hour, tally: tally.read() })
        hour += 1
      }
    }
    await sendAll(0, events.count, dueAt, (index, due) => {
      const seconds = events.at[index] ?? 0
      const own = [hours[Math.floor(seconds / 3600)], stretches[Math.floor((seconds * STRETCHES) / 86_400)]]
      tellOver(Math.floor(seconds / 3600))
      sendOne(
        index,
        due,
        own.flatMap((tally) => tally ?? []),
      )
    })
    await settle()
    tellOver(24)
    say({
      said: 'day',
      hours: hours.map((tally) => tally.read()),
      stretches: stretches.map((tally) => tally.read()),
    })
  }

  let cursor = firstAt(events, 8 * 3600)
  const runRate = async (perSecond: number, seconds: number) => {
    const count = Math.round(perSecond * seconds)
    const tally = createTally()
    const warming = createTally()
    const begin = performance.now() + 50
    // The first second warms up and is not counted.
    const firstCounted = Math.min(count - 1, perSecond)
    await sendAll(
      cursor,
      count,
      (position) => begin + (position * 1000) / perSecond,
      (index, due) =>
        sendOne(index, due, [due - begin < (firstCounted * 1000) / perSecond ? warming : tally]),
    )
    cursor = (cursor + count) % events.count
    await settle()
    say({ said: 'rate', tally: tally.read() })
  }

  say({ said: 'ready', events: events.count })
  process.on('message', (order: LoadOrder) => {
    const running = order.run === 'day' ? runDay(order.speed) : runRate(order.perSecond, order.seconds)
    running.catch((error: unknown) => {
      console.error(error)
      process.exit(1)
    })
  })
}

const firstAt = (events: DayEvents, seconds: number): number =>
  Math.max(
    0,
    events.at.findIndex((at) => at >= seconds),
  )

process.on('disconnect', () => process.exit(0))
process.once('message', (settings: LoadSettings) => start(settings))

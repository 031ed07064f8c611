import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import type pg from 'pg'
import { type ColourHistory, judge, type Violation } from '../chaos/ledger.ts'
import { type Phones, startPhones } from '../chaos/phones.ts'
import { countRecorded, readRecorded } from '../chaos/recorded-visits.ts'
import { freePort } from '../database.ts'
import { Problem } from '../problem.ts'
import { startServer } from '../system.ts'
import { waitUntil } from './children.ts'
import { makeRehearsedCity, PERSONS, type RehearsedCity } from './city.ts'
import { startDatabases } from './cluster.ts'
import { startEtcd } from './etcd.ts'
import { type Event, events, type Stage } from './events.ts'
import { openPlace, type Place } from './place.ts'
import { startDoor, startWayToPrimary } from './ways.ts'

export interface EventResult {
  name: string
  what: string
  goalSeconds: number
  /** Why it could not be tried here. */
  skipped?: string
  sent: number
  acknowledged: number
  recorded: number
  /** Longest time without any acknowledgement. */
  silentSeconds: number
  answers: Record<string, number>
  violations: Violation[]
}

/** The longest time between two acknowledgements, and after the last one where something was left. */
const longestSilence = (acknowledgedAt: readonly number[], leftAt: number | undefined): number => {
  const times = [...acknowledgedAt, ...(leftAt === undefined ? [] : [leftAt])].sort((a, b) => a - b)
  return times.reduce((longest, time, at) => Math.max(longest, time - (times[at - 1] ?? time)), 0)
}

/** Nobody's colour changes meanwhile: each has the one that the city was made with. */
const readColours = async (admin: pg.Pool): Promise<ColourHistory> => {
  const { rows } = await admin.query<{ person_id: string; colour: number }>(
    'select distinct on (person_id) person_id, to_colour as colour from status_changes order by person_id, change_id desc',
  )
  return new Map(
    rows.map(({ person_id, colour }) => [person_id, [{ at: 0, colour: numberToColour(colour) }]]),
  )
}

interface Rehearsal extends Stage {
  city: RehearsedCity
  origin: string
  perSecond: number
  log(line: string): void
}

const startLoad = ({ city, origin, perSecond }: Rehearsal): Phones =>
  startPhones({
    origins: [origin],
    perSecond,
    persons: PERSONS,
    token: city.token,
    venueCode: () => city.codes[Math.floor(Math.random() * city.codes.length)] ?? '',
  })

const goesOn = (phones: Phones, since: number) => async () => (phones.acknowledgedAt.at(-1) ?? 0) > since

const conclude = async (
  { city: { admin } }: Rehearsal,
  { name, what, goalSeconds }: Event,
  phones: Phones,
  finishedAt: number,
): Promise<EventResult> => {
  const { ledger } = phones
  const leftAt = ledger.some(({ acknowledgedAt }) => acknowledgedAt === undefined) ? finishedAt : undefined
  const recorded = await countRecorded(admin)
  const violations = judge(ledger, await readRecorded(admin, ledger), await readColours(admin))
  if (recorded > ledger.length)
    violations.push({ kind: 'doubled', requestId: '', detail: `${recorded} rows for ${ledger.length} scans` })
  return {
    name,
    what,
    goalSeconds,
    sent: ledger.length,
    acknowledged: ledger.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length,
    recorded,
    silentSeconds: Math.round(longestSilence(phones.acknowledgedAt, leftAt) / 100) / 10,
    answers: phones.answers,
    violations,
  }
}

const rehearse = async (rehearsal: Rehearsal, event: Event): Promise<EventResult> => {
  const skipped = event.impossible?.(rehearsal)
  const { name, what, goalSeconds } = event
  if (skipped) {
    const nothing = { sent: 0, acknowledged: 0, recorded: 0, silentSeconds: 0, answers: {}, violations: [] }
    return { name, what, goalSeconds, skipped, ...nothing }
  }
  rehearsal.log(`${name}: ${what}`)
  await rehearsal.cluster.waitUntilWhole(120)
  await rehearsal.city.admin.query('truncate visits')
  const phones = startLoad(rehearsal)
  await waitUntil('the first scans', goesOn(phones, Date.now()), 30)
  await sleep(3_000)
  await event.inject(rehearsal)
  // Nothing may be acknowledged for a while; then it must go on by itself.
  await sleep(2_000)
  const before = { ...phones.answers }
  await waitUntil('scans after it', goesOn(phones, Date.now()), 90).catch((error) => {
    const since = Object.entries(phones.answers).map(
      ([what, count]) => `${what} ${count - (before[what] ?? 0)}`,
    )
    throw new Problem(`${error.message} Phones heard: ${since.join(', ')}.`)
  })
  await sleep(4_000)
  await phones.finish(30_000)
  const finishedAt = Date.now()
  await event.mend?.(rehearsal)
  await rehearsal.cluster.waitUntilWhole(120)
  return conclude(rehearsal, event, phones, finishedAt)
}

/** Every acknowledged scan once, none twice, nothing left on a phone, and not silent for longer than wanted. */
export const isSound = (result: EventResult): boolean =>
  result.skipped !== undefined ||
  (result.violations.length === 0 &&
    result.acknowledged === result.sent &&
    result.silentSeconds <= result.goalSeconds)

const build = async (
  place: Place,
  perSecond: number,
  log: (line: string) => void,
  undo: (() => unknown)[],
) => {
  const password = randomBytes(12).toString('hex')
  const etcd = await startEtcd(place)
  undo.push(etcd.stop)
  log('etcd runs; PostgreSQL is made three times …')
  const cluster = await startDatabases(place, etcd, password)
  undo.push(cluster.stop)
  const way = await startWayToPrimary(place, cluster.nodes)
  undo.push(way.child.stop)
  const city = await makeRehearsedCity({ directory: place.directory, port: way.port, password }, 2)
  undo.push(() => city.admin.end())
  const ports: number[] = []
  for (const [at, dataDirectory] of city.dataDirectories.entries()) {
    const port = await freePort()
    ports.push(port)
    const server = await startServer({
      program: join(process.cwd(), 'apps/server/dist/main.js'),
      databaseUrl: city.url('jkb_app'),
      dataDirectory,
      workers: 1,
      port,
      work: at === 0,
      settings: { TRUSTED_PROXIES: '1' },
    })
    undo.push(server.stop)
  }
  const door = await startDoor(place, ports)
  undo.push(door.child.stop)
  return { etcd, cluster, city, origin: door.origin, perSecond, log }
}

/** Three databases, etcd, HAProxy, two servers and jobs on this machine; each event in turn, under load. */
export const rehearseFailover = async (
  names: readonly string[],
  perSecond: number,
  log: (line: string) => void,
): Promise<{ results: EventResult[]; postgres: string }> => {
  const place = openPlace('failover')
  const undo: (() => unknown)[] = []
  const results: EventResult[] = []
  try {
    const rehearsal = await build(place, perSecond, log, undo)
    for (const event of events.filter(({ name }) => names.length === 0 || names.includes(name))) {
      const result = await rehearse(rehearsal, event)
      results.push(result)
      log(
        `  ${isSound(result) ? 'ok' : 'WRONG'}: ${result.skipped ?? `${result.silentSeconds} s without answers`}`,
      )
      for (const violation of result.violations.slice(0, 5)) log(`  ${JSON.stringify(violation)}`)
    }
    return { results, postgres: place.version }
  } finally {
    for (const each of undo.toReversed()) await Promise.resolve(each()).catch(() => {})
    place.remove()
  }
}

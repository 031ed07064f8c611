import type { StayLength } from '@jiankangbao/domain/decision/venue-kind'
import {
  DAY_MS,
  shanghaiDayNumber,
  shanghaiDayOf,
  startOfShanghaiDayNumber,
} from '@jiankangbao/domain/time/shanghai'

import type { Contact, Meeting } from '@jiankangbao/domain/tracing/contacts'
import type { Span } from '@jiankangbao/domain/tracing/rules'
import { stayFrom, withMargins } from '@jiankangbao/domain/tracing/stay'
import type { Queryable } from '../../../db/pool.ts'
import * as queries from './people.queries.ts'

/** Of one stay. More is asked to be narrowed: the sweep of Chengdu had 82,000 people at once, and passes. */
export const MOST_SCANS = 100_000

const MINUTE_MS = 60_000

/** Somebody found; of a secondary contact also whose. */
export type FoundContact = Contact & { contactPersonId?: string }

/** A stay of somebody, with where others count as together with it. */
export interface Sought {
  key: string
  span: Span
  length: StayLength
  points: queries.Search['points']
}

export interface SearchOf extends queries.Search {
  key: string
  minutes: number
}

/** In which scans others may have stayed into the stay, day by day. */
const searchesOf = ({ key, span, length, points }: Sought): SearchOf[] => {
  const { from, until } = withMargins(span, length)
  const first = from - length.minutes * MINUTE_MS
  const searches: SearchOf[] = []
  for (let day = shanghaiDayNumber(first); startOfShanghaiDayNumber(day) < until; day++) {
    const start = startOfShanghaiDayNumber(day)
    searches.push({
      key,
      day: shanghaiDayOf(start),
      fromMs: Math.max(0, first - start),
      untilMs: Math.min(DAY_MS, until - start) - 1,
      minutes: length.minutes,
      points,
    })
  }
  return searches.filter(({ fromMs, untilMs }) => untilMs >= fromMs)
}

const toMeeting = (
  { visited_ms, next_ms, same_point, doubtful }: queries.ScanRow,
  { key, day, minutes }: SearchOf,
): Meeting => {
  const midnight = Date.parse(`${day}T00:00:00+08:00`)
  const next = next_ms === null ? null : midnight + next_ms
  return {
    stayId: key,
    span: stayFrom(midnight + visited_ms, minutes, next),
    surety: doubtful ? 'doubtful' : same_point ? 'sure' : 'likely',
  }
}

export interface Met {
  /** By person, except one. */
  meetings: Map<string, Meeting[]>
  /** By key. */
  scans: Map<string, number>
}

/** Who was scanned into these stays. Where too many were, nobody of it is given. */
export const listMeetings = async (
  db: Queryable,
  sought: Sought[],
  exceptPersonIds: string[],
): Promise<Met> => {
  const searches = sought.flatMap(searchesOf)
  const scans = new Map<string, number>()
  const counts = await queries.countScans(db, searches, MOST_SCANS)
  searches.forEach(({ key }, at) => {
    scans.set(key, (scans.get(key) ?? 0) + (counts[at] ?? 0))
  })
  const narrow = searches.filter(({ key }) => (scans.get(key) ?? 0) <= MOST_SCANS)
  const meetings = new Map<string, Meeting[]>()
  for (const scan of await queries.listScans(db, narrow, exceptPersonIds)) {
    const search = narrow[scan.n - 1]
    if (!search) continue
    const meeting = toMeeting(scan, search)
    const met = meetings.get(scan.person_id)
    if (met) met.push(meeting)
    else meetings.set(scan.person_id, [meeting])
  }
  return { meetings, scans }
}

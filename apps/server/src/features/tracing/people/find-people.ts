import { findContact, type Meeting } from '@jiankangbao/domain/tracing/contacts'
import { floorOf } from '@jiankangbao/domain/tracing/floor'
import type { TracingRules } from '@jiankangbao/domain/tracing/rules'
import { stayLengthOf, withMargins } from '@jiankangbao/domain/tracing/stay'
import type { StayScope } from '@jiankangbao/domain/vocabulary/tracing'
import type { Queryable } from '../../../db/pool.ts'
import { listOneHuman } from '../../colours/facts/standing.queries.ts'
import type { CaseRow } from '../case/case.queries.ts'
import { windowOf } from '../case/case-view.ts'
import { listStays, type StayRow } from '../case/stays.queries.ts'
import { listOnPaper } from '../paper/paper.queries.ts'
import { findFurther } from './further.ts'
import { type FoundContact, listMeetings, MOST_SCANS, type Sought } from './meetings.ts'
import * as queries from './people.queries.ts'

export interface Found {
  /** By person, without the case. */
  contacts: Map<string, FoundContact>
  stays: StayRow[]
  places: { stayId: string; scans: number; persons: number; tooMany: boolean }[]
  furtherTooMany: number
  /** Of lists on paper: who is not registered. */
  unregistered: number
}

const addHousehold = async (db: Queryable, human: string[], contacts: Found['contacts']): Promise<void> => {
  const close = [...contacts].filter(([, { group }]) => group === 'close_contact')
  const household = await queries.listHousehold(
    db,
    close.map(([personId]) => personId),
  )
  for (const { person_id: personId, of_person_id: contactPersonId } of household) {
    const of = contacts.get(contactPersonId)
    if (!of || contacts.has(personId) || human.includes(personId)) continue
    contacts.set(personId, {
      group: 'secondary_contact',
      minutes: 0,
      times: 0,
      surety: 'likely',
      lastAt: of.lastAt,
      stays: [],
      contactPersonId,
    })
  }
}

type Point = Awaited<ReturnType<typeof queries.listPoints>>[number]

/** Points at which others count: its own, those of its floor, or all of its venue. */
const pointsOf = (
  { point_id: own, venue_id, scope }: { point_id: number; venue_id: number; scope: StayScope },
  points: Point[],
): queries.Search['points'] => {
  const ownFloor = floorOf(points.find((point) => point.point_id === own)?.name ?? '')
  return points
    .filter(
      (point) =>
        point.point_id === own ||
        (point.venue_id === venue_id &&
          (scope === 'venue' ||
            (scope === 'floor' && ownFloor !== undefined && floorOf(point.name) === ownFloor))),
    )
    .map(({ point_id: pointId }) => ({ pointId, same: pointId === own }))
}

const toSought = (counted: StayRow[], points: Point[], { margins }: TracingRules): Sought[] =>
  counted.map((stay) => ({
    key: stay.stay_id,
    span: { from: stay.from_at.getTime(), until: stay.until_at.getTime() },
    length: stayLengthOf(stay.kind, margins),
    points: pointsOf(stay, points),
  }))

/** Whoever is on a list of paper counts like somebody scanned at another point, from the beginning of the stay. */
const addOnPaper = async (
  db: Queryable,
  row: CaseRow,
  counted: StayRow[],
  meetings: Map<string, Meeting[]>,
): Promise<number> => {
  const paper = await listOnPaper(db, row.case_id)
  for (const { stay_id: stayId, minutes, person_id: personId } of paper) {
    const stay = counted.find((each) => each.stay_id === stayId)
    if (!stay || personId === null || personId === row.person_id) continue
    const from = stay.from_at.getTime()
    const meeting: Meeting = { stayId, span: { from, until: from + minutes * 60_000 }, surety: 'likely' }
    meetings.set(personId, [...(meetings.get(personId) ?? []), meeting])
  }
  return paper.filter(({ person_id }) => person_id === null).length
}

/** Who was where a case was, by these rules: nothing is kept and nobody named. */
export const findPeople = async (
  db: Queryable,
  row: CaseRow,
  rules: TracingRules,
  now: Date,
): Promise<Found> => {
  const human = await listOneHuman(db, row.person_id)
  const window = windowOf({ ...row, rules }, now)
  const stays = await listStays(db, row.case_id, window)
  const counted = stays.filter((stay) => stay.counted)
  const points = await queries.listPoints(
    db,
    counted.map(({ point_id }) => point_id),
  )
  const sought = toSought(counted, points, rules)
  const { meetings, scans } = await listMeetings(db, sought, human)
  const unregistered = await addOnPaper(db, row, counted, meetings)
  const windows = new Map(sought.map(({ key, span, length }) => [key, withMargins(span, length)]))
  const contacts: Found['contacts'] = new Map()
  const personsAt = new Map<string, number>()
  for (const [personId, met] of meetings) {
    const contact = findContact(windows, met, rules)
    if (!contact) continue
    contacts.set(personId, contact)
    for (const { stayId } of contact.stays) personsAt.set(stayId, (personsAt.get(stayId) ?? 0) + 1)
  }
  await addHousehold(db, human, contacts)
  const furtherTooMany = await findFurther(db, { except: human, contacts, rules, until: now })
  const places = counted.map(({ stay_id: stayId }) => {
    const scanned = scans.get(stayId) ?? 0
    return { stayId, scans: scanned, persons: personsAt.get(stayId) ?? 0, tooMany: scanned > MOST_SCANS }
  })
  return { contacts, stays, places, furtherTooMany, unregistered }
}

import type { CaseContact, ContactCounts } from '@jiankangbao/contracts/tracing/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import {
  DAY_MS,
  shanghaiDayNumber,
  shanghaiDayOf,
  startOfShanghaiDayNumber,
} from '@jiankangbao/domain/time/shanghai'
import { CONTACT_GROUPS, type Contact, findContact, type Meeting } from '@jiankangbao/domain/tracing/contacts'
import { findFaultyRule, type Span, type TracingRules } from '@jiankangbao/domain/tracing/rules'
import { stayFrom, stayLengthOf, withMargins } from '@jiankangbao/domain/tracing/stay'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import type { CaseRow } from '../case/case.queries.ts'
import { windowOf } from '../case/case-view.ts'
import { requireOpenCase } from '../case/held-case.ts'
import { listStays, type StayRow } from '../case/stays.queries.ts'
import * as queries from './people.queries.ts'

/** Of one stay. More is asked to be narrowed: the sweep of Chengdu had 82,000 people at once, and passes. */
export const MOST_SCANS = 100_000

const MINUTE_MS = 60_000

export interface Found {
  /** By person, without the case. */
  contacts: Map<string, Contact & { contactPersonId?: string }>
  stays: StayRow[]
  places: { stayId: string; scans: number; persons: number; tooMany: boolean }[]
}

const spanOf = (stay: StayRow): Span => ({ from: stay.from_at.getTime(), until: stay.until_at.getTime() })

/** In which scans others may have stayed into the stay, day by day. */
const searchesOf = (stay: StayRow, { margins }: TracingRules): (queries.Search & { minutes: number })[] => {
  const length = stayLengthOf(stay.kind, margins)
  const { from, until } = withMargins(spanOf(stay), length)
  const first = from - length.minutes * MINUTE_MS
  const searches = []
  for (let day = shanghaiDayNumber(first); startOfShanghaiDayNumber(day) < until; day++) {
    const start = startOfShanghaiDayNumber(day)
    searches.push({
      stayId: stay.stay_id,
      day: shanghaiDayOf(start),
      fromMs: Math.max(0, first - start),
      untilMs: Math.min(DAY_MS, until - start) - 1,
      minutes: length.minutes,
    })
  }
  return searches.filter(({ fromMs, untilMs }) => untilMs >= fromMs)
}

const toMeeting = (
  { visited_ms, next_ms, same_point, doubtful }: queries.ScanRow,
  { stayId, day, minutes }: queries.Search & { minutes: number },
): Meeting => {
  const midnight = Date.parse(`${day}T00:00:00+08:00`)
  const next = next_ms === null ? null : midnight + next_ms
  return {
    stayId,
    span: stayFrom(midnight + visited_ms, minutes, next),
    surety: doubtful ? 'doubtful' : same_point ? 'sure' : 'likely',
  }
}

const addSecondary = async (db: Queryable, row: CaseRow, contacts: Found['contacts']): Promise<void> => {
  const close = [...contacts].filter(([, { group }]) => group === 'close_contact')
  const household = await queries.listHousehold(
    db,
    close.map(([personId]) => personId),
  )
  for (const { person_id: personId, of_person_id: contactPersonId } of household) {
    const of = contacts.get(contactPersonId)
    if (!of || contacts.has(personId) || personId === row.person_id) continue
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

/** Who was where a case was, by these rules: nothing is kept and nobody named. */
export const findPeople = async (
  db: Queryable,
  row: CaseRow,
  rules: TracingRules,
  now: Date,
): Promise<Found> => {
  const stays = await listStays(db, row.case_id, windowOf({ ...row, rules }, now))
  const counted = stays.filter((stay) => stay.counted)
  const searches = counted.flatMap((stay) => searchesOf(stay, rules))
  const counts = await queries.countScans(db, searches, MOST_SCANS)
  const scansOf = new Map<string, number>()
  searches.forEach(({ stayId }, at) => {
    scansOf.set(stayId, (scansOf.get(stayId) ?? 0) + (counts[at] ?? 0))
  })
  const meetings = new Map<string, Meeting[]>()
  const narrow = searches.filter(({ stayId }) => (scansOf.get(stayId) ?? 0) <= MOST_SCANS)
  for (const scan of await queries.listScans(db, narrow, row.person_id)) {
    const search = narrow[scan.n - 1]
    if (!search) continue
    const meeting = toMeeting(scan, search)
    const met = meetings.get(scan.person_id)
    if (met) met.push(meeting)
    else meetings.set(scan.person_id, [meeting])
  }
  const windows = new Map(
    counted.map((stay) => [stay.stay_id, withMargins(spanOf(stay), stayLengthOf(stay.kind, rules.margins))]),
  )
  const contacts: Found['contacts'] = new Map()
  const personsAt = new Map<string, number>()
  for (const [personId, met] of meetings) {
    const contact = findContact(windows, met, rules)
    if (!contact) continue
    contacts.set(personId, contact)
    for (const { stayId } of contact.stays) personsAt.set(stayId, (personsAt.get(stayId) ?? 0) + 1)
  }
  await addSecondary(db, row, contacts)
  const places = counted.map(({ stay_id: stayId }) => {
    const scans = scansOf.get(stayId) ?? 0
    return { stayId, scans, persons: personsAt.get(stayId) ?? 0, tooMany: scans > MOST_SCANS }
  })
  return { contacts, stays, places }
}

/** People of a case: counted without names, listed for a purpose. */
export const createPeopleService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const districtsOf = ({ contacts, stays }: Found): ContactCounts['districts'] => {
    const nameOf = new Map(stays.map((stay) => [stay.stay_id, stay.division_name]))
    const districts = new Map<string, number>()
    for (const contact of contacts.values())
      for (const name of new Set(contact.stays.map(({ stayId }) => nameOf.get(stayId) ?? '')))
        districts.set(name, (districts.get(name) ?? 0) + 1)
    return [...districts]
      .map(([name, persons]) => ({ name, persons }))
      .sort((one, other) => other.persons - one.persons)
  }

  return {
    /** @throws AppError NOT_FOUND, STATE_CONFLICT (not open), VALIDATION_FAILED (rules) */
    countCaseContacts: async (
      caller: OperatorCaller,
      caseId: string,
      given: TracingRules | undefined,
    ): Promise<ContactCounts> => {
      const now = clock()
      const row = await requireOpenCase(pool, caller, caseId, now)
      const rules = given ?? row.rules
      const faulty = findFaultyRule(rules)
      if (faulty) throw fieldError(`rules.${faulty}`, 'out_of_range')
      const found = await findPeople(pool, row, rules, now)
      const coloured = await queries.listColoured(pool, [...found.contacts.keys()])
      const groups = CONTACT_GROUPS.map((group) => {
        const persons = [...found.contacts].filter(([, contact]) => contact.group === group)
        return {
          group,
          persons: persons.length,
          coloured: persons.filter(([personId]) => coloured.has(personId)).length,
        }
      })
      return {
        rules,
        persons: found.contacts.size,
        groups,
        districts: districtsOf(found),
        places: found.places,
        mostScans: MOST_SCANS,
      }
    },

    /** By the rules of the case; each of the people can read that they were consulted. @throws AppError as above */
    listCaseContacts: (
      caller: OperatorCaller,
      caseId: string,
      query: {
        purpose: string
        group?: CaseContact['group'] | undefined
        cursor?: string | undefined
        limit?: number | undefined
      },
    ): Promise<{ contacts: CaseContact[]; nextCursor?: string }> =>
      inTransaction(pool, async (tx) => {
        const now = clock()
        const row = await requireOpenCase(tx, caller, caseId, now)
        const { contacts } = await findPeople(tx, row, row.rules, now)
        const limit = query.limit ?? 20
        const sorted = [...contacts]
          .filter(([, { group }]) => !query.group || group === query.group)
          .sort(([one, a], [other, b]) => b.minutes - a.minutes || Number(one) - Number(other))
        const after = sorted.findIndex(([personId]) => personId === query.cursor) + 1
        const page = sorted.slice(after, after + limit)
        const personIds = page.map(([personId]) => personId)
        const named = await queries.listNamed(tx, personIds)
        const household = new Set(
          (await queries.listHousehold(tx, [row.person_id])).map(({ person_id }) => person_id),
        )
        const companions = new Set(await queries.listCompanions(tx, row.person_id))
        await insertLookups(tx, {
          personIds,
          at: now,
          means: 'tracing',
          purpose: query.purpose,
          operatorId: caller.operatorId,
          organisation: caller.organisation,
        })
        await writeAudit(tx, {
          actor: caller,
          action: 'case.contacts_read',
          objectKind: 'case',
          objectId: caseId,
          purpose: query.purpose,
          details: { persons: personIds },
        })
        return {
          contacts: page.map(([personId, { stays, lastAt, contactPersonId: _, ...contact }]) => {
            const who = named.get(personId)
            return {
              personId,
              nameMasked: who?.name_masked ?? '',
              colour: numberToColour(who?.colour),
              ...contact,
              lastAt: new Date(lastAt).toISOString(),
              household: household.has(personId),
              companion: companions.has(personId),
              stays: stays.map(({ stayId, minutes, surety }) => ({ stayId, minutes, surety })),
              ...(who?.case_id ? { caseId: who.case_id } : {}),
            }
          }),
          ...(sorted.length > after + limit ? { nextCursor: personIds.at(-1) ?? '' } : {}),
        }
      }),
  }
}

export type PeopleService = ReturnType<typeof createPeopleService>

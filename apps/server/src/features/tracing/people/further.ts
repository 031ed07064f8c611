import { findContact } from '@jiankangbao/domain/tracing/contacts'
import type { TracingRules } from '@jiankangbao/domain/tracing/rules'
import { stayFrom, stayLengthOf, withMargins } from '@jiankangbao/domain/tracing/stay'
import type { Queryable } from '../../../db/pool.ts'
import { type FoundContact, listMeetings, MOST_SCANS, type Sought } from './meetings.ts'
import { listOwnVisits } from './people.queries.ts'

/**
 * One step further: who was as long together with a chosen contact as makes a close contact, from when that one met the case.
 * Adds them as secondary contacts, and never changes anybody who is a contact already.
 * @returns how many stays had too many scans to look through
 */
export const findFurther = async (
  db: Queryable,
  {
    except,
    contacts,
    rules,
    until,
  }: { except: string[]; contacts: Map<string, FoundContact>; rules: TracingRules; until: Date },
): Promise<number> => {
  const chosen = (rules.further ?? []).flatMap((personId) => {
    const contact = contacts.get(personId)
    return contact?.stays[0] ? [{ personId, from: new Date(contact.stays[0].from) }] : []
  })
  if (chosen.length === 0) return 0
  const visits = await listOwnVisits(db, chosen, until)
  const sought = visits.map(
    (visit): Sought => ({
      key: `${visit.person_id}:${visit.request_key}`,
      span: stayFrom(
        visit.visited_at.getTime(),
        stayLengthOf(visit.kind).minutes,
        visit.next_elsewhere_at?.getTime() ?? null,
      ),
      length: stayLengthOf(visit.kind, rules.margins),
      points: [{ pointId: visit.point_id, same: true }],
    }),
  )
  const { meetings, scans } = await listMeetings(db, sought, except)
  for (const { personId: of } of chosen) {
    const windows = new Map(
      sought
        .filter(({ key }) => key.startsWith(`${of}:`))
        .map(({ key, span, length }) => [key, withMargins(span, length)]),
    )
    for (const [personId, met] of meetings) {
      if (contacts.has(personId) || personId === of) continue
      const contact = findContact(windows, met, rules)
      if (contact?.group !== 'close_contact') continue
      const { minutes, times, surety, lastAt } = contact
      contacts.set(personId, {
        group: 'secondary_contact',
        minutes,
        times,
        surety,
        lastAt,
        // Stays of the contact, not of the case: they make no exposure to it.
        stays: [],
        contactPersonId: of,
      })
    }
  }
  return [...scans.values()].filter((count) => count > MOST_SCANS).length
}

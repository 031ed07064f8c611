import type { CaseContact, ContactCounts } from '@jiankangbao/contracts/tracing/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { CONTACT_GROUPS } from '@jiankangbao/domain/tracing/contacts'
import { findFaultyRule, type TracingRules } from '@jiankangbao/domain/tracing/rules'
import { inTransaction } from '../../../db/pool.ts'
import { fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { listOneHuman } from '../../colours/facts/standing.queries.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { requireOpenCase } from '../case/held-case.ts'
import { type Found, findPeople } from './find-people.ts'
import { MOST_SCANS } from './meetings.ts'
import * as queries from './people.queries.ts'

/** People of a case: counted without names, listed for a purpose. */
export const createPeopleService = ({ pool, reading, clock }: Pick<Parts, 'pool' | 'reading' | 'clock'>) => {
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
      // With the stays that were changed a moment ago.
      const { found, coloured } = await reading.run(
        async (db) => {
          const found = await findPeople(db, row, rules, now)
          return { found, coloured: await queries.listColoured(db, [...found.contacts.keys()]) }
        },
        { current: true },
      )
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
        furtherTooMany: found.furtherTooMany,
        unregistered: found.unregistered,
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
        const human = await listOneHuman(tx, row.person_id)
        const named = await queries.listNamed(tx, personIds)
        const household = new Set((await queries.listHousehold(tx, human)).map(({ person_id }) => person_id))
        const companions = new Set(await queries.listCompanions(tx, human))
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

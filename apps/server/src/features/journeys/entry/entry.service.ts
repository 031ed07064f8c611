import type { Entry, EntryContent, EntryRequest } from '@jiankangbao/contracts/entry/schemas'
import { PROPOSED_CATEGORIES } from '@jiankangbao/domain/declaration/declaration-rules'
import { addsSymptom } from '@jiankangbao/domain/declaration/symptoms'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { type PageQuery, readCursor, toPage } from '../../../http/paging.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { findCityDivision, listUnknownPlaces, namePlaces } from '../../city/place/place.service.ts'
import { readStayPlaces } from '../../city/place/stay-places.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { type HouseholdRow, listHousehold } from '../../people/member/household.queries.ts'
import { replaceStays } from '../declaration/consequences.queries.ts'
import { applyFact, getDeclarationRules, matchStays } from '../declaration/consequences.service.ts'
import { DECLARATIONS_PER_HOUR } from '../declaration/declaration.service.ts'
import { listVersions, lockDeclaring, type VersionRow } from '../declaration/versions.queries.ts'
import {
  findCorrected,
  findRepeated,
  readContent,
  recordVersion,
  toDeclaredVersion,
} from '../declaration/versions.service.ts'
import * as queries from './entry.queries.ts'
import { doorTimesOf, listPlaces, parseEntryContent } from './entry-content.ts'

// A registration:  submitted → arrived → received → closed, or cancelled (by the traveller), expired (by the clock).
// Scans at an entry channel make it arrived (arrivals.ts), the community receives and closes (office.service.ts).

const MAX_OPEN = 20

/** Journeys to the city, declared before arrival by the travellers. */
export const createEntryService = ({
  pool,
  clock,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'>) => {
  const toEntry = (row: queries.EntryRow, versions: VersionRow[]): Entry => {
    const told = versions.map((version) => ({
      ...toDeclaredVersion(version),
      content: readContent(encryption, version) as EntryContent,
    }))
    const content = told[0]?.content
    if (!content) throw new Error('an entry registration without a version')
    const isOpen = row.state === 'submitted'
    const { validFrom, validUntil } = doorTimesOf(row.planned_arrival_at)
    return {
      entryId: row.entry_id,
      state: row.state,
      version: row.version,
      travellers: row.travellers.map(({ memberId, nameMasked, arrivedAt }) => ({
        ...(memberId ? { memberId } : {}),
        nameMasked,
        ...(arrivedAt ? { arrivedAt } : {}),
      })),
      content,
      placeNames: namePlaces(listPlaces(content)),
      submittedAt: row.submitted_at.toISOString(),
      validFrom: validFrom.toISOString(),
      validUntil: validUntil.toISOString(),
      ...(row.arrived_at ? { arrivedAt: row.arrived_at.toISOString() } : {}),
      ...(row.received_at ? { receivedAt: row.received_at.toISOString() } : {}),
      ...(row.closed_at ? { closedAt: row.closed_at.toISOString() } : {}),
      mayCorrect: isOpen,
      mayCancel: isOpen,
      versions: told,
    }
  }

  const toEntries = async (caller: CitizenCaller, rows: queries.EntryRow[]): Promise<Entry[]> => {
    const versions = await listVersions(
      pool,
      caller.accountId,
      rows.map((row) => row.entry_id),
    )
    return rows.map((row) =>
      toEntry(
        row,
        versions.filter((version) => version.declaration_id === row.entry_id),
      ),
    )
  }

  const getOwn = async (caller: CitizenCaller, entryId: string): Promise<Entry> => {
    const row = await queries.findEntryOfAccount(pool, caller.accountId, entryId)
    const [entry] = row ? await toEntries(caller, [row]) : []
    if (!entry) throw new AppError('NOT_FOUND')
    return entry
  }

  const findOwnPhone = async (caller: CitizenCaller): Promise<string> => {
    const encrypted = await queries.findAccountPhone(pool, caller.accountId)
    return encrypted ? encryption.decrypt(encrypted, inRow('accounts.phone', caller.accountId)) : ''
  }

  const pickTravellers = (household: HouseholdRow[], content: EntryContent): HouseholdRow[] => {
    if (!household.some(({ member_id }) => member_id === null)) throw new AppError('NOT_REGISTERED')
    const memberIds = content.memberIds.map((memberId) => memberId.toLowerCase())
    memberIds.forEach((memberId, at) => {
      if (!household.some(({ member_id }) => member_id === memberId))
        throw fieldError(`memberIds.${at}`, 'not_a_member')
    })
    return household.filter(({ member_id }) =>
      member_id === null ? content.self : memberIds.includes(member_id),
    )
  }

  const applyContent = async (
    tx: Transaction,
    row: VersionRow,
    travellers: HouseholdRow[],
    content: EntryContent,
    now: Date,
  ): Promise<void> => {
    const { declaration_id: declarationId, version } = row
    const persons = travellers.map(({ person_id, own_word }) => ({ personId: person_id, ownWord: own_word }))
    const { destinationCode: officeCode, stays } = content
    const source = 'entry_registration'
    await replaceStays(tx, { declarationId, version, officeCode, source, persons, stays }, now)
    await matchStays(tx, now, declarationId)
    const rules = await getDeclarationRules(tx, now)
    const corrected = (await findCorrected(tx, encryption, row)) as EntryContent | undefined
    for (const { memberId, symptoms } of content.unwell) {
      const person = travellers.find(({ member_id }) => member_id === (memberId?.toLowerCase() ?? null))
      const before = corrected?.unwell.find((other) => other.memberId === memberId)
      if (!person || !addsSymptom({ symptoms }, before)) continue
      await applyFact(
        tx,
        {
          personId: person.person_id,
          category: PROPOSED_CATEGORIES.symptom,
          anchorAt: now,
          declarationId,
          version,
          source: 'entry_registration',
        },
        { ruleCategory: rules.symptom, ownWord: person.own_word, divisionCode: content.destinationCode },
        now,
      )
    }
  }

  const submitInTransaction = async (
    tx: Transaction,
    caller: CitizenCaller,
    request: { requestId: string; corrects: string | undefined },
    content: EntryContent,
  ): Promise<string> => {
    const now = clock()
    await lockDeclaring(tx, caller.accountId)
    const repeated = await findRepeated(tx, encryption, caller, { kind: 'entry', ...request, content })
    if (repeated) return repeated.declaration_id
    const household = await listHousehold(tx, caller.accountId)
    const travellers = pickTravellers(household, content)
    const holder = household.find(({ member_id }) => member_id === null)
    if (request.corrects === undefined && (await queries.countOpenEntries(tx, caller.accountId)) >= MAX_OPEN)
      throw new AppError('STATE_CONFLICT')
    const row = await recordVersion(
      tx,
      encryption,
      caller,
      {
        kind: 'entry',
        ...request,
        personId: holder?.person_id ?? '',
        officeCode: content.destinationCode,
        content,
      },
      now,
    )
    const plannedArrivalAt = new Date(content.plannedArrivalAt)
    const { arrivalMode, arrivalNumber, originCode, destinationCode } = content
    const written = await queries.upsertEntry(tx, {
      entryId: row.declaration_id,
      accountId: caller.accountId,
      version: row.version,
      arrivalMode,
      arrivalNumberIndex: arrivalNumber ? encryption.blindIndex('arrival_number', arrivalNumber) : null,
      plannedArrivalAt,
      originCode,
      destinationCode,
      now,
    })
    // Arrived, cancelled or expired: what was declared for it stands.
    if (!written) throw new AppError('STATE_CONFLICT')
    await queries.keepFormer(tx, row.declaration_id, row.version, now)
    await queries.replaceTravellers(
      tx,
      row.declaration_id,
      travellers.map(({ person_id, member_id }) => ({ personId: person_id, memberId: member_id })),
      doorTimesOf(plannedArrivalAt),
    )
    await applyContent(tx, row, travellers, content, now)
    return row.declaration_id
  }

  return {
    /**
     * Registers a journey, or a further version of one on its way (`corrects`). Places stayed in areas rated now make
     * findings at once.
     * @throws AppError NOT_REGISTERED, VALIDATION_FAILED, NOT_FOUND, STATE_CONFLICT (no longer on its way, or twenty
     * are), REQUEST_ID_REUSED, TOO_MANY_REQUESTS
     */
    submitEntry: async (caller: CitizenCaller, body: EntryRequest): Promise<Entry> => {
      const { requestId, corrects, commitment: _, ...declared } = body
      const contactPhone = declared.contactPhone ?? (await findOwnPhone(caller))
      const { stays, faults } = await readStayPlaces(pool, declared.stays, 'stays')
      const knowsOrigin = (await listUnknownPlaces(pool, [declared.originCode])).size === 0
      const places = { faults, knowsOrigin }
      const parsed = parseEntryContent({ ...declared, stays, contactPhone }, places, clock())
      const destination = await findCityDivision(pool, parsed.destinationCode)
      if (!destination || destination.level === 'city') throw fieldError('destinationCode', 'unknown_place')
      const content = { ...parsed, destinationCode: destination.code }
      await takeFromLimit(pool, `declare:${caller.accountId}`, DECLARATIONS_PER_HOUR, 3600)
      const entryId = await inTransaction(pool, (tx) =>
        submitInTransaction(tx, caller, { requestId, corrects }, content),
      )
      return getOwn(caller, entryId)
    },

    listMyEntries: async (caller: CitizenCaller, query: PageQuery) => {
      const after = readCursor(query.cursor, 'uuid')
      const rows = await queries.listEntriesOfAccount(pool, caller.accountId, after, query.limit + 1)
      const { items, nextCursor } = toPage(rows, query.limit, (row) => ({
        at: row.submitted_at.toISOString(),
        id: row.entry_id,
      }))
      return { entries: await toEntries(caller, items), ...nextCursor }
    },

    getMyEntry: getOwn,

    /** Again is the same. @throws AppError NOT_FOUND; STATE_CONFLICT once somebody arrived */
    cancelEntry: async (caller: CitizenCaller, entryId: string): Promise<Entry> => {
      const before = await getOwn(caller, entryId)
      if (before.state === 'cancelled') return before
      await inTransaction(pool, async (tx) => {
        if (!(await queries.cancelEntry(tx, caller.accountId, entryId, clock())))
          throw new AppError('STATE_CONFLICT')
        await writeAudit(tx, {
          actor: caller,
          action: 'entry.cancelled',
          objectKind: 'declaration',
          objectId: before.entryId,
        })
      })
      return getOwn(caller, entryId)
    },
  }
}

export type EntryService = ReturnType<typeof createEntryService>

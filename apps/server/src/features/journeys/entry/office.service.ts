import { randomUUID } from 'node:crypto'
import type {
  EntryDaySheet,
  EntryExport,
  EntryFigures,
  EntryFollowUpKind,
  EntrySearch,
  OfficeEntry,
} from '@jiankangbao/contracts/entry/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { isCalendarDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readCursor, toPage } from '../../../http/paging.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { namePlace } from '../../city/place/place.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { recordUnmasking } from '../../ledger/lookup/unmasking.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import { findPersonByDocument } from '../../people/person/identity.queries.ts'
import { toEntriesCsv } from './entries-csv.ts'
import { parseEntrySearch } from './entry-search.ts'
import * as queries from './office.queries.ts'
import { contentOf, toOfficeEntries } from './office-view.ts'

type Filters = Omit<EntryExport, 'purpose'>
interface Listing extends Filters {
  cursor?: string | undefined
  limit?: number | undefined
}

/** Of one export; more is asked for by day. */
const EXPORTED = 5_000
/** Of one sheet to be printed, some sixty pages; more is asked for by street. */
const PRINTED = 1_000

/** Follow-up of arrivals by the community or office of the destination. */
export const createEntryOfficeService = ({
  pool,
  clock,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const toEntries = (rows: queries.OfficeEntryRow[]) => toOfficeEntries(pool, encryption, rows, clock())

  /** The division asked for, which must lie within the caller's own. */
  const scopeOf = (caller: OperatorCaller, divisionCode: string | undefined): string => {
    if (divisionCode === undefined) return caller.divisionCode
    if (!divisionCovers(caller.divisionCode, divisionCode)) throw new AppError('OUT_OF_DIVISION')
    return divisionCode
  }

  const getRow = async (caller: OperatorCaller, entryId: string): Promise<queries.OfficeEntryRow> => {
    const row = await queries.findOfficeEntry(pool, clock(), caller.divisionCode, entryId)
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  const getOne = async (caller: OperatorCaller, entryId: string): Promise<OfficeEntry> => {
    const [entry] = await toEntries([await getRow(caller, entryId)])
    if (!entry) throw new AppError('NOT_FOUND')
    return entry
  }

  const toFilter = (caller: OperatorCaller, query: Filters): queries.EntryFilter => {
    if (query.arrivalOn !== undefined && !isCalendarDay(query.arrivalOn))
      throw fieldError('arrivalOn', 'format')
    return {
      divisionCode: scopeOf(caller, query.divisionCode),
      view: query.view ?? 'all',
      arrivalMode: query.arrivalMode,
      arrivalOn: query.arrivalOn,
    }
  }

  // Notes are about persons: encrypted beside the registration, of the audit log only their length.
  const note = (
    tx: Transaction,
    caller: OperatorCaller,
    followUp: { entryId: string; kind: EntryFollowUpKind; note: string; requestId?: string },
  ): Promise<boolean> =>
    queries.insertFollowUp(tx, {
      entryId: followUp.entryId,
      kind: followUp.kind,
      at: clock(),
      operatorId: caller.operatorId,
      requestId: followUp.requestId ?? randomUUID(),
      noteEncrypted: (followUpId) =>
        encryption.encrypt(followUp.note, inRow('entry_follow_ups.note', followUpId)),
    })

  const auditFollowUp = (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.OfficeEntryRow,
    action: string,
    details: object,
  ): Promise<void> =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'declaration',
      objectId: row.entry_id,
      details: { persons: row.travellers.map(({ personId }) => personId), ...details },
    })

  const change = async (
    caller: OperatorCaller,
    entryId: string,
    kind: 'received' | 'closed',
    text: string,
    work: (tx: Transaction, now: Date) => Promise<boolean>,
  ): Promise<OfficeEntry> => {
    const row = await getRow(caller, entryId)
    await inTransaction(pool, async (tx) => {
      const now = clock()
      if (!(await work(tx, now))) throw stateConflict('state', row.state)
      await note(tx, caller, { entryId: row.entry_id, kind, note: text })
      await auditFollowUp(tx, caller, row, `entry.${kind}`, { noteLength: text.length })
      const details = { by: caller.organisation }
      await writeNotice(tx, { accountId: row.account_id, kind: `entry_${kind}`, details, at: now })
    })
    return getOne(caller, entryId)
  }

  return {
    /** @throws AppError OUT_OF_DIVISION */
    listEntries: async (caller: OperatorCaller, query: Listing) => {
      const limit = query.limit ?? 20
      const rows = await queries.listOfficeEntries(pool, clock(), toFilter(caller, query), {
        after: readCursor(query.cursor, 'uuid'),
        limit: limit + 1,
      })
      const { items, nextCursor } = toPage(rows, limit, (row) => ({
        at: row.planned_arrival_at.toISOString(),
        id: row.entry_id,
      }))
      return { entries: await toEntries(items), ...nextCursor }
    },

    getEntry: getOne,

    /** By number, document or name, with its purpose in the log; whoever was found by document sees it. */
    searchEntries: async (
      caller: OperatorCaller,
      search: EntrySearch,
    ): Promise<{ entries: OfficeEntry[] }> => {
      const by = parseEntrySearch(encryption, search, clock())
      const { personSearchesPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `person-search:${caller.operatorId}`, personSearchesPerOperatorPerHour, 3600)
      const { purpose } = search
      const rows = await inTransaction(pool, async (tx) => {
        const found = await queries.searchOfficeEntries(tx, clock(), caller.divisionCode, by)
        if (by.documentIndex && found.length > 0) {
          const { operatorId, organisation } = caller
          const person = await findPersonByDocument(tx, by.documentIndex)
          // Whoever was found by document learns that they were looked for.
          if (person)
            await insertLookups(tx, {
              personIds: [person.personId],
              at: clock(),
              means: 'console_search',
              purpose,
              operatorId,
              organisation,
            })
        }
        await writeAudit(tx, {
          actor: caller,
          action: 'entry.searched',
          objectKind: 'declaration',
          purpose,
          details: { by: Object.keys(by)[0], entries: found.map(({ entry_id }) => entry_id) },
        })
        return found
      })
      return { entries: await toEntries(rows) }
    },

    /** What fits the filters as CSV lines, masked; its last line says where there are more. @throws AppError OUT_OF_DIVISION */
    exportEntries: async (caller: OperatorCaller, { purpose, ...query }: EntryExport): Promise<string> => {
      const filter = toFilter(caller, query)
      const page = { after: undefined, limit: EXPORTED + 1 }
      const rows = await queries.listOfficeEntries(pool, clock(), filter, page)
      const entries = await toEntries(rows.slice(0, EXPORTED))
      const cut = rows.length > EXPORTED
      const { divisionCode } = filter
      await inTransaction(pool, (tx) =>
        writeAudit(tx, {
          actor: caller,
          action: 'entry.exported',
          objectKind: 'declaration',
          purpose,
          details: { ...query, divisionCode, count: entries.length, cut },
        }),
      )
      return toEntriesCsv(entries, cut)
    },

    /** Who is expected or arrived on a day, masked, to be printed; on record like an export. @throws AppError OUT_OF_DIVISION */
    printEntryDaySheet: async (
      caller: OperatorCaller,
      { divisionCode, on, purpose }: { divisionCode?: string | undefined; on: string; purpose: string },
    ): Promise<EntryDaySheet> => {
      if (!isCalendarDay(on)) throw fieldError('on', 'format')
      const scope = scopeOf(caller, divisionCode)
      const now = clock()
      const rows = await queries.listDaySheet(pool, now, { divisionCode: scope, on, limit: PRINTED + 1 })
      const entries = await toEntries(rows.slice(0, PRINTED))
      const cut = rows.length > PRINTED
      await inTransaction(pool, (tx) =>
        writeAudit(tx, {
          actor: caller,
          action: 'entry.sheet_printed',
          objectKind: 'declaration',
          purpose,
          details: { divisionCode: scope, on, count: entries.length, cut },
        }),
      )
      return {
        divisionName: await queries.findDivisionName(pool, scope),
        on,
        printedAt: now.toISOString(),
        printedBy: caller.displayName,
        organisation: caller.organisation,
        purpose,
        cut,
        entries,
      }
    },

    /**
     * A call, a visit, anything worth knowing: kept with its time and shown to the next who looks. Again is the same.
     * @throws AppError NOT_FOUND
     */
    noteFollowUp: async (
      caller: OperatorCaller,
      entryId: string,
      body: { requestId: string; kind: 'call' | 'visit' | 'note'; note: string },
    ): Promise<OfficeEntry> => {
      const row = await getRow(caller, entryId)
      await inTransaction(pool, async (tx) => {
        if (!(await note(tx, caller, { entryId: row.entry_id, ...body }))) return
        await auditFollowUp(tx, caller, row, 'entry.noted', { kind: body.kind, noteLength: body.note.length })
      })
      return getOne(caller, entryId)
    },

    /** Persons by state, day, mode and origin; no names. @throws AppError OUT_OF_DIVISION */
    getEntryFigures: async (caller: OperatorCaller, divisionCode?: string): Promise<EntryFigures> => {
      const figures = await queries.countEntries(pool, clock(), scopeOf(caller, divisionCode))
      const origins = figures.origins.map(({ code, count }) => ({
        code,
        name: namePlace(code),
        count,
      }))
      return { ...figures.states, days: figures.days, hours: figures.hours, modes: figures.modes, origins }
    },

    /** The phone number in full: limited, with its purpose in the log and in the travellers' own view. */
    revealEntryPhone: async (
      caller: OperatorCaller,
      entryId: string,
      purpose: string,
    ): Promise<{ contactPhone: string }> => {
      const row = await getRow(caller, entryId)
      // Everybody of a registration learns that their phone number was looked at.
      const personIds = row.travellers.map(({ personId }) => personId)
      await recordUnmasking({ pool, clock, config }, caller, {
        personIds,
        purpose,
        action: 'entry.phone_revealed',
        objectKind: 'declaration',
        objectId: row.entry_id,
        details: { persons: personIds },
      })
      return { contactPhone: contentOf(encryption, row).contactPhone }
    },

    /**
     * The community has met the travellers; also those who came past no entry channel. @throws AppError NOT_FOUND,
     * STATE_CONFLICT (cancelled, closed, received before)
     */
    receiveEntry: (caller: OperatorCaller, entryId: string, text: string): Promise<OfficeEntry> =>
      change(caller, entryId, 'received', text, (tx, now) =>
        queries.receiveEntry(tx, entryId, caller.operatorId, now),
      ),

    /** Ends the follow-up. @throws AppError NOT_FOUND, STATE_CONFLICT */
    closeEntry: (caller: OperatorCaller, entryId: string, text: string): Promise<OfficeEntry> =>
      change(caller, entryId, 'closed', text, (tx, now) => queries.closeEntry(tx, entryId, now)),
  }
}

export type EntryOfficeService = ReturnType<typeof createEntryOfficeService>

import type {
  ArrivalMode,
  EntryContent,
  EntryFigures,
  EntryView,
  OfficeEntry,
} from '@jiankangbao/contracts/schemas/entry'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { divisionCovers } from '@jiankangbao/domain/division'
import { maskPhone } from '@jiankangbao/domain/identity/person-name'
import { inTransaction, type Transaction } from '../../db/pool.ts'
import { AppError } from '../../errors/app-error.ts'
import type { OperatorCaller } from '../../http/caller.ts'
import { readCursor, toPage } from '../../http/paging.ts'
import type { Parts } from '../../parts.ts'
import { takeFromLimit } from '../../plugins/rate-limit.ts'
import { writeAudit } from '../audit/audit.service.ts'
import { findRegionName } from '../declaration/regions.service.ts'
import { readContent } from '../declaration/versions.service.ts'
import { writeNotice } from '../notice/notice.service.ts'
import { namePlaces } from './entry.service.ts'
import * as queries from './office.queries.ts'

interface Listing {
  view?: EntryView | undefined
  divisionCode?: string | undefined
  arrivalMode?: ArrivalMode | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

/** Follow-up of arrivals by the community or office of the destination. */
export const createEntryOfficeService = ({
  pool,
  clock,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const contentOf = (row: queries.OfficeEntryRow) => readContent(encryption, row) as EntryContent

  const toOfficeEntry = (row: queries.OfficeEntryRow): OfficeEntry => {
    const content = contentOf(row)
    return {
      entryId: row.entry_id,
      state: row.state,
      version: row.version,
      overdue: row.overdue,
      travellers: row.travellers.map(({ personId, nameMasked, colour, arrivedAt }) => ({
        personId,
        nameMasked,
        colour: numberToColour(colour),
        ...(arrivedAt ? { arrivedAt } : {}),
      })),
      arrivalMode: content.arrivalMode,
      ...(content.arrivalNumber ? { arrivalNumber: content.arrivalNumber } : {}),
      plannedArrivalAt: row.planned_arrival_at.toISOString(),
      originCode: content.originCode,
      stays: content.stays,
      destinationCode: row.destination_code,
      destinationDetail: content.destinationDetail,
      placeNames: namePlaces(content),
      reason: content.reason,
      contactPhoneMasked: maskPhone(content.contactPhone),
      unwellCount: content.unwell.filter(({ symptoms }) => symptoms.length > 0).length,
      ...(content.latestTest ? { latestTest: content.latestTest } : {}),
      submittedAt: row.submitted_at.toISOString(),
      ...(row.arrived_at ? { arrivedAt: row.arrived_at.toISOString() } : {}),
      ...(row.arrived_place ? { arrivedPlace: row.arrived_place } : {}),
      ...(row.received_at ? { receivedAt: row.received_at.toISOString() } : {}),
      ...(row.receiver_name ? { receivedBy: row.receiver_name } : {}),
      ...(row.closed_at ? { closedAt: row.closed_at.toISOString() } : {}),
      ...(row.note ? { note: row.note } : {}),
    }
  }

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

  const change = async (
    caller: OperatorCaller,
    entryId: string,
    action: 'entry.received' | 'entry.closed',
    note: string,
    work: (tx: Transaction, row: queries.OfficeEntryRow) => Promise<boolean>,
  ): Promise<OfficeEntry> => {
    const row = await getRow(caller, entryId)
    await inTransaction(pool, async (tx) => {
      if (!(await work(tx, row)))
        throw new AppError('STATE_CONFLICT', { fields: [{ field: 'state', reason: row.state }] })
      await writeAudit(tx, {
        actor: caller,
        action,
        objectKind: 'declaration',
        objectId: row.entry_id,
        details: { persons: row.travellers.map(({ personId }) => personId), noteLength: note.length },
      })
    })
    return toOfficeEntry(await getRow(caller, entryId))
  }

  return {
    /** @throws AppError OUT_OF_DIVISION */
    listEntries: async (caller: OperatorCaller, query: Listing) => {
      const limit = query.limit ?? 20
      const rows = await queries.listOfficeEntries(pool, {
        now: clock(),
        divisionCode: scopeOf(caller, query.divisionCode),
        view: query.view ?? 'all',
        arrivalMode: query.arrivalMode,
        after: readCursor(query.cursor, 'uuid'),
        limit: limit + 1,
      })
      const { items, nextCursor } = toPage(rows, limit, (row) => ({
        at: row.planned_arrival_at.toISOString(),
        id: row.entry_id,
      }))
      return { entries: items.map(toOfficeEntry), ...nextCursor }
    },

    getEntry: async (caller: OperatorCaller, entryId: string): Promise<OfficeEntry> =>
      toOfficeEntry(await getRow(caller, entryId)),

    /** Persons by state, day, mode and origin; no names. @throws AppError OUT_OF_DIVISION */
    getEntryFigures: async (caller: OperatorCaller, divisionCode?: string): Promise<EntryFigures> => {
      const figures = await queries.countEntries(pool, clock(), scopeOf(caller, divisionCode))
      const origins = figures.origins.map(({ code, count }) => ({
        code,
        name: findRegionName(code) ?? code,
        count,
      }))
      return { ...figures.states, days: figures.days, modes: figures.modes, origins }
    },

    /** The phone number in full: limited, with its purpose in the log and in the travellers' own view. */
    revealEntryPhone: async (
      caller: OperatorCaller,
      entryId: string,
      purpose: string,
    ): Promise<{ contactPhone: string }> => {
      const row = await getRow(caller, entryId)
      const { personSearchesPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `unmask:${caller.operatorId}`, personSearchesPerOperatorPerHour, 3600)
      await inTransaction(pool, async (tx) => {
        const { operatorId, organisation } = caller
        await queries.insertLookups(tx, entryId, { at: clock(), purpose, operatorId, organisation })
        await writeAudit(tx, {
          actor: caller,
          action: 'entry.phone_revealed',
          objectKind: 'declaration',
          objectId: row.entry_id,
          purpose,
          details: { persons: row.travellers.map(({ personId }) => personId) },
        })
      })
      return { contactPhone: contentOf(row).contactPhone }
    },

    /**
     * The community has met the travellers; also those who came past no entry channel. @throws AppError NOT_FOUND,
     * STATE_CONFLICT (cancelled, closed, received before)
     */
    receiveEntry: (caller: OperatorCaller, entryId: string, note: string): Promise<OfficeEntry> =>
      change(caller, entryId, 'entry.received', note, async (tx, row) => {
        const now = clock()
        if (!(await queries.receiveEntry(tx, entryId, caller.operatorId, note, now))) return false
        const details = { by: caller.organisation }
        await writeNotice(tx, { accountId: row.account_id, kind: 'entry_received', details, at: now })
        return true
      }),

    /** Ends the follow-up. @throws AppError NOT_FOUND, STATE_CONFLICT */
    closeEntry: (caller: OperatorCaller, entryId: string, note: string): Promise<OfficeEntry> =>
      change(caller, entryId, 'entry.closed', note, (tx) => queries.closeEntry(tx, entryId, note, clock())),
  }
}

export type EntryOfficeService = ReturnType<typeof createEntryOfficeService>

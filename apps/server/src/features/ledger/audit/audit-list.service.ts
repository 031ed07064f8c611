import { Readable } from 'node:stream'
import type { AuditEntry } from '@jiankangbao/contracts/audit/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction } from '../../../db/pool.ts'
import { fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { HiddenIds } from '../../../keys/hidden-ids.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from './audit.service.ts'
import { toCsvLine } from './audit-csv.ts'
import * as queries from './audit-list.queries.ts'
import { readObject, showRow } from './shown-entries.ts'

type Export = Call<'exportAuditEntries'>['body']
type Filters = Omit<Export, 'purpose'>

/** Of one export; more is asked for by time range. */
const EXPORTED = 100_000
const EXPORT_PAGE = 1_000

const toInstant = (field: string, text: string | undefined): Date | null => {
  if (text === undefined) return null
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime())) throw fieldError(field, 'format')
  return instant
}

/** @throws AppError VALIDATION_FAILED (objectId) for what is no object of that kind */
const toObject = (ids: HiddenIds, { objectId, objectKind }: Filters) => {
  if (objectId === undefined) return { objectId: null, objectKind: objectKind ?? null }
  const object = readObject(ids, objectId, objectKind)
  if (!object) throw fieldError('objectId', 'format')
  return { objectId: object.objectId, objectKind: object.objectKind ?? null }
}

const toFilter = (ids: HiddenIds, query: Filters): queries.AuditFilter => ({
  personId: query.personId ?? null,
  actorId: query.actorId ?? null,
  username: query.username?.trim().toLowerCase() ?? null,
  action: query.action ?? null,
  ...toObject(ids, query),
  divisionPrefix: query.divisionCode === undefined ? null : divisionPrefix(query.divisionCode),
  from: toInstant('from', query.from),
  until: toInstant('until', query.until),
})

const toEntry = (row: queries.AuditRow): AuditEntry => ({
  auditId: row.audit_id,
  at: row.occurred_at.toISOString(),
  actorKind: row.actor_kind,
  ...(row.actor_id ? { actorId: row.actor_id } : {}),
  ...(row.actor_name ? { actorName: row.actor_name } : {}),
  action: row.action,
  objectKind: row.object_kind,
  ...(row.object_id ? { objectId: row.object_id } : {}),
  ...(row.purpose ? { purpose: row.purpose } : {}),
  details: row.details,
  ...(row.request_id ? { requestId: row.request_id } : {}),
})

/** Finds a person by document or phone, as a look-up of its own; people are a wing above the ledger. */
export interface PersonSearch {
  searchPerson(
    caller: OperatorCaller,
    search: Call<'searchAuditPerson'>['body'],
  ): Promise<Call<'searchAuditPerson'>['result']>
}

/** The audit log for auditors. */
export const createAuditListService = ({
  pool,
  reading,
  config,
  hiddenIds,
  personFiles,
}: Pick<Parts, 'pool' | 'reading' | 'config' | 'hiddenIds'> & { personFiles: PersonSearch }) => {
  async function* csvLines(filter: queries.AuditFilter) {
    // Excel takes a file without this mark for another encoding.
    yield `\u{feff}id,time,actor_kind,actor_id,actor,action,object_kind,object_id,purpose,details,request_id\r\n`
    let beforeId: string | null = null
    for (let written = 0; written < EXPORTED; ) {
      const most = Math.min(EXPORT_PAGE, EXPORTED - written)
      const page: queries.AuditRow[] = await reading.run((db) =>
        queries.listEntries(db, filter, beforeId, most),
      )
      if (page.length > 0) yield page.map((row) => toCsvLine(showRow(hiddenIds, row))).join('')
      written += page.length
      beforeId = page.at(-1)?.audit_id ?? null
      if (page.length < EXPORT_PAGE) return
    }
  }

  return {
    /** Newest first, by key. `action` also takes the part before the dot. */
    listAuditEntries: async (query: Call<'listAuditEntries'>['query']) => {
      const limit = query.limit ?? 20
      const rows = await queries.listEntries(
        pool,
        toFilter(hiddenIds, query),
        readIdCursor(query.cursor),
        limit + 1,
      )
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        entries: page.map((row) => toEntry(showRow(hiddenIds, row))),
        ...(rows.length > limit && last ? { nextCursor: last.audit_id } : {}),
      }
    },

    /** Whom the log is asked about: a look-up like any other, with a purpose, logged and shown to the person. */
    searchAuditPerson: async (
      caller: OperatorCaller,
      search: Call<'searchAuditPerson'>['body'],
    ): Promise<Call<'searchAuditPerson'>['result']> => {
      const { persons } = await personFiles.searchPerson(caller, search)
      return {
        persons: persons.map(({ personId, nameMasked, documentNumberMasked }) => ({
          personId,
          nameMasked,
          documentNumberMasked,
        })),
      }
    },

    /** The same filters as CSV, newest first, at most 100,000 entries; written into the log before the first line goes out. */
    exportAuditEntries: async (caller: OperatorCaller, { purpose, ...query }: Export): Promise<Readable> => {
      const filter = toFilter(hiddenIds, query)
      const { auditExportsPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `audit-export:${caller.operatorId}`, auditExportsPerOperatorPerHour, 3600)
      await inTransaction(pool, (tx) =>
        writeAudit(tx, {
          actor: caller,
          action: 'audit.exported',
          objectKind: 'audit_log',
          purpose,
          details: { ...query },
        }),
      )
      return Readable.from(csvLines(filter))
    },
  }
}

export type AuditListService = ReturnType<typeof createAuditListService>

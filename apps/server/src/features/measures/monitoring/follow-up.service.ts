import type {
  FollowUp,
  FollowUpFigures,
  FollowUpSheet,
  OpenedFollowUp,
} from '@jiankangbao/contracts/follow-up/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { dayOfFollowUp } from '@jiankangbao/domain/monitoring/follow-up'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readCursor, toPage } from '../../../http/paging.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { findDivisionName } from './act.queries.ts'
import { toFollowUp, toHistory } from './follow-up-view.ts'
import * as queries from './list.queries.ts'
import { scopeOf } from './scope.ts'

type Filters = Pick<Call<'listFollowUps'>['query'], 'view' | 'divisionCode' | 'measure'>

/** Of one sheet, some twenty pages; more is asked for by community. */
const PRINTED = 500
/** What one person calls in a morning. */
const CALLED = 50
/** Call lists of one operator in an hour: each shows numbers of fifty people. */
const CALL_LISTS_PER_HOUR = 20

/** Looking at whom a division looks after. Every look is on record. */
export const createFollowUpService = (parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const { pool, clock, encryption, config } = parts
  const showTo =
    (caller: OperatorCaller) =>
    (row: queries.FollowUpRow): FollowUp =>
      toFollowUp(encryption, row, clock(), scopeOf(config, caller))

  /** The division asked for, which must lie within the caller's own. */
  const divisionOf = (caller: OperatorCaller, asked: string | undefined): string => {
    if (asked === undefined) return caller.divisionCode
    if (!divisionCovers(caller.divisionCode, asked)) throw new AppError('OUT_OF_DIVISION')
    return asked
  }

  const toFilter = (
    caller: OperatorCaller,
    { view, divisionCode, measure }: Filters,
  ): queries.FollowUpFilter => {
    if (view === 'unassigned' && !scopeOf(config, caller).isCity) throw fieldError('view', 'city_only')
    return { divisionCode: divisionOf(caller, divisionCode), view: view ?? 'to_see', measure }
  }

  return {
    /** @throws AppError OUT_OF_DIVISION, VALIDATION_FAILED view: `city_only` */
    listFollowUps: async (caller: OperatorCaller, query: Call<'listFollowUps'>['query']) => {
      const limit = query.limit ?? 20
      const filter = toFilter(caller, query)
      const after = readCursor(query.cursor, 'bigint')
      const rows = await inTransaction(pool, async (tx) => {
        const found = await queries.listFollowUps(tx, clock(), filter, { after, limit: limit + 1 })
        await writeAudit(tx, {
          actor: caller,
          action: 'follow_up.listed',
          objectKind: 'follow_up',
          details: { ...filter, persons: found.slice(0, limit).map(({ person_id }) => person_id) },
        })
        return found
      })
      const { items, nextCursor } = toPage(rows, limit, (row) => ({
        at: (row.ended_at && filter.view === 'ended' ? row.ended_at : row.starts_at).toISOString(),
        id: row.follow_up_id,
      }))
      return { followUps: items.map(showTo(caller)), ...nextCursor }
    },

    /** @throws AppError OUT_OF_DIVISION */
    getFollowUpFigures: (caller: OperatorCaller, divisionCode?: string): Promise<FollowUpFigures> => {
      const division = divisionOf(caller, divisionCode)
      const { isCity } = scopeOf(config, caller)
      return queries.countFollowUps(pool, clock(), {
        divisionCode: division,
        isCity: isCity && division === caller.divisionCode,
      })
    },

    /** With its history; the person reads who looked, and why. @throws AppError NOT_FOUND */
    openFollowUp: async (
      caller: OperatorCaller,
      followUpId: string,
      purpose: string,
    ): Promise<OpenedFollowUp> => {
      const row = await queries.findFollowUp(pool, scopeOf(config, caller), followUpId)
      if (!row) throw new AppError('NOT_FOUND')
      const { operatorId, organisation } = caller
      await inTransaction(pool, async (tx) => {
        await insertLookups(tx, {
          personIds: [row.person_id],
          at: clock(),
          means: 'console_view',
          purpose,
          operatorId,
          organisation,
        })
        await writeAudit(tx, {
          actor: caller,
          action: 'follow_up.opened',
          objectKind: 'follow_up',
          objectId: followUpId,
          purpose,
          details: { personId: row.person_id },
        })
      })
      const history = toHistory(encryption, await queries.listEvents(pool, followUpId))
      return { ...showTo(caller)(row), history }
    },

    /** Masked, to be printed; on record like an export. @throws AppError as a list */
    printFollowUpSheet: async (
      caller: OperatorCaller,
      { purpose, ...filters }: Call<'printFollowUpSheet'>['body'],
    ): Promise<FollowUpSheet> => {
      const filter = toFilter(caller, { view: 'all', ...filters })
      const now = clock()
      const rows = await queries.listSheet(pool, now, filter, PRINTED + 1)
      const cut = rows.length > PRINTED
      const shown = rows.slice(0, PRINTED)
      await inTransaction(pool, (tx) =>
        writeAudit(tx, {
          actor: caller,
          action: 'follow_up.sheet_printed',
          objectKind: 'follow_up',
          purpose,
          details: { ...filter, count: shown.length, cut },
        }),
      )
      return {
        divisionName: await findDivisionName(pool, filter.divisionCode),
        printedAt: now.toISOString(),
        printedBy: caller.displayName,
        organisation: caller.organisation,
        purpose,
        cut,
        followUps: shown.map(showTo(caller)),
      }
    },

    /** The numbers of whom nobody knows of today; everybody of it reads it. @throws AppError OUT_OF_DIVISION, TOO_MANY_REQUESTS */
    listFollowUpCalls: async (
      caller: OperatorCaller,
      { divisionCode, purpose }: Call<'listFollowUpCalls'>['body'],
    ) => {
      const division = divisionOf(caller, divisionCode)
      await takeFromLimit(pool, `follow-up-calls:${caller.operatorId}`, CALL_LISTS_PER_HOUR, 3600)
      const now = clock()
      const { operatorId, organisation } = caller
      const rows = await inTransaction(pool, async (tx) => {
        const found = await queries.listCalls(tx, now, division, CALLED + 1)
        const personIds = found.slice(0, CALLED).map(({ person_id }) => person_id)
        await insertLookups(tx, { personIds, at: now, means: 'unmasking', purpose, operatorId, organisation })
        await writeAudit(tx, {
          actor: caller,
          action: 'follow_up.numbers_revealed',
          objectKind: 'follow_up',
          purpose,
          details: { divisionCode: division, persons: personIds },
        })
        return found
      })
      return {
        calls: rows.slice(0, CALLED).map((row) => ({
          followUpId: row.follow_up_id,
          nameMasked: row.name_masked,
          ...(row.phone_encrypted && row.phone_account_id
            ? {
                phone: encryption.show(row.phone_encrypted, inRow('accounts.phone', row.phone_account_id)),
              }
            : {}),
          ...dayOfFollowUp(row.starts_at.getTime(), row.ends_at?.getTime() ?? null, now.getTime()),
          ...(row.look ? { look: row.look } : {}),
          declaredIll: row.declared_ill,
        })),
        more: rows.length > CALLED,
      }
    },
  }
}

import type { Callback } from '@jiankangbao/contracts/callback/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { CALLED_WITHIN_MS } from '@jiankangbao/domain/testing/my-test'
import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { recordUnmasking } from '../../ledger/lookup/unmasking.ts'
import { wakeAccount } from '../../ledger/notice/notice.service.ts'
import * as queries from './callback.queries.ts'

/** Of a city: four digits name it. */
const CITY_PREFIX = 4

const scopeOf = ({ divisionCode }: OperatorCaller): queries.Scope => {
  const prefix = divisionPrefix(divisionCode)
  return { prefix, isCity: prefix.length <= CITY_PREFIX }
}

const toCallback = (row: queries.CallbackRow): Callback => ({
  testId: row.test_id,
  nameMasked: row.name_masked,
  kind: row.kind,
  ...(row.site_name === null ? {} : { siteName: row.site_name }),
  laboratory: row.source,
  sampledAt: row.sampled_at.toISOString(),
  reportedAt: row.reported_at.toISOString(),
  shownAt: new Date(row.reported_at.getTime() + CALLED_WITHIN_MS).toISOString(),
  hasPhone: row.phone_encrypted !== null,
  calls: row.calls.map(({ outcome, at, by, note }) => ({
    outcome,
    at: new Date(at).toISOString(),
    by,
    ...(note === null ? {} : { note }),
  })),
})

/** Who is told a positive by telephone before their phone says it, at most half an hour later. */
export const createCallbackService = ({
  pool,
  clock,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const getRow = async (db: Queryable, caller: OperatorCaller, testId: string) => {
    const row = await queries.findCallback(db, scopeOf(caller), testId)
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  return {
    listCallbacks: async (caller: OperatorCaller) => {
      const now = clock()
      const rows = await queries.listCallbacks(pool, scopeOf(caller), new Date(now.getTime() - DAY_MS))
      return { callbacks: rows.map(toCallback), serverTime: now.toISOString() }
    },

    /** @throws AppError NOT_FOUND (also without a phone), TOO_MANY_REQUESTS */
    revealCallbackPhone: async (caller: OperatorCaller, testId: string, purpose: string) => {
      const row = await getRow(pool, caller, testId)
      if (!row.phone_encrypted || !row.phone_account_id) throw new AppError('NOT_FOUND')
      await recordUnmasking({ pool, clock, config }, caller, {
        personIds: [row.person_id],
        purpose,
        action: 'test_result.phone_revealed',
        objectKind: 'test_result',
        objectId: testId,
        details: { personId: row.person_id },
      })
      return { phone: encryption.decrypt(row.phone_encrypted, inRow('accounts.phone', row.phone_account_id)) }
    },

    /** A repeat of `requestId` changes nothing. @throws AppError NOT_FOUND */
    recordCallback: (
      caller: OperatorCaller,
      testId: string,
      { requestId, outcome, note }: Call<'recordCallback'>['body'],
    ): Promise<Callback> =>
      inTransaction(pool, async (tx) => {
        const row = await getRow(tx, caller, testId)
        const isNew = await queries.insertCall(tx, {
          testId,
          revision: row.revision,
          outcome,
          note: note ?? null,
          operatorId: caller.operatorId,
          at: clock(),
          requestId,
        })
        if (isNew) {
          await writeAudit(tx, {
            actor: caller,
            action: 'test_result.called',
            objectKind: 'test_result',
            objectId: testId,
            details: { outcome },
          })
          for (const accountId of await queries.listShowing(tx, row.person_id))
            await wakeAccount(tx, accountId)
        }
        return toCallback(await getRow(tx, caller, testId))
      }),
  }
}

export type CallbackService = ReturnType<typeof createCallbackService>

import { randomBytes, sign, timingSafeEqual } from 'node:crypto'
import type { ResultSheet, SheetFacts, SheetVerification } from '@jiankangbao/contracts/result-sheet/schemas'
import { encodeResultCode, readResultCode, resultCodeUrl } from '@jiankangbao/domain/codes/result-code'
import { wordOfResult } from '@jiankangbao/domain/testing/my-test'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { findSubject } from '../../ledger/history/code-events.queries.ts'
import * as queries from './result-sheet.queries.ts'

// A signature can not be guessed; the limit is against whoever tries many printed codes, or wears the database out.
const VERIFICATIONS_PER_MINUTE = 60

const toFacts = (row: queries.SheetRow): SheetFacts => ({
  nameMasked: row.name_masked,
  result: row.result,
  kind: row.kind,
  sampledAt: row.sampled_at.toISOString(),
  ...(row.received_at ? { receivedAt: row.received_at.toISOString() } : {}),
  reportedAt: row.reported_at.toISOString(),
  ...(row.site_name === null ? {} : { siteName: row.site_name }),
  laboratory: row.source,
})

const isTold = (row: queries.SheetRow, now: Date): boolean =>
  wordOfResult(row.result, row.reported_at.getTime(), now.getTime(), row.reached) !== 'being_called'

/** Results on paper, with a code that anybody verifies without signing in. */
export const createResultSheetService = ({
  pool,
  clock,
  keys,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'keys' | 'config'>) => {
  // Our own signatures, made again and compared, as for live codes.
  const verifierOf = (keyId: number) => {
    const key = keys.findSigningKey(keyId)
    return (
      key &&
      ((message: Uint8Array, signature: Uint8Array) =>
        signature.length === 64 && timingSafeEqual(sign(null, message, key.privateKey), signature))
    )
  }

  return {
    /** @throws AppError NOT_REGISTERED, NOT_FOUND (member, result), STATE_CONFLICT (`not_told_yet`) */
    issueResultSheet: async (
      caller: CitizenCaller,
      { testId, memberId }: { testId: string; memberId?: string | undefined },
    ): Promise<ResultSheet> => {
      const subject = await findSubject(pool, caller.accountId, memberId)
      if (!subject) throw new AppError(memberId === undefined ? 'NOT_REGISTERED' : 'NOT_FOUND')
      const now = clock()
      const row = await queries.findResult(pool, testId, subject.person_id)
      if (!row) throw new AppError('NOT_FOUND')
      if (!isTold(row, now)) throw stateConflict('testId', 'not_told_yet')
      const sheet = await inTransaction(pool, (tx) =>
        queries.issueSheet(tx, {
          sheetId: randomBytes(10),
          testId,
          revision: row.revision,
          personId: row.person_id,
          at: now,
        }),
      )
      if (!sheet) throw new AppError('INTERNAL')
      const { keyId, privateKey } = keys.currentSigningKey()
      const token = encodeResultCode({ keyId, codeId: sheet.sheet_id }, (message) =>
        sign(null, message, privateKey),
      )
      return {
        ...toFacts(row),
        qrText: resultCodeUrl(config.publicOrigin, token),
        issuedAt: sheet.issued_at.toISOString(),
        serverTime: now.toISOString(),
      }
    },

    /** @throws AppError TOO_MANY_REQUESTS */
    verifyResultSheet: async (code: string, address: string): Promise<SheetVerification> => {
      await takeFromLimit(pool, `sheet-verify:${address}`, VERIFICATIONS_PER_MINUTE, 60)
      const serverTime = clock().toISOString()
      const read = readResultCode(code, verifierOf)
      if (read.outcome !== 'signed') return { outcome: read.outcome, serverTime }
      const sheet = await queries.findSheet(pool, Buffer.from(read.claims.codeId))
      // Signed by this city and gone: its time is over.
      if (!sheet) return { outcome: 'revoked', serverTime }
      const issuedAt = sheet.issued_at.toISOString()
      const row = sheet.holds && (await queries.findResult(pool, sheet.test_id, sheet.person_id))
      if (!row) return { outcome: 'revoked', issuedAt, serverTime }
      return { outcome: 'valid', sheet: toFacts(row), issuedAt, serverTime }
    },
  }
}

export type ResultSheetService = ReturnType<typeof createResultSheetService>

import { randomUUID } from 'node:crypto'
import type { CompanionRequest, VisitRecorded, VisitResult } from '@jiankangbao/contracts/visit/schemas'
import { maskName } from '@jiankangbao/domain/identity/masks'
import { inTransaction, type Pool } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { insertCompanionLookup } from '../../ledger/lookup/lookup.queries.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import * as queries from './companion.queries.ts'

/** How long somebody at the door has to say that they are there. */
const VALID_MS = 15 * 60_000
const PURPOSE = '同行扫码'

/** Somebody known here whom a scan names by name and number. */
export interface Named {
  ordinal: number
  personId: string
  /** The account of their own, where they have one: it is asked. */
  accountId: string | null
}

/**
 * Writes the look-up of each companion once, and asks those with a phone of their own.
 * @param by masked name of whoever names them
 */
export const nameCompanions = async (
  pool: Pool,
  caller: CitizenCaller,
  scan: { requestId: string; codeId: string; by: string },
  companions: Named[],
  now: Date,
): Promise<void> => {
  if (companions.length === 0) return
  await inTransaction(pool, async (tx) => {
    for (const { ordinal, personId, accountId } of companions) {
      const written = await queries.insertNamed(tx, {
        companionRequestId: randomUUID(),
        accountId: caller.accountId,
        requestId: scan.requestId,
        ordinal,
        personId,
        codeId: scan.codeId,
        askedAt: now,
        expiresAt: new Date(now.getTime() + VALID_MS),
      })
      if (!written) continue
      const { point_id: pointId, place } = written
      await insertCompanionLookup(tx, { personId, at: now, purpose: PURPOSE, by: scan.by, pointId })
      if (accountId)
        await writeNotice(tx, {
          accountId,
          kind: 'companion_confirmation',
          details: { by: scan.by, place },
          at: now,
        })
    }
  })
}

/** What somebody is asked whom another scan named as a companion. */
export const createCompanionService = (
  { pool, clock, encryption }: Pick<Parts, 'pool' | 'clock' | 'encryption'>,
  recordOne: (caller: CitizenCaller, codeId: string, requestId: string) => Promise<VisitRecorded>,
) => ({
  listCompanionRequests: async (caller: CitizenCaller): Promise<{ requests: CompanionRequest[] }> => {
    const rows = await queries.listAsked(pool, caller.accountId, clock())
    return {
      requests: rows.map((row) => ({
        companionRequestId: row.companion_request_id,
        askedBy: encryption.show(
          row.asker_name_encrypted,
          inRow('persons.name', row.asker_person_id),
          maskName,
        ),
        venue: { name: row.name, point: row.point, kind: row.kind },
        askedAt: row.asked_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
      })),
    }
  },

  /**
   * Says whether the caller is at that door. Only then a visit of theirs is recorded, and whoever named them sees what the
   * door says. The same answer again is the same.
   * @throws AppError NOT_FOUND (not theirs, too late), STATE_CONFLICT (answered otherwise before), and those of a scan.
   */
  answerCompanionRequest: async (
    caller: CitizenCaller,
    companionRequestId: string,
    answer: 'confirmed' | 'refused',
  ): Promise<{ recorded?: VisitRecorded }> => {
    const row = await queries.findAsked(pool, caller.accountId, companionRequestId)
    if (!row || (row.answer === null && row.expires_at <= clock())) throw new AppError('NOT_FOUND')
    if (row.answer !== null && row.answer !== answer) throw new AppError('STATE_CONFLICT')
    const recorded =
      answer === 'confirmed' ? await recordOne(caller, row.code_id, row.companion_request_id) : undefined
    const visit: VisitResult | undefined = recorded?.visits[0]
    await inTransaction(pool, async (tx) => {
      if (await queries.answerAsked(tx, row.companion_request_id, answer, visit ?? null, clock()))
        await wakeAccount(tx, row.account_id)
    })
    return recorded ? { recorded } : {}
  },

  /** What companions of a scan of the caller's have answered. */
  listCompanionAnswers: async (caller: CitizenCaller, scanId: string): Promise<{ visits: VisitResult[] }> => {
    const rows = await queries.listAnswers(pool, caller.accountId, scanId)
    return { visits: rows.map(({ ordinal, result }) => ({ ...result, companion: ordinal })) }
  },
})

export type CompanionService = ReturnType<typeof createCompanionService>

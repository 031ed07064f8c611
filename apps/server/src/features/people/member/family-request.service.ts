import type { ReceivedRequest } from '@jiankangbao/contracts/member/schemas'
import { maskName } from '@jiankangbao/domain/identity/masks'
import type { FamilyAnswer } from '@jiankangbao/domain/vocabulary/people'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import { lockAccounts, lockIdentity } from '../person/identity.queries.ts'
import { tellAsked } from './asking.ts'
import * as queries from './family-request.queries.ts'
import { joinFamily, requireRoom } from './joining.ts'
import { findHousehold, findMemberOfRequest } from './member.queries.ts'

/** What somebody is asked by whoever wants to look after them, and their answers. */
export const createFamilyRequestService = ({
  pool,
  clock,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const askerOf = (row: queries.ReceivedRow, as?: (plain: string) => string): string =>
    encryption.show(row.asker_name_encrypted, inRow('persons.name', row.asker_person_id), as)

  const agree = async (tx: Transaction, caller: CitizenCaller, row: queries.ReceivedRow, now: Date) => {
    // A child with a phone of their own is asked as well, now that the guardian agreed.
    if (!row.is_own && row.has_account) {
      await queries.markGuardianAgreed(tx, row.family_request_id, now)
      return tellAsked(tx, row.family_request_id, askerOf(row, maskName), now)
    }
    const { own } = await lockAccounts(tx, row.account_id, row.person_id)
    // The asking phone holds somebody else since a moment ago.
    if (own.person_id !== row.asker_person_id) throw new AppError('NOT_FOUND')
    const household = await findHousehold(tx, row.account_id, row.person_id)
    if (!household?.has_person) {
      requireRoom(household, row.person_id)
      await joinFamily(
        tx,
        caller,
        {
          accountId: row.account_id,
          personId: row.person_id,
          relation: row.relation,
          consentMeans: row.is_own ? 'own_phone' : 'guardian',
          requestId: row.request_id,
          holderName: household.own_name_masked ?? '',
        },
        now,
      )
    }
    await queries.answerRequest(tx, row.family_request_id, {
      answer: 'agreed',
      by: caller.accountId,
      at: now,
    })
    const member = await findMemberOfRequest(tx, row.account_id, row.request_id)
    await writeNotice(tx, {
      accountId: row.account_id,
      kind: 'family_agreed',
      details: { name: row.about_masked, ...(member ? { memberId: member.member_id } : {}) },
      at: now,
    })
  }

  const raiseReported = async (tx: Transaction, accountId: string, at: Date): Promise<void> =>
    raiseIncident(tx, {
      kind: 'family_reported',
      subject: `account:${accountId}`,
      divisionCode: config.city.divisionCode,
      details: { account: accountId, count: await queries.countReports(tx, accountId) },
      at,
    })

  const answerOnce = async (
    tx: Transaction,
    caller: CitizenCaller,
    familyRequestId: string,
    answer: FamilyAnswer,
  ): Promise<void> => {
    const now = clock()
    const known = await queries.findRequest(tx, familyRequestId)
    if (!known) throw new AppError('NOT_FOUND')
    await lockIdentity(tx, known.document_index)
    const row = await queries.findReceived(tx, caller.accountId, now, familyRequestId)
    if (!row) {
      const answered = await queries.findRequest(tx, familyRequestId)
      if (answered?.answered_by !== caller.accountId) throw new AppError('NOT_FOUND')
      if (answered.answer !== answer) throw new AppError('STATE_CONFLICT')
      return
    }
    if (answer === 'agreed') await agree(tx, caller, row, now)
    else await queries.answerRequest(tx, familyRequestId, { answer, by: caller.accountId, at: now })
    await writeAudit(tx, {
      actor: caller,
      action: `family_request.${answer}`,
      objectKind: 'family_request',
      objectId: familyRequestId,
      details: { personId: row.person_id, own: row.is_own },
    })
    if (answer === 'reported') await raiseReported(tx, row.account_id, now)
    await wakeAccount(tx, caller.accountId)
  }

  return {
    listReceived: async (caller: CitizenCaller): Promise<{ requests: ReceivedRequest[] }> => {
      const rows = await queries.listReceived(pool, caller.accountId, clock())
      return {
        requests: rows.map((row) => ({
          familyRequestId: row.family_request_id,
          askedBy: askerOf(row),
          relation: row.relation,
          ...(row.is_own ? {} : { aboutMasked: row.about_masked }),
          sentAt: row.created_at.toISOString(),
          expiresAt: row.expires_at.toISOString(),
        })),
      }
    },

    /**
     * One answer; the same again is the same. Who asked learns of an agreement, and of nothing else.
     * @throws AppError NOT_FOUND (not for the caller, ended, withdrawn), STATE_CONFLICT (answered otherwise before),
     * MEMBER_LIMIT_REACHED (whoever asks has no room left).
     */
    answer: async (caller: CitizenCaller, familyRequestId: string, answer: FamilyAnswer): Promise<null> => {
      await inTransaction(pool, (tx) => answerOnce(tx, caller, familyRequestId, answer))
      return null
    },

    /** Takes back what the caller asked; again is the same. @throws AppError NOT_FOUND for what others asked. */
    withdraw: async (caller: CitizenCaller, familyRequestId: string): Promise<null> => {
      await inTransaction(pool, async (tx) => {
        if (await queries.withdrawRequest(tx, caller.accountId, familyRequestId, clock()))
          await writeAudit(tx, {
            actor: caller,
            action: 'family_request.withdrawn',
            objectKind: 'family_request',
            objectId: familyRequestId.toLowerCase(),
          })
        else if ((await queries.findRequest(tx, familyRequestId))?.account_id !== caller.accountId)
          throw new AppError('NOT_FOUND')
      })
      return null
    },
  }
}

export type FamilyRequestService = ReturnType<typeof createFamilyRequestService>

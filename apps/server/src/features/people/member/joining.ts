import { randomUUID } from 'node:crypto'
import type { ConsentMeans, Relation } from '@jiankangbao/contracts/member/schemas'
import type { Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { wakeAccount, writeNotices } from '../../ledger/notice/notice.service.ts'
import { listOtherHolders } from './link.queries.ts'
import * as queries from './member.queries.ts'

/** Most members of one account (at least 8 are asked for). */
export const MEMBER_LIMIT = 12

/** @throws AppError NOT_REGISTERED, VALIDATION_FAILED (the holder themselves), MEMBER_EXISTS, MEMBER_LIMIT_REACHED. */
export function requireRoom(
  household: queries.Household | undefined,
  personId: string | undefined,
): asserts household is queries.Household & { own_person_id: string } {
  if (!household?.own_person_id) throw new AppError('NOT_REGISTERED')
  if (household.own_person_id === personId) throw fieldError('documentNumber', 'own_identity')
  if (household.has_person) throw new AppError('MEMBER_EXISTS')
  if (household.member_count >= MEMBER_LIMIT) throw new AppError('MEMBER_LIMIT_REACHED')
}

export interface Joining {
  accountId: string
  personId: string
  relation: Relation
  consentMeans: ConsentMeans | 'office'
  requestId: string
  /** Masked name of the account's person. */
  holderName: string
}

/**
 * Puts a person into a family, once somebody who may has agreed. Call it under the lock of the account, with room in it.
 * Whoever holds the person already is told.
 */
export const joinFamily = async (
  tx: Transaction,
  actor: CitizenCaller | OperatorCaller,
  joining: Joining,
  now: Date,
): Promise<string> => {
  const { accountId, personId, relation, consentMeans, requestId, holderName } = joining
  const memberId = randomUUID()
  await queries.endEarlierMember(tx, accountId, personId, now)
  await queries.insertMember(tx, {
    memberId,
    accountId,
    personId,
    relation,
    consentMeans,
    requestId,
    addedAt: now,
  })
  await writeAudit(tx, {
    actor,
    action: 'member.added',
    objectKind: 'person',
    objectId: personId,
    details: { memberId, accountId, relation, consentMeans },
    requestId,
  })
  const others = await listOtherHolders(tx, personId, accountId)
  await writeNotices(
    tx,
    'added_as_member',
    others.map((other) => ({
      accountId: other.account_id,
      details: { by: holderName, name: other.name_masked, memberId: other.member_id, relation },
    })),
    now,
  )
  await wakeAccount(tx, accountId)
  return memberId
}

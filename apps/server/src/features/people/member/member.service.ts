import { randomUUID } from 'node:crypto'
import type { Member, MemberRequest } from '@jiankangbao/contracts/member/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { ageOn } from '@jiankangbao/domain/identity/age'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import { findPersonByDocument, lockAccounts, lockIdentity } from '../person/identity.queries.ts'
import {
  findOrCreatePerson,
  type Identity,
  parseIdentity,
  toMaskedPerson,
  verifyIdentity,
} from '../person/identity.service.ts'
import * as queries from './member.queries.ts'

/** Most members of one account (at least 8 are asked for). */
export const MEMBER_LIMIT = 12
/** Identity checks per hour: a whole family with some typing errors, no trying out of names. */
const IDENTITY_CHECKS_PER_HOUR = 30
const ADULT_AGE = 18

/** Family members: people without a phone, and people who let somebody else show their code. */
export const createMemberService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log' | 'onKnownPerson'>,
) => {
  const { pool, clock, encryption, ports, log } = parts

  const today = (): string => shanghaiDayOf(clock().getTime())

  const toMember = (row: queries.MemberRow): Member => ({
    memberId: row.member_id,
    ...toMaskedPerson(encryption, row, today()),
    relation: row.relation,
    colour: numberToColour(row.colour),
    addedAt: row.added_at.toISOString(),
  })

  const parseMember = (body: MemberRequest): Identity => {
    const identity = parseIdentity(encryption, body, today())
    // A guardian decides for children and wards; every other adult gives their own consent.
    const isAdult = identity.birthOn !== undefined && ageOn(identity.birthOn, today()) >= ADULT_AGE
    if (body.consentMeans === 'guardian' && isAdult && body.relation !== 'ward')
      throw fieldError('consentMeans', 'not_for_adults')
    return identity
  }

  const findFirstAnswer = async (
    caller: CitizenCaller,
    requestId: string,
    identity: Identity,
  ): Promise<Member | undefined> => {
    const row = await queries.findMemberOfRequest(pool, caller.accountId, requestId)
    if (!row) return undefined
    const found = await findPersonByDocument(pool, identity.documentIndex)
    if (found?.personId !== row.person_id) throw new AppError('REQUEST_ID_REUSED')
    return toMember(row)
  }

  const requireRoom = (household: queries.Household | undefined, personId: string | undefined): void => {
    if (!household?.own_person_id) throw new AppError('NOT_REGISTERED')
    if (household.own_person_id === personId) throw fieldError('documentNumber', 'own_identity')
    if (household.has_person) throw new AppError('MEMBER_EXISTS')
    if (household.member_count >= MEMBER_LIMIT) throw new AppError('MEMBER_LIMIT_REACHED')
  }

  // Somebody with an account of their own is told, and is added by close relatives only.
  const tellHolder = async (
    tx: Transaction,
    holderAccountId: string,
    ownName: string | null,
    relation: Member['relation'],
    at: Date,
  ) => {
    if (relation === 'other') throw fieldError('relation', 'has_own_account')
    const details = { by: ownName ?? '', relation }
    await writeNotice(tx, { accountId: holderAccountId, kind: 'added_as_member', details, at })
  }

  const addInTransaction = async (
    tx: Transaction,
    caller: CitizenCaller,
    identity: Identity,
    body: MemberRequest,
  ): Promise<void> => {
    const now = clock()
    await lockIdentity(tx, identity.documentIndex)
    const { personId, created } = await findOrCreatePerson(tx, parts, identity, now)
    const { holder } = await lockAccounts(tx, caller.accountId, personId)
    // Under the lock of the account, so that parallel requests neither pass the limit nor double.
    if (await queries.findMemberOfRequest(tx, caller.accountId, body.requestId)) return
    const household = await queries.findHousehold(tx, caller.accountId, personId)
    requireRoom(household, personId)
    if (holder)
      await tellHolder(tx, holder.account_id, household?.own_name_masked ?? null, body.relation, now)
    const memberId = randomUUID()
    const { requestId, relation, consentMeans } = body
    await queries.insertMember(tx, {
      memberId,
      accountId: caller.accountId,
      personId,
      relation,
      consentMeans,
      requestId,
      addedAt: now,
    })
    if (created) await evaluateNow(tx, [personId], 'registration', now)
    await writeAudit(tx, {
      actor: caller,
      action: 'member.added',
      objectKind: 'person',
      objectId: personId,
      details: { memberId, relation, consentMeans },
      requestId,
    })
    await wakeAccount(tx, caller.accountId)
  }

  return {
    listMembers: async (caller: CitizenCaller): Promise<{ members: Member[]; limit: number }> => {
      const rows = await queries.listMembers(pool, caller.accountId)
      return { members: rows.map(toMember), limit: MEMBER_LIMIT }
    },

    /**
     * Adds a person whose name and number the identity authority confirms; a person may be a member of several
     * accounts. A repeat of `requestId` gets the first answer.
     * @throws AppError NOT_REGISTERED, VALIDATION_FAILED (also the caller themselves, and somebody with an account of
     * their own as `other`), MEMBER_EXISTS, MEMBER_LIMIT_REACHED, IDENTITY_MISMATCH, PROVIDER_UNAVAILABLE,
     * REQUEST_ID_REUSED, TOO_MANY_REQUESTS.
     */
    addMember: async (caller: CitizenCaller, body: MemberRequest): Promise<Member> => {
      const identity = parseMember(body)
      const first = await findFirstAnswer(caller, body.requestId, identity)
      if (first) return first
      requireRoom(await queries.findHousehold(pool, caller.accountId, undefined), undefined)
      await takeFromLimit(pool, `member-identity:${caller.accountId}`, IDENTITY_CHECKS_PER_HOUR, 3600)
      await verifyIdentity({ ports, log }, identity)
      await inTransaction(pool, (tx) => addInTransaction(tx, caller, identity, body))
      const added = await findFirstAnswer(caller, body.requestId, identity)
      // The identity, with its members, was taken over by another phone a moment ago.
      if (!added) throw new AppError('SESSION_REVOKED')
      return added
    },

    /** Ends looking after somebody; again is the same. @throws AppError NOT_FOUND for somebody else's member. */
    removeMember: async (caller: CitizenCaller, memberId: string): Promise<null> => {
      const removed = await inTransaction(pool, async (tx) => {
        const personId = await queries.endMember(tx, caller.accountId, memberId, clock())
        if (!personId) return false
        await writeAudit(tx, {
          actor: caller,
          action: 'member.removed',
          objectKind: 'person',
          objectId: personId,
          details: { memberId: memberId.toLowerCase() },
        })
        await wakeAccount(tx, caller.accountId)
        return true
      })
      if (!removed && !(await queries.wasMember(pool, caller.accountId, memberId)))
        throw new AppError('NOT_FOUND')
      return null
    },
  }
}

export type MemberService = ReturnType<typeof createMemberService>

import type { AddedMember, Member, MemberList, MemberRequest } from '@jiankangbao/contracts/member/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { wakeAccount } from '../../ledger/notice/notice.service.ts'
import { findFreshVerdict, usePassedFaceCheck } from '../person/face-check.queries.ts'
import { faceCheckOf, requirePassed } from '../person/face-check.service.ts'
import { findPersonByDocument, lockAccounts, lockIdentity } from '../person/identity.queries.ts'
import {
  findKnownPerson,
  findOrCreatePerson,
  type Identity,
  parseIdentity,
  toMaskedPerson,
  verifyIdentity,
} from '../person/identity.service.ts'
import { askFamily, toSentRequest } from './asking.ts'
import { isMinorOn, readBirth, requirePossible, showsCode } from './consent.ts'
import {
  findRequestOfRequestId,
  listWaiting,
  type RequestRow,
  withdrawRequestsOf,
} from './family-request.queries.ts'
import { joinFamily, MEMBER_LIMIT, requireRoom } from './joining.ts'
import { findGuarded } from './link.queries.ts'
import * as queries from './member.queries.ts'

/** Identity checks per hour: a whole family with some typing errors, no trying out of names. */
const IDENTITY_CHECKS_PER_HOUR = 30

type MemberParts = Pick<
  Parts,
  'pool' | 'clock' | 'encryption' | 'ports' | 'log' | 'onKnownPerson' | 'onLinkEnded'
>

/** Family members: people without a phone, and people who agreed that somebody looks after them too. */
export const createMemberService = (parts: MemberParts) => {
  const { pool, clock, encryption, ports, log, onLinkEnded } = parts

  const today = (): string => shanghaiDayOf(clock().getTime())

  const toMember = (row: queries.MemberRow): Member => ({
    memberId: row.member_id,
    ...toMaskedPerson(encryption, row, today()),
    relation: row.relation,
    consentMeans: row.consent_means,
    colour: numberToColour(row.colour),
    ownAccount: row.has_account,
    showsCode: showsCode(encryption, row, today()),
    addedAt: row.added_at.toISOString(),
  })

  const toWaiting = (row: RequestRow): AddedMember => ({ waiting: toSentRequest(encryption, row) })

  const findFirstAnswer = async (
    caller: CitizenCaller,
    requestId: string,
    identity: Identity,
  ): Promise<AddedMember | undefined> => {
    const row = await queries.findMemberOfRequest(pool, caller.accountId, requestId)
    const asked = row ? undefined : await findRequestOfRequestId(pool, caller.accountId, requestId)
    if (asked) {
      if (!asked.document_index.equals(identity.documentIndex)) throw new AppError('REQUEST_ID_REUSED')
      return toWaiting(asked)
    }
    if (!row) return undefined
    const found = await findPersonByDocument(pool, identity.documentIndex)
    if (found?.personId !== row.person_id) throw new AppError('REQUEST_ID_REUSED')
    return { member: toMember(row) }
  }

  // Whether somebody else has to be asked although the form came with a face or a guardian's word: whoever has a phone of
  // their own, a child who has a guardian, and somebody grown up whom the form calls a child.
  const mustAsk = async (
    tx: Transaction,
    body: MemberRequest,
    personId: string | undefined,
    caller: CitizenCaller,
  ): Promise<boolean> => {
    if (body.consentMeans === 'own_phone') return true
    const known = personId ? await findGuarded(tx, personId, caller.accountId) : undefined
    if (!known) return false
    if (known.has_account) return true
    if (body.consentMeans === 'face') return false
    const birthOn = readBirth(encryption, personId ?? null, known.birth_on_encrypted)
    return known.has_guardian || (birthOn !== undefined && !isMinorOn(birthOn, today()))
  }

  const addInTransaction = async (
    tx: Transaction,
    caller: CitizenCaller,
    identity: Identity,
    body: MemberRequest,
  ): Promise<void> => {
    const now = clock()
    await lockIdentity(tx, identity.documentIndex)
    const known = await findKnownPerson(tx, encryption, identity)
    await lockAccounts(tx, caller.accountId, known?.personId ?? '0')
    // Under the lock of the account, so that parallel requests neither pass the limit nor double.
    if (await queries.findMemberOfRequest(tx, caller.accountId, body.requestId)) return
    if (await findRequestOfRequestId(tx, caller.accountId, body.requestId)) return
    const household = await queries.findHousehold(tx, caller.accountId, known?.personId)
    requireRoom(household, known?.personId)
    if (
      body.consentMeans === 'face' &&
      !(await usePassedFaceCheck(tx, faceCheckOf(encryption, caller, identity, body.faceCheckId ?? ''), now))
    )
      throw new AppError('FACE_CHECK_REQUIRED')
    if (await mustAsk(tx, body, known?.personId, caller)) {
      const isMinor = isMinorOn(identity.birthOn, today())
      return askFamily(tx, encryption, caller, { identity, body, household, isMinor }, now)
    }
    await withdrawRequestsOf(tx, caller.accountId, identity.documentIndex, now)
    const { personId, created } = await findOrCreatePerson(tx, parts, identity, now)
    await joinFamily(
      tx,
      caller,
      {
        accountId: caller.accountId,
        personId,
        relation: body.relation,
        consentMeans: body.consentMeans,
        requestId: body.requestId,
        holderName: household.own_name_masked ?? '',
      },
      now,
    )
    if (created) await evaluateNow(tx, [personId], 'registration', now)
  }

  return {
    listMembers: async (caller: CitizenCaller): Promise<MemberList> => {
      const rows = await queries.listMembers(pool, caller.accountId)
      const waiting = await listWaiting(pool, caller.accountId, clock())
      return {
        members: rows.map(toMember),
        limit: MEMBER_LIMIT,
        waiting: waiting.map((row) => toSentRequest(encryption, row)),
      }
    },

    /**
     * Adds a person whose name and number the identity authority confirms and who agreed, or asks them: by their face here,
     * a guardian's word for somebody under 18, or their own phone. Up to there nothing is said about them, not even whether
     * they are known. A repeat of `requestId` gets the first answer.
     * @throws AppError NOT_REGISTERED, VALIDATION_FAILED (also the caller themselves, ages that cannot be, a way of agreeing
     * that is not open to that age), FACE_CHECK_REQUIRED, FACE_CHECK_FAILED, MEMBER_EXISTS, MEMBER_LIMIT_REACHED,
     * STATE_CONFLICT (asked already), IDENTITY_MISMATCH, PROVIDER_UNAVAILABLE, REQUEST_ID_REUSED, TOO_MANY_REQUESTS.
     */
    addMember: async (caller: CitizenCaller, body: MemberRequest): Promise<AddedMember> => {
      const identity = parseIdentity(encryption, body, today())
      const first = await findFirstAnswer(caller, body.requestId, identity)
      if (first) return first
      const household = await queries.findHousehold(pool, caller.accountId, undefined)
      requireRoom(household, undefined)
      requirePossible(
        identity,
        body,
        readBirth(encryption, household.own_person_id, household.own_birth_encrypted),
        today(),
      )
      await takeFromLimit(pool, `member-identity:${caller.accountId}`, IDENTITY_CHECKS_PER_HOUR, 3600)
      if (body.consentMeans === 'face') {
        const verdict = await findFreshVerdict(
          pool,
          faceCheckOf(encryption, caller, identity, body.faceCheckId ?? ''),
          clock(),
        )
        // Gone: perhaps the same request used it up, a moment earlier.
        const meanwhile = verdict ? undefined : await findFirstAnswer(caller, body.requestId, identity)
        if (meanwhile) return meanwhile
        requirePassed(verdict)
      }
      await verifyIdentity({ ports, log }, identity)
      await inTransaction(pool, (tx) => addInTransaction(tx, caller, identity, body))
      const added = await findFirstAnswer(caller, body.requestId, identity)
      // The identity, with its members, was taken over by another phone a moment ago.
      if (!added) throw new AppError('SESSION_REVOKED')
      return added
    },

    /** Ends looking after somebody, with every code handed out; again is the same. @throws AppError NOT_FOUND for somebody else's member. */
    removeMember: async (caller: CitizenCaller, memberId: string): Promise<null> => {
      const now = clock()
      await inTransaction(pool, async (tx) => {
        const link = await queries.lockMember(tx, caller.accountId, memberId)
        if (!link) throw new AppError('NOT_FOUND')
        if (link.removed_at) return
        const id = memberId.toLowerCase()
        await queries.endMember(tx, id, now)
        const showedCode = showsCode(encryption, link, today())
        await onLinkEnded(tx, { memberId: id, personId: link.person_id, showedCode }, now)
        await writeAudit(tx, {
          actor: caller,
          action: 'member.removed',
          objectKind: 'person',
          objectId: link.person_id,
          details: { memberId: id },
        })
        await wakeAccount(tx, caller.accountId)
      })
      return null
    },
  }
}

export type MemberService = ReturnType<typeof createMemberService>

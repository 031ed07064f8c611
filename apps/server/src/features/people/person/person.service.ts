import { randomUUID } from 'node:crypto'
import type { Me, OwnPerson, Registration } from '@jiankangbao/contracts/person/schemas'
import { maskPhone } from '@jiankangbao/domain/identity/masks'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import { type AccountService, endAllSessions, holdDevice } from '../account/account.service.ts'
import { holdPerson, releasePerson } from '../account/holder.queries.ts'
import { endOwnMembership, moveMembers } from '../member/membership.queries.ts'
import { noteTakeOver } from '../take-over/take-over.queries.ts'
import { findFreshVerdict, usePassedFaceCheck } from './face-check.queries.ts'
import { faceCheckOf, requirePassed } from './face-check.service.ts'
import { findPersonByDocument, type LockedAccount, lockAccounts, lockIdentity } from './identity.queries.ts'
import {
  findOrCreatePerson,
  type Identity,
  noteSeen,
  parseIdentity,
  toMaskedPerson,
  verifyIdentity,
} from './identity.service.ts'
import { requireOwnAge } from './own-age.ts'
import * as queries from './person.queries.ts'

type PersonParts = Pick<
  Parts,
  'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log' | 'onKnownPerson'
> & {
  accounts: Pick<AccountService, 'forgetSessions'>
}

/** For so long the old phone may object. */
const OBJECT_MS = 24 * 3600_000

interface TakenOver {
  /** E.164, of the phone that held the identity until now; undefined where that number is somebody else's. */
  oldPhone: string | undefined
  endedSessions: string[]
}

/** What registering changed, for after the commit. */
interface Held {
  takenOver: TakenOver | undefined
  endedSessions: string[]
}

interface Registered {
  person: OwnPerson
  takenOver: boolean
}

/** Registration and what the account holder sees of themselves. */
export const createPersonService = (parts: PersonParts) => {
  const { pool, clock, encryption, config, ports, log, accounts } = parts

  const today = (): string => shanghaiDayOf(clock().getTime())

  const toOwnPerson = (account: queries.OwnAccountRow, person: Parameters<typeof toMaskedPerson>[1]) => ({
    ...toMaskedPerson(encryption, person, today()),
    registeredAt: (account.consented_at ?? clock()).toISOString(),
  })

  // The first answer again, for a client that never saw it.
  const findFirstAnswer = async (
    caller: CitizenCaller,
    identity: Identity,
    faceCheckId: string,
  ): Promise<Registered | undefined> => {
    const account = await queries.findOwnAccount(pool, caller.accountId)
    if (!account?.person) return undefined
    const { person_id: personId } = account.person
    const found = await findPersonByDocument(pool, identity.documentIndex)
    const same =
      found?.personId === personId &&
      encryption.decrypt(found.nameEncrypted, inRow('persons.name', personId)) === identity.name
    if (!same) throw new AppError('ALREADY_REGISTERED')
    const takenOver = await queries.wasTakenOver(pool, caller.accountId, personId, faceCheckId)
    return { person: toOwnPerson(account, account.person), takenOver }
  }

  const takeOver = async (
    tx: Transaction,
    caller: CitizenCaller,
    holder: LockedAccount,
    personId: string,
    at: Date,
  ): Promise<TakenOver> => {
    await noteTakeOver(tx, {
      personId,
      fromAccountId: holder.account_id,
      toAccountId: caller.accountId,
      takenAt: at,
      objectUntil: new Date(at.getTime() + OBJECT_MS),
    })
    await releasePerson(tx, holder.account_id)
    await moveMembers(tx, holder.account_id, caller.accountId, at)
    const endedSessions = await endAllSessions(tx, holder.account_id, 'identity_taken_over', at)
    await writeNotice(tx, { accountId: holder.account_id, kind: 'identity_taken_over', at })
    const oldPhone = holder.number_left_at
      ? undefined
      : encryption.decrypt(holder.phone_encrypted, inRow('accounts.phone', holder.account_id))
    return { oldPhone, endedSessions }
  }

  // Order of locks: identity, then accounts by id. However many accounts claim one identity at once, they pass here
  // one after the other, and each finds the one before as the holder.
  const holdIdentity = async (
    tx: Transaction,
    caller: CitizenCaller,
    identity: Identity,
    { faceCheckId, consentVersion }: Registration,
  ): Promise<Held | undefined> => {
    const now = clock()
    await lockIdentity(tx, identity.documentIndex)
    const { personId, created } = await findOrCreatePerson(tx, parts, identity, now)
    const { own, holder } = await lockAccounts(tx, caller.accountId, personId)
    // The same request, a moment earlier.
    if (own.person_id === personId) return undefined
    if (own.person_id) throw new AppError('ALREADY_REGISTERED')
    if (!(await usePassedFaceCheck(tx, faceCheckOf(encryption, caller, identity, faceCheckId), now)))
      throw new AppError('FACE_CHECK_REQUIRED')
    const takenOver = holder ? await takeOver(tx, caller, holder, personId, now) : undefined
    await holdPerson(tx, caller.accountId, personId, consentVersion, now)
    const { accountId, sessionId } = caller
    const endedSessions = await holdDevice(tx, { sessionId, accountId, personId, now })
    await endOwnMembership(tx, caller.accountId, personId, now)
    // Verified just now, and perhaps changed since somebody added this person as a member.
    if (!created) await noteSeen(tx, encryption, personId, identity)
    await evaluateNow(tx, [personId], 'registration', now)
    await writeAudit(tx, {
      actor: caller,
      action: takenOver ? 'person.taken_over' : 'person.registered',
      objectKind: 'person',
      objectId: personId,
      details: {
        faceCheckId: faceCheckId.toLowerCase(),
        consentVersion,
        ...(holder ? { fromAccountId: holder.account_id } : {}),
      },
    })
    await wakeAccount(tx, caller.accountId)
    return { takenOver, endedSessions }
  }

  // Best effort: the notice is there in any case.
  const tellOldPhone = ({ oldPhone }: TakenOver): void => {
    if (oldPhone === undefined) return
    const text = `【${config.city.nameZh}健康宝】您的身份信息已在另一手机号完成登记，本号码已退出登录。如非本人操作，请在 24 小时内重新登录提出异议，或拨打 ${config.city.hotline}。`
    const messageId = randomUUID()
    ports.sms
      .send({
        messageId,
        phone: oldPhone,
        text,
        template: 'identity_moved',
        values: { hotline: config.city.hotline },
      })
      .catch((error: unknown) => log.warn({ err: error, messageId }, 'old phone of an identity not told'))
  }

  return {
    /**
     * Registers the caller: parses, checks with the identity authority, uses the face check up, and moves the identity
     * here where another account holds it. A repeat gets the first answer.
     * @throws AppError VALIDATION_FAILED, CONSENT_OUTDATED, FACE_CHECK_REQUIRED, FACE_CHECK_FAILED, IDENTITY_MISMATCH,
     * ALREADY_REGISTERED (as somebody else), PROVIDER_UNAVAILABLE (nothing is lost: try again), TOO_MANY_REQUESTS.
     */
    register: async (caller: CitizenCaller, body: Registration): Promise<Registered> => {
      const identity = parseIdentity(encryption, body, today())
      const faceCheckId = body.faceCheckId.toLowerCase()
      const first = await findFirstAnswer(caller, identity, faceCheckId)
      if (first) return first
      requireOwnAge(identity, today())
      if (body.consentVersion !== config.consentVersion) throw new AppError('CONSENT_OUTDATED')
      await takeFromLimit(
        pool,
        `registration:${caller.accountId}`,
        config.limits.registrationTriesPerAccountPerHour,
        3600,
      )
      const verdict = await findFreshVerdict(
        pool,
        faceCheckOf(encryption, caller, identity, faceCheckId),
        clock(),
      )
      // Gone: perhaps the same request used it up, a moment earlier.
      const meanwhile = verdict ? undefined : await findFirstAnswer(caller, identity, faceCheckId)
      if (meanwhile) return meanwhile
      requirePassed(verdict)
      await verifyIdentity({ ports, log }, identity)
      const held = await inTransaction(pool, (tx) => holdIdentity(tx, caller, identity, body))
      accounts.forgetSessions([...(held?.endedSessions ?? []), ...(held?.takenOver?.endedSessions ?? [])])
      if (held?.takenOver) tellOldPhone(held.takenOver)
      const answer = await findFirstAnswer(caller, identity, faceCheckId)
      if (answer) return answer
      // Taken over again by another phone between the commit and now.
      throw new AppError('SESSION_REVOKED')
    },

    /** The caller's account and, once registered, person; everything masked. */
    getMe: async (caller: CitizenCaller): Promise<Me> => {
      const account = await queries.findOwnAccount(pool, caller.accountId)
      if (!account) throw new AppError('NOT_SIGNED_IN')
      return {
        phoneMasked: encryption.show(
          account.phone_encrypted,
          inRow('accounts.phone', caller.accountId),
          maskPhone,
        ),
        registered: account.person !== undefined,
        ...(account.person ? { person: toOwnPerson(account, account.person) } : {}),
        ...(account.consent_version ? { consentVersion: account.consent_version } : {}),
      }
    },
  }
}

export type PersonService = ReturnType<typeof createPersonService>

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Session, SessionEntry } from '@jiankangbao/contracts/account/schemas'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { ACCESS_TOKEN_SECONDS } from '../../../http/tokens.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { deleteWish } from '../../ledger/colour-text/colour-text.queries.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import { forgetDevices, rememberDevice, setProved, useKnownDevice } from './known-device.queries.ts'
import { wordForNumber } from './moved-number.ts'
import { takeNumber } from './number.queries.ts'
import { createRevocations } from './revocations.ts'
import * as queries from './session.queries.ts'
import { createSmsCodes } from './sms-codes.ts'

/** A session ends this long after its last use. */
const SESSION_DAYS = 30
/** How long the same exchange may be asked for again. */
const REPEAT_SECONDS = 60
/** Devices signed in at once; the least used ones beyond are signed out. */
const MAX_SESSIONS = 20

type AccountParts = Pick<
  Parts,
  'pool' | 'clock' | 'listener' | 'encryption' | 'tokens' | 'config' | 'ports' | 'log'
>

interface RefreshToken {
  sessionId: string
  hash: Buffer
  text: string
}

// 256 random bits need no slow hash.
const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const makeRefreshToken = (sessionId: string, bytes: Buffer = randomBytes(32)): RefreshToken => {
  const secret = bytes.toString('base64url')
  return { sessionId, hash: hashSecret(secret), text: `${sessionId}.${secret}` }
}

const parseRefreshToken = (text: string): RefreshToken => {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/.exec(text)
  const [, sessionId, secret] = match ?? []
  if (!sessionId || !secret) throw new AppError('NOT_SIGNED_IN')
  return { sessionId, hash: hashSecret(secret), text }
}

const readPhone = (text: string): string => {
  const parsed = parsePhone(text)
  if (!parsed.ok) throw fieldError('phone', parsed.reason)
  return parsed.phone
}

/** Ends all sessions of an account inside a transaction; add the ids to the revocations after the commit. */
export const endAllSessions = (
  tx: Transaction,
  accountId: string,
  reason: queries.RevokedReason,
  now: Date,
): Promise<string[]> => queries.revokeSessions(tx, accountId, reason, now)

/**
 * The device of a session is that of the account's person from now on; its next token says so.
 * @returns false where the session ended meanwhile, or was proved before
 */
export const proveSession = async (
  tx: Transaction,
  session: { sessionId: string; personId: string; now: Date },
): Promise<boolean> => {
  if (!(await setProved(tx, session.sessionId, session.now))) return false
  await rememberDevice(tx, session)
  return true
}

/** Ends one session that the account's person refused, and what was known of its device. */
export const endOneSession = async (
  tx: Transaction,
  accountId: string,
  sessionId: string,
  now: Date,
): Promise<string[]> => {
  const ids = await queries.revokeSessions(tx, accountId, 'revoked', now, { sessionId })
  await forgetDevices(tx, ids)
  return ids
}

/**
 * Somebody registered with this session: its device is theirs. Other sessions of the account, from when it held nobody, end.
 * @returns the sessions ended; add them to the revocations after the commit
 */
export const holdDevice = async (
  tx: Transaction,
  {
    sessionId,
    accountId,
    personId,
    now,
  }: { sessionId: string; accountId: string; personId: string; now: Date },
): Promise<string[]> => {
  await rememberDevice(tx, { sessionId, personId, now })
  return queries.revokeSessions(tx, accountId, 'revoked', now, { except: sessionId })
}

/** Sign-in by SMS, sessions and their devices. */
export const createAccountService = (parts: AccountParts) => {
  const { pool, clock, encryption, tokens, config } = parts
  const smsCodes = createSmsCodes(parts)
  const revocations = createRevocations(parts)

  const expiryFrom = (now: Date): Date => new Date(now.getTime() + SESSION_DAYS * 86_400_000)

  const toSession = (
    account: queries.SessionAccountRow,
    sessionId: string,
    refreshToken: string,
  ): Session => ({
    accessToken: tokens.signAccess({
      accountId: account.account_id,
      sessionId,
      personId: account.person_id ?? undefined,
      unproved: !account.is_proved,
    }),
    expiresInSeconds: ACCESS_TOKEN_SECONDS,
    refreshToken,
    registered: account.person_id !== null,
    proved: account.is_proved,
  })

  const isKnown = async (
    tx: Transaction,
    { account_id: accountId, person_id: personId }: queries.AccountRow,
    hash: Buffer,
    now: Date,
  ): Promise<boolean> =>
    // Nobody is registered with the number: there is nothing to show, and registration looks at the face.
    personId === null || (await useKnownDevice(tx, { accountId, personId, hash, now }))

  const openSession = async (tx: Transaction, phone: string, deviceName: string, deviceHash: Buffer) => {
    const now = clock()
    const account = await queries.findOrCreateAccount(tx, {
      phoneIndex: encryption.blindIndex('phone', phone),
      phoneEncrypted: (accountId) => encryption.encrypt(phone, inRow('accounts.phone', accountId)),
      createdAt: now,
    })
    const refresh = makeRefreshToken(randomUUID())
    const isProved = await isKnown(tx, account, deviceHash, now)
    const others = await queries.insertSession(tx, {
      sessionId: refresh.sessionId,
      accountId: account.account_id,
      refreshHash: refresh.hash,
      deviceName,
      deviceHash,
      isProved,
      now,
      expiresAt: expiryFrom(now),
    })
    if (others > 0)
      await writeNotice(tx, {
        accountId: account.account_id,
        kind: 'device_signed_in',
        details: { deviceName },
        at: now,
      })
    const ended =
      others >= MAX_SESSIONS
        ? await queries.revokeSessions(tx, account.account_id, 'revoked', now, { keep: MAX_SESSIONS })
        : []
    return { account: { ...account, is_proved: isProved }, refresh, ended }
  }

  // Two holders of one token: the session may be in a stranger's hands, and nobody can tell in whose.
  const endMisusedSession = async (sessionId: string, accountId: string, deviceName: string) => {
    const now = clock()
    const ended = await inTransaction(pool, async (tx) => {
      const ids = await queries.revokeSessions(tx, accountId, 'refresh_reused', now, { sessionId })
      if (ids.length > 0)
        await writeNotice(tx, { accountId, kind: 'session_misused', details: { deviceName }, at: now })
      return ids
    })
    for (const id of ended) revocations.add(id)
  }

  const refuseRefresh = async ({ sessionId }: RefreshToken): Promise<never> => {
    const state = await queries.findSessionState(pool, sessionId)
    if (!state) throw new AppError('NOT_SIGNED_IN')
    if (state.revoked_reason === 'refresh_reused') throw new AppError('REFRESH_TOKEN_REUSED')
    if (state.revoked_reason) throw new AppError('SESSION_REVOKED')
    if (state.expires_at <= clock()) throw new AppError('SESSION_EXPIRED')
    await endMisusedSession(sessionId, state.account_id, state.device_name)
    throw new AppError('REFRESH_TOKEN_REUSED')
  }

  const endSessions = async (
    accountId: string,
    sessionId: string,
    reason: queries.RevokedReason,
  ): Promise<boolean> => {
    const ended = await inTransaction(pool, async (tx) => {
      // Signed out from another phone: lost, sold, or never theirs. Signed out by itself, it stays known.
      if (reason === 'revoked') return endOneSession(tx, accountId, sessionId, clock())
      return queries.revokeSessions(tx, accountId, reason, clock(), { sessionId })
    })
    for (const id of ended) revocations.add(id)
    return ended.length > 0
  }

  return {
    /** True for a session that was ended while its access token is still good. No database. */
    isSessionRevoked: revocations.isRevoked,
    /** Makes sessions ended by another feature known to this process at once. */
    forgetSessions: (sessionIds: string[]): void => {
      for (const id of sessionIds) revocations.add(id)
    },
    /** A process must not answer before this. */
    whenRevocationsKnown: revocations.whenKnown,
    stop: revocations.stop,

    /**
     * Sends a sign-in code. The answer is the same for known and unknown phones.
     * @throws AppError VALIDATION_FAILED (phone), SMS_LIMIT_REACHED, PROVIDER_UNAVAILABLE.
     */
    requestSmsCode: async (phone: string, address: string): Promise<{ resendAfterSeconds: number }> => {
      await smsCodes.sendCode(readPhone(phone), address)
      return { resendAfterSeconds: config.limits.smsResendSeconds }
    },

    /**
     * Signs in; the first time makes the account. Other devices of the account are told. On a device that is not known to be
     * that of the account's person the session is unproved: see `people/proof`.
     * @param deviceSecret of the device, made by `makeDeviceSecret` at its first sign-in
     * @throws AppError VALIDATION_FAILED (phone), SMS_CODE_WRONG, SMS_CODE_EXPIRED, SMS_CODE_TRIES_USED_UP.
     */
    createSession: async (body: {
      phone: string
      smsCode: string
      deviceName?: string | undefined
      deviceSecret: string
    }): Promise<Session> => {
      const phone = readPhone(body.phone)
      await smsCodes.useCode(phone, body.smsCode)
      const { account, refresh, ended } = await inTransaction(pool, (tx) =>
        openSession(tx, phone, body.deviceName?.trim() || 'unknown', hashSecret(body.deviceSecret)),
      )
      for (const id of ended) revocations.add(id)
      return toSession(account, refresh.sessionId, refresh.text)
    },

    /**
     * Exchanges a refresh token for new tokens; the old one dies. What follows a token is always the same token: two tabs
     * at once, or a phone whose answer was lost, get one and the same for `REPEAT_SECONDS`. Later an old one ends the session.
     * @throws AppError NOT_SIGNED_IN, SESSION_EXPIRED, SESSION_REVOKED, REFRESH_TOKEN_REUSED.
     */
    refreshSession: async (refreshToken: string): Promise<Session> => {
      const old = parseRefreshToken(refreshToken)
      const next = makeRefreshToken(old.sessionId, encryption.blindIndex('refresh_token', old.text))
      const now = clock()
      const account = await queries.rotateSession(pool, {
        sessionId: old.sessionId,
        oldHash: old.hash,
        newHash: next.hash,
        now,
        expiresAt: expiryFrom(now),
        repeatsSince: new Date(now.getTime() - REPEAT_SECONDS * 1000),
      })
      if (!account) return refuseRefresh(old)
      return toSession(account, old.sessionId, next.text)
    },

    /** Signs this device out. */
    endSession: async (caller: CitizenCaller): Promise<null> => {
      await endSessions(caller.accountId, caller.sessionId, 'signed_out')
      return null
    },

    /** The caller's signed-in devices, the last used first. */
    listSessions: async (caller: CitizenCaller): Promise<{ sessions: SessionEntry[] }> => {
      const rows = await queries.listLiveSessions(pool, caller.accountId, clock(), MAX_SESSIONS + 1)
      const sessions = rows.map((row) => ({
        sessionId: row.session_id,
        deviceName: row.device_name,
        createdAt: row.created_at.toISOString(),
        lastUsedAt: row.last_used_at.toISOString(),
        current: row.session_id === caller.sessionId,
        proved: row.is_proved,
      }))
      return { sessions }
    },

    /**
     * The number is somebody else's now: its person stays, with paper code and document, and all phones signed in with it are
     * signed out. The next sign-in with the number finds nobody.
     * @throws AppError NOT_REGISTERED where it holds nobody.
     */
    leaveNumber: async (caller: CitizenCaller): Promise<null> => {
      const now = clock()
      const ended = await inTransaction(pool, async (tx) => {
        const personId = await takeNumber(
          tx,
          caller.accountId,
          wordForNumber(encryption, caller.accountId),
          now,
        )
        if (!personId) throw new AppError('NOT_REGISTERED')
        await deleteWish(tx, caller.accountId)
        await writeAudit(tx, {
          actor: caller,
          action: 'account.number_left',
          objectKind: 'account',
          objectId: caller.accountId,
          details: { personId },
        })
        return queries.revokeSessions(tx, caller.accountId, 'number_left', now)
      })
      for (const id of ended) revocations.add(id)
      return null
    },

    /** Signs one of the caller's devices out; again is the same. @throws AppError NOT_FOUND for somebody else's. */
    revokeSession: async (caller: CitizenCaller, sessionId: string): Promise<null> => {
      const ended = await endSessions(caller.accountId, sessionId, 'revoked')
      if (!ended && !(await queries.isOwnSession(pool, caller.accountId, sessionId)))
        throw new AppError('NOT_FOUND')
      return null
    },
  }
}

export type AccountService = ReturnType<typeof createAccountService>

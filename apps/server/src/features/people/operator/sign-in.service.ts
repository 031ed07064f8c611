import { randomBytes } from 'node:crypto'
import type { OperatorMe } from '@jiankangbao/contracts/operator/schemas'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import { createBatcher } from '../../../http/batcher.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { toAddressGroup } from '../../../http/client-address.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { GOOD_FOR_MS } from './activation.service.ts'
import { forgetPhones } from './activation-message.queries.ts'
import { browserName } from './browser-name.ts'
import {
  findTotpStep,
  hashPassword,
  hashSessionToken,
  makeSessionToken,
  verifyPassword,
} from './credentials.ts'
import { noteBrowser, purgeBrowsers } from './deciding.ts'
import * as queries from './operator.queries.ts'
import { requireOwnPassword } from './own-password.ts'
import { createSignInLimits } from './sign-in-limits.ts'

/** So long unused, a session is over. */
export const IDLE_MS = 30 * 60_000
const ABSOLUTE_MS = 8 * 3600_000
/** A session's last use is written at most this often. */
const TOUCH_MS = 60_000
const QUARTER_HOUR = 900

const toCaller = (row: queries.SessionRow): OperatorCaller => ({
  kind: 'operator',
  operatorId: row.operator_id,
  username: row.username,
  displayName: row.display_name,
  organisation: row.organisation,
  roles: row.roles,
  divisionCode: row.division_code,
})

const toMe = (row: queries.SessionRow): OperatorMe => ({
  operatorId: row.operator_id,
  username: row.username,
  displayName: row.display_name,
  organisation: row.organisation,
  roles: row.roles,
  divisionCode: row.division_code,
  divisionName: row.division_name,
  csrfToken: row.csrf_token,
  sessionExpiresAt: row.expires_at.toISOString(),
  mustChangePassword: row.must_change_password,
})

/** Forgets sessions that are over, with the addresses they came from. */
export const purgeOperatorSessions = async ({
  pool,
  clock,
}: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await pool.query(`delete from operator_sessions where expires_at < $1::timestamptz`, [clock()])
  await purgeBrowsers(pool, clock())
  await forgetPhones(pool, new Date(clock().getTime() - GOOD_FOR_MS))
}

/** Sign-in, sign-out and own password of operators. */
export const createSignInService = ({
  pool,
  clock,
  config,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'>) => {
  const limits = createSignInLimits({ pool, config })
  // Read anew with every request, so that a session that ended is over at once.
  const sessions = createBatcher<Buffer, { row: queries.SessionRow | undefined }>({
    name: 'operator_session',
    run: async (hashes) => {
      const now = clock()
      const found = await queries.findSessions(pool, hashes, now, new Date(now.getTime() - IDLE_MS))
      return found.map((row) => ({ row }))
    },
  })
  const findSession = async (cookie: string) => (await sessions.submit(hashSessionToken(cookie))).row

  // Who is meant by a name nobody has is kept as a keyed hash: often it is a password typed into the wrong field.
  const refuseSignIn = async (
    username: string,
    operatorId: string | undefined,
    reason: 'password' | 'totp' | 'totp_used_before',
  ): Promise<never> => {
    await inTransaction(pool, (tx) =>
      writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'operator.sign_in_failed',
        objectKind: 'operator',
        ...(operatorId ? { objectId: operatorId } : {}),
        details: operatorId
          ? { reason }
          : {
              reason: 'unknown',
              nameHash: encryption.blindIndex('username', username).toString('hex').slice(0, 32),
            },
      }),
    )
    if (operatorId)
      await limits.countFailure({ username, operatorId, knowsPassword: reason !== 'password' }, clock())
    if (reason === 'password') throw new AppError('CREDENTIALS_WRONG')
    throw new AppError(
      'TOTP_WRONG',
      reason === 'totp' ? {} : { fields: [{ field: 'totp', reason: 'used_before' }] },
    )
  }

  const getMe = async (cookie: string | undefined): Promise<OperatorMe> => {
    const session = cookie ? await findSession(cookie) : undefined
    if (!session) throw new AppError('NOT_SIGNED_IN')
    return toMe(session)
  }

  return {
    getMe,

    /**
     * Password, then one-time password, each step of which is good once.
     * @throws AppError CREDENTIALS_WRONG (the same for an unknown name), TOTP_WRONG, TOO_MANY_REQUESTS
     */
    signIn: async (
      body: { username: string; password: string; totp: string },
      { address, browser, userAgent }: { address: string; browser: string; userAgent?: string | undefined },
    ): Promise<{ cookie: string; me: OperatorMe }> => {
      const username = body.username.trim().toLowerCase()
      const isOwnBrowser = await limits.takeTry(username, toAddressGroup(address), hashSessionToken(browser))
      const credentials = await queries.findCredentials(pool, { username })
      if (!(await verifyPassword(credentials?.password_hash, body.password)) || !credentials)
        return refuseSignIn(username, credentials?.operator_id, 'password')
      if (!isOwnBrowser) await limits.requireSecondFactorRoom(username)
      const now = clock()
      const step = findTotpStep(
        encryption.decrypt(
          credentials.totp_secret_encrypted,
          inRow('operators.totp_secret', credentials.operator_id),
        ),
        body.totp,
        now,
      )
      if (step === undefined) return refuseSignIn(username, credentials.operator_id, 'totp')
      const { cookie, sessionHash } = makeSessionToken()
      const operatorId = credentials.operator_id
      const isFirstUse = await inTransaction(pool, async (tx) => {
        if (!(await queries.useTotpStep(tx, credentials, step, now))) return false
        const expiresAt = new Date(now.getTime() + ABSOLUTE_MS)
        await queries.insertSession(tx, {
          sessionHash,
          operatorId,
          csrfToken: randomBytes(24).toString('base64url'),
          now,
          expiresAt,
          address,
          deviceName: browserName(userAgent),
        })
        await noteBrowser(tx, {
          operatorId,
          browserHash: hashSessionToken(browser),
          address: toAddressGroup(address),
          at: now,
        })
        await writeAudit(tx, {
          actor: { kind: 'system' },
          action: 'operator.signed_in',
          objectKind: 'operator',
          objectId: operatorId,
        })
        return true
      })
      if (!isFirstUse) return refuseSignIn(username, operatorId, 'totp_used_before')
      return { cookie, me: await getMe(cookie) }
    },

    signOut: async (caller: OperatorCaller, cookie: string): Promise<void> => {
      await inTransaction(pool, async (tx) => {
        await queries.deleteSession(tx, hashSessionToken(cookie))
        await writeAudit(tx, {
          actor: caller,
          action: 'operator.signed_out',
          objectKind: 'operator',
          objectId: caller.operatorId,
        })
      })
    },

    /** Replaces the own password; every other session of the operator ends. */
    changeOwnPassword: async (
      caller: OperatorCaller,
      cookie: string,
      body: { currentPassword: string; newPassword: string },
    ): Promise<void> => {
      await takeFromLimit(
        pool,
        `operator-password:${caller.operatorId}`,
        config.limits.operatorSignInPerUserPerQuarterHour,
        QUARTER_HOUR,
      )
      const credentials = await queries.findCredentials(pool, { operatorId: caller.operatorId })
      const wrong = () =>
        new AppError('CREDENTIALS_WRONG', { fields: [{ field: 'currentPassword', reason: 'wrong' }] })
      if (!(await verifyPassword(credentials?.password_hash, body.currentPassword)) || !credentials)
        throw wrong()
      if (body.newPassword === body.currentPassword) throw fieldError('newPassword', 'unchanged')
      await requireOwnPassword(body.newPassword, {
        username: caller.username,
        about: [caller.displayName, caller.organisation],
      })
      const passwordHash = await hashPassword(body.newPassword)
      await inTransaction(pool, async (tx) => {
        const compared = credentials.password_hash
        if (!(await queries.replacePassword(tx, caller.operatorId, compared, passwordHash))) throw wrong()
        await queries.deleteSessionsOf(tx, caller.operatorId, hashSessionToken(cookie))
        await writeAudit(tx, {
          actor: caller,
          action: 'operator.password_changed',
          objectKind: 'operator',
          objectId: caller.operatorId,
        })
      })
    },

    /** For the access check. */
    findOperator: async (cookie: string) => {
      const session = await findSession(cookie)
      if (!session) return undefined
      const now = clock()
      if (now.getTime() - session.last_used_at.getTime() > TOUCH_MS)
        await queries.touchSession(pool, hashSessionToken(cookie), now)
      return {
        caller: toCaller(session),
        csrfToken: session.csrf_token,
        mustChangePassword: session.must_change_password,
      }
    },
  }
}

export type SignInService = ReturnType<typeof createSignInService>

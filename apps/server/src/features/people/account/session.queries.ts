import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'

export interface AccountRow {
  account_id: string
  person_id: string | null
}

/** Whose session it is, and whether its device is known to be theirs. */
export interface SessionAccountRow extends AccountRow {
  is_proved: boolean
}

export interface SessionRow {
  session_id: string
  device_name: string
  created_at: Date
  last_used_at: Date
  is_proved: boolean
}

export type RevokedReason =
  | 'signed_out'
  | 'revoked'
  | 'refresh_reused'
  | 'identity_taken_over'
  | 'restored'
  | 'number_left'

/** The account of a phone, made at its first sign-in. */
export const findOrCreateAccount = async (
  tx: Transaction,
  account: { phoneIndex: Buffer; phoneEncrypted: (accountId: string) => Buffer; createdAt: Date },
): Promise<AccountRow> => {
  const find = () =>
    tx.query<AccountRow>(`select account_id, person_id from accounts where phone_index = $1::bytea`, [
      account.phoneIndex,
    ])
  const existing = (await find()).rows[0]
  if (existing) return existing
  const accountId = await takeId(tx, 'accounts', 'account_id')
  const inserted = await tx.query<AccountRow>(
    `insert into accounts (account_id, phone_encrypted, phone_index, created_at) overriding system value
     values ($4::bigint, $1::bytea, $2::bytea, $3::timestamptz)
     on conflict (phone_index) do nothing returning account_id, person_id`,
    [account.phoneEncrypted(accountId), account.phoneIndex, account.createdAt, accountId],
  )
  // Nothing inserted: another sign-in of the same phone was first, and its commit has been waited for.
  const row = inserted.rows[0] ?? (await find()).rows[0]
  if (!row) throw new Error('account neither found nor made')
  return row
}

/** Inserts a session; returns how many other live ones the account has. */
export const insertSession = async (
  tx: Transaction,
  session: {
    sessionId: string
    accountId: string
    refreshHash: Buffer
    deviceName: string
    deviceHash: Buffer
    isProved: boolean
    now: Date
    expiresAt: Date
  },
): Promise<number> => {
  await tx.query(
    `insert into sessions (session_id, account_id, refresh_hash, device_name, created_at, last_used_at, expires_at, device_hash, proved_at)
     values ($1::uuid, $2::bigint, $3::bytea, $4::text, $5::timestamptz, $5::timestamptz, $6::timestamptz, $7::bytea,
       case when $8::boolean then $5::timestamptz end)`,
    [
      session.sessionId,
      session.accountId,
      session.refreshHash,
      session.deviceName,
      session.now,
      session.expiresAt,
      session.deviceHash,
      session.isProved,
    ],
  )
  const { rows } = await tx.query<{ others: number }>(
    `select count(*)::int as others from sessions
     where account_id = $1::bigint and session_id <> $2::uuid and revoked_at is null and expires_at > $3::timestamptz`,
    [session.accountId, session.sessionId, session.now],
  )
  return rows[0]?.others ?? 0
}

/**
 * The whole rotation in one statement: of any number of requests with the same token one rotates. The others find its
 * successor in place and are let in, if it came there after `repeatsSince`.
 */
export const rotateSession = async (
  db: Queryable,
  rotation: {
    sessionId: string
    oldHash: Buffer
    newHash: Buffer
    now: Date
    expiresAt: Date
    repeatsSince: Date
  },
): Promise<SessionAccountRow | undefined> => {
  const { rows } = await db.query<SessionAccountRow>({
    name: 'rotate-session',
    text: `update sessions s
       set refresh_hash = $3::bytea, expires_at = $5::timestamptz,
         last_used_at = case when s.refresh_hash = $2::bytea then $4::timestamptz else s.last_used_at end
       from accounts a
       where s.session_id = $1::uuid and s.revoked_at is null
         and (s.refresh_hash = $2::bytea or (s.refresh_hash = $3::bytea and s.last_used_at > $6::timestamptz))
         and s.expires_at > $4::timestamptz and a.account_id = s.account_id
       returning a.account_id, a.person_id, s.proved_at is not null as is_proved`,
    values: [
      rotation.sessionId,
      rotation.oldHash,
      rotation.newHash,
      rotation.now,
      rotation.expiresAt,
      rotation.repeatsSince,
    ],
  })
  return rows[0]
}

/** Why a token did not rotate its session. */
export const findSessionState = async (
  db: Queryable,
  sessionId: string,
): Promise<
  | { account_id: string; device_name: string; expires_at: Date; revoked_reason: RevokedReason | null }
  | undefined
> => {
  const { rows } = await db.query<{
    account_id: string
    device_name: string
    expires_at: Date
    revoked_reason: RevokedReason | null
  }>(`select account_id, device_name, expires_at, revoked_reason from sessions where session_id = $1::uuid`, [
    sessionId,
  ])
  return rows[0]
}

/**
 * Ends live sessions of an account and tells every process. `sessionId` narrows it to one, `except` leaves that one, `keep`
 * leaves so many: the proved ones first, the newest first. Returns the ids of those ended.
 */
export const revokeSessions = async (
  tx: Transaction,
  accountId: string,
  reason: RevokedReason,
  now: Date,
  which: { sessionId?: string; except?: string; keep?: number } = {},
): Promise<string[]> => {
  const { rows } = await tx.query<{ session_id: string }>(
    `with ended as (
       update sessions set revoked_at = $3::timestamptz, revoked_reason = $2::text
       where account_id = $1::bigint and revoked_at is null and ($4::uuid is null or session_id = $4::uuid)
         and ($6::uuid is null or session_id <> $6::uuid) and session_id not in (
           select session_id from sessions where account_id = $1::bigint and revoked_at is null and expires_at > $3::timestamptz
           order by proved_at is null, last_used_at desc, session_id limit $5::int)
       returning session_id)
     select session_id, pg_notify('session_revoked', session_id::text) from ended`,
    [accountId, reason, now, which.sessionId ?? null, which.keep ?? 0, which.except ?? null],
  )
  return rows.map((row) => row.session_id)
}

export const isOwnSession = async (db: Queryable, accountId: string, sessionId: string): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select from sessions where session_id = $1::uuid and account_id = $2::bigint`,
    [sessionId, accountId],
  )
  return rowCount === 1
}

export const listLiveSessions = async (
  db: Queryable,
  accountId: string,
  now: Date,
  limit: number,
): Promise<SessionRow[]> => {
  const { rows } = await db.query<SessionRow>(
    `select session_id, device_name, created_at, last_used_at, proved_at is not null as is_proved from sessions
     where account_id = $1::bigint and revoked_at is null and expires_at > $2::timestamptz
     order by last_used_at desc, session_id limit $3::int`,
    [accountId, now, limit],
  )
  return rows
}

/** Sessions ended since an instant: what a process must know again after it lost its listening connection. */
export const listRevokedSince = async (
  db: Queryable,
  since: Date,
): Promise<{ session_id: string; revoked_at: Date }[]> => {
  const { rows } = await db.query<{ session_id: string; revoked_at: Date }>(
    `select session_id, revoked_at from sessions where revoked_at > $1::timestamptz`,
    [since],
  )
  return rows
}

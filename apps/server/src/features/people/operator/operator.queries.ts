import type { OperatorRole } from '@jiankangbao/contracts/operator/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'

export interface OperatorRow {
  operator_id: string
  username: string
  display_name: string
  organisation: string
  roles: OperatorRole[]
  division_code: string
  division_name: string
  active: boolean
  must_change_password: boolean
  last_sign_in_at: Date | null
}

const COLUMNS = `o.operator_id, o.username, o.display_name, o.organisation, o.roles, o.division_code, d.name as division_name,
  o.active, o.must_change_password, o.last_sign_in_at`

export interface CredentialsRow {
  operator_id: string
  password_hash: string
  totp_secret_encrypted: Buffer
}

/** Credentials of an active operator, by name or id. */
export const findCredentials = async (
  db: Queryable,
  by: { username: string } | { operatorId: string },
): Promise<CredentialsRow | undefined> => {
  const { rows } = await db.query<CredentialsRow>(
    `select operator_id, password_hash, totp_secret_encrypted from operators
     where active and (username = $1::text or operator_id = $2::bigint)`,
    ['username' in by ? by.username : null, 'operatorId' in by ? by.operatorId : null],
  )
  return rows[0]
}

/**
 * True once per time step: the second of two sign-ins with the same one-time password gets false, and so does one
 * whose credentials were replaced since they were compared.
 */
export const useTotpStep = async (
  db: Queryable,
  credentials: CredentialsRow,
  step: number,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await db.query(
    `update operators set totp_last_step = $2::bigint, last_sign_in_at = $3::timestamptz
     where operator_id = $1::bigint and totp_last_step < $2::bigint and active
       and password_hash = $4::text and totp_secret_encrypted = $5::bytea`,
    [credentials.operator_id, step, now, credentials.password_hash, credentials.totp_secret_encrypted],
  )
  return rowCount === 1
}

export const insertSession = async (
  tx: Queryable,
  session: {
    sessionHash: Buffer
    operatorId: string
    csrfToken: string
    now: Date
    expiresAt: Date
    address: string
    deviceName?: string
  },
): Promise<void> => {
  await tx.query(
    `insert into operator_sessions (session_hash, operator_id, csrf_token, created_at, last_used_at, expires_at, address, device_name)
     values ($1::bytea, $2::bigint, $3::text, $4::timestamptz, $4::timestamptz, $5::timestamptz, $6::text, $7::text)`,
    [
      session.sessionHash,
      session.operatorId,
      session.csrfToken,
      session.now,
      session.expiresAt,
      session.address,
      session.deviceName ?? '',
    ],
  )
}

export type SessionRow = OperatorRow & { csrf_token: string; expires_at: Date; last_used_at: Date }

/**
 * The sessions of these hashes, in their order; undefined where one is over, idle since `idleSince`, or of an operator who is not
 * active. Every request of an operator asks, a sampler's with every swab: those that come together are one statement.
 */
export const findSessions = async (
  db: Queryable,
  sessionHashes: Buffer[],
  now: Date,
  idleSince: Date,
): Promise<(SessionRow | undefined)[]> => {
  const { rows } = await db.query<SessionRow & { ordinal: number }>({
    name: 'find-operator-sessions',
    text: `select a.ordinal::int as ordinal, ${COLUMNS}, s.csrf_token, s.expires_at, s.last_used_at
      from unnest($1::bytea[]) with ordinality as a(session_hash, ordinal)
      join operator_sessions s using (session_hash) join operators o using (operator_id) join divisions d on d.code = o.division_code
      where s.expires_at > $2::timestamptz and s.last_used_at > $3::timestamptz and o.active`,
    values: [sessionHashes, now, idleSince],
  })
  const found: (SessionRow | undefined)[] = sessionHashes.map(() => undefined)
  for (const { ordinal, ...row } of rows) found[ordinal - 1] = row
  return found
}

export const touchSession = async (db: Queryable, sessionHash: Buffer, now: Date): Promise<void> => {
  await db.query(
    `update operator_sessions set last_used_at = $2::timestamptz where session_hash = $1::bytea`,
    [sessionHash, now],
  )
}

export const deleteSession = async (db: Queryable, sessionHash: Buffer): Promise<void> => {
  await db.query(`delete from operator_sessions where session_hash = $1::bytea`, [sessionHash])
}

/** Ends the sessions of an operator, all but `keep`. @returns how many */
export const deleteSessionsOf = async (
  db: Queryable,
  operatorId: string,
  keep: Buffer | null,
): Promise<number> =>
  (
    await db.query(
      `delete from operator_sessions where operator_id = $1::bigint and session_hash is distinct from $2::bytea`,
      [operatorId, keep],
    )
  ).rowCount ?? 0

/** The operator's own new password; false where the one that was compared is no longer in force. */
export const replacePassword = async (
  tx: Transaction,
  operatorId: string,
  compared: string,
  passwordHash: string,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update operators set password_hash = $3::text, must_change_password = false
     where operator_id = $1::bigint and password_hash = $2::text and active`,
    [operatorId, compared, passwordHash],
  )
  return rowCount === 1
}

export const setSecrets = async (
  tx: Transaction,
  operatorId: string,
  passwordHash: string,
  totpSecretEncrypted: Buffer,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update operators set password_hash = $2::text, totp_secret_encrypted = $3::bytea, must_change_password = true where operator_id = $1::bigint`,
    [operatorId, passwordHash, totpSecretEncrypted],
  )
  return rowCount === 1
}

export const findOperator = async (db: Queryable, operatorId: string): Promise<OperatorRow | undefined> => {
  const { rows } = await db.query<OperatorRow>(
    `select ${COLUMNS} from operators o join divisions d on d.code = o.division_code where o.operator_id = $1::bigint`,
    [operatorId],
  )
  return rows[0]
}

export const listOperators = async (
  db: Queryable,
  search: string | null,
  afterId: string | null,
  limit: number,
): Promise<OperatorRow[]> => {
  const { rows } = await db.query<OperatorRow>(
    `select ${COLUMNS} from operators o join divisions d on d.code = o.division_code
     where ($1::text is null or position(lower($1::text) in lower(o.username || ' ' || o.display_name || ' ' || o.organisation)) > 0)
       and ($2::bigint is null or o.operator_id > $2::bigint)
     order by o.operator_id limit $3::int`,
    [search, afterId, limit],
  )
  return rows
}

export interface NewOperator {
  username: string
  displayName: string
  organisation: string
  roles: string[]
  divisionCode: string
  passwordHash: string
  totpSecretEncrypted: (operatorId: string) => Buffer
  mustChangePassword: boolean
  requestId: string | null
}

export const insertOperator = async (tx: Transaction, operator: NewOperator): Promise<string> => {
  const operatorId = await takeId(tx, 'operators', 'operator_id')
  await tx.query(
    `insert into operators (username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted, must_change_password, request_id,
       operator_id) overriding system value
     values ($1::text, $2::text, $3::text, $4::text[], $5::text, $6::text, $7::bytea, $8::boolean, $9::uuid, $10::bigint)`,
    [
      operator.username,
      operator.displayName,
      operator.organisation,
      operator.roles,
      operator.divisionCode,
      operator.passwordHash,
      operator.totpSecretEncrypted(operatorId),
      operator.mustChangePassword,
      operator.requestId,
      operatorId,
    ],
  )
  return operatorId
}

/** What an operator may now, held until commit. */
export const lockRights = async (
  tx: Transaction,
  operatorId: string,
): Promise<Pick<OperatorRow, 'roles' | 'division_code' | 'active'> | undefined> =>
  (
    await tx.query<Pick<OperatorRow, 'roles' | 'division_code' | 'active'>>(
      'select roles, division_code, active from operators where operator_id = $1::bigint for update',
      [operatorId],
    )
  ).rows[0]

export interface OperatorUpdate {
  displayName: string | null
  organisation: string | null
  roles: string[] | null
  divisionCode: string | null
  active: boolean | null
}

export const updateOperator = async (
  tx: Transaction,
  operatorId: string,
  update: OperatorUpdate,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update operators set display_name = coalesce($2::text, display_name), organisation = coalesce($3::text, organisation),
       roles = coalesce($4::text[], roles), division_code = coalesce($5::text, division_code), active = coalesce($6::boolean, active)
     where operator_id = $1::bigint`,
    [operatorId, update.displayName, update.organisation, update.roles, update.divisionCode, update.active],
  )
  return rowCount === 1
}

/** Until then the operator decides no proposal. */
export const setDecidesFrom = async (tx: Transaction, operatorId: string, at: Date): Promise<void> => {
  await tx.query('update operators set decides_from = $2::timestamptz where operator_id = $1::bigint', [
    operatorId,
    at,
  ])
}

export const isUsername = async (db: Queryable, username: string): Promise<boolean> =>
  ((await db.query('select from operators where username = $1::text', [username])).rowCount ?? 0) > 0

export const isDivision = async (db: Queryable, code: string): Promise<boolean> =>
  ((await db.query('select from divisions where code = $1::text', [code])).rowCount ?? 0) > 0

export interface DivisionRow {
  code: string
  parent_code: string | null
  name: string
  name_en: string
  level: string
}

export const listDivisions = async (db: Queryable): Promise<DivisionRow[]> =>
  (await db.query<DivisionRow>('select code, parent_code, name, name_en, level from divisions order by code'))
    .rows

import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'

export interface ActivationRow {
  activation_id: string
  operator_id: string
  totp_secret_encrypted: Buffer
  expires_at: Date
  used_at: Date | null
  withdrawn_at: Date | null
  username: string
  display_name: string
  organisation: string
  active: boolean
}

const COLUMNS = `a.activation_id, a.operator_id, a.totp_secret_encrypted, a.expires_at, a.used_at, a.withdrawn_at,
  o.username, o.display_name, o.organisation, o.active`

export const findActivation = async (db: Queryable, codeHash: Buffer): Promise<ActivationRow | undefined> => {
  const { rows } = await db.query<ActivationRow>(
    `select ${COLUMNS} from operator_activations a join operators o using (operator_id) where a.code_hash = $1::bytea`,
    [codeHash],
  )
  return rows[0]
}

/** The same, held until commit: of two who use one code at once the second finds it used. */
export const lockActivation = async (
  tx: Transaction,
  codeHash: Buffer,
): Promise<ActivationRow | undefined> => {
  const { rows } = await tx.query<ActivationRow>(
    `select ${COLUMNS} from operator_activations a join operators o using (operator_id)
     where a.code_hash = $1::bytea for update of a`,
    [codeHash],
  )
  return rows[0]
}

export const withdrawActivations = async (tx: Transaction, operatorId: string, now: Date): Promise<void> => {
  await tx.query(
    `update operator_activations set withdrawn_at = $2::timestamptz
     where operator_id = $1::bigint and used_at is null and withdrawn_at is null`,
    [operatorId, now],
  )
}

export const insertActivation = async (
  tx: Transaction,
  activation: {
    operatorId: string
    codeHash: Buffer
    totpSecretEncrypted: (activationId: string) => Buffer
    madeBy: string | null
    now: Date
    expiresAt: Date
  },
): Promise<void> => {
  const activationId = await takeId(tx, 'operator_activations', 'activation_id')
  await tx.query(
    `insert into operator_activations (operator_id, code_hash, totp_secret_encrypted, made_at, made_by, expires_at, activation_id)
     overriding system value
     values ($1::bigint, $2::bytea, $3::bytea, $4::timestamptz, $5::bigint, $6::timestamptz, $7::bigint)`,
    [
      activation.operatorId,
      activation.codeHash,
      activation.totpSecretEncrypted(activationId),
      activation.now,
      activation.madeBy,
      activation.expiresAt,
      activationId,
    ],
  )
}

export const useActivation = async (tx: Transaction, activationId: string, now: Date): Promise<void> => {
  await tx.query(
    `update operator_activations set used_at = $2::timestamptz where activation_id = $1::bigint and used_at is null`,
    [activationId, now],
  )
}

/** The operator's own secrets, with the time step of the one-time password that proved the second factor. */
export const setOwnSecrets = async (
  tx: Transaction,
  operatorId: string,
  secrets: { passwordHash: string; totpSecretEncrypted: Buffer; totpStep: number },
): Promise<void> => {
  await tx.query(
    `update operators set password_hash = $2::text, totp_secret_encrypted = $3::bytea, totp_last_step = $4::bigint, must_change_password = false
     where operator_id = $1::bigint`,
    [operatorId, secrets.passwordHash, secrets.totpSecretEncrypted, secrets.totpStep],
  )
}

export const findActiveOperator = async (
  db: Queryable,
  username: string,
): Promise<{ operator_id: string } | undefined> =>
  (
    await db.query<{ operator_id: string }>(
      'select operator_id from operators where username = $1::text and active',
      [username],
    )
  ).rows[0]

/** The division of a real city; undefined in a demonstration. */
export const findRealCity = async (db: Queryable): Promise<string | undefined> =>
  (await db.query<{ division_code: string }>(`select division_code from city where kind = 'real'`)).rows[0]
    ?.division_code

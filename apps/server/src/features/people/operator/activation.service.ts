import type { OpenedActivation } from '@jiankangbao/contracts/operator/schemas'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import * as queries from './activation.queries.ts'
import { hashActivationCode, makeActivationCode } from './activation-code.ts'
import { findTotpStep, hashPassword, makeSecrets, toTotpUri } from './credentials.ts'
import { WAIT_MS } from './deciding.ts'
import { deleteSessionsOf, setDecidesFrom } from './operator.queries.ts'
import { requireOwnPassword } from './own-password.ts'

// Nobody makes a password for somebody else: whoever makes an operator, or lets one begin anew, hands over a code that is
// good once and for a day. Its holder sets the password and enrols the second factor. What was valid before stays so until then.

export const GOOD_FOR_MS = 24 * 3600_000
const QUARTER_HOUR = 900

/** A code to be handed over; it can not be shown again. */
export interface MadeActivation {
  code: string
  expiresAt: Date
}

/** Makes the only open code of an operator; earlier ones are withdrawn. */
export const createActivation = async (
  tx: Transaction,
  encryption: FieldEncryption,
  operator: { operatorId: string; username: string },
  {
    madeBy,
    now,
    code = makeActivationCode(),
    until = new Date(now.getTime() + GOOD_FOR_MS),
  }: { madeBy: string | null; now: Date; code?: string; until?: Date },
): Promise<MadeActivation> => {
  const codeHash = hashActivationCode(code)
  if (!codeHash) throw new Error('a code that was just made can be read')
  await queries.withdrawActivations(tx, operator.operatorId, now)
  await queries.insertActivation(tx, {
    operatorId: operator.operatorId,
    codeHash,
    totpSecretEncrypted: (activationId) =>
      encryption.encrypt(
        makeSecrets(operator.username).totpSecret,
        inRow('operator_activations.totp_secret', activationId),
      ),
    madeBy,
    now,
    expiresAt: until,
  })
  return { code, expiresAt: until }
}

/**
 * A code for an operator who is there: the day was over, or phone and password are lost. What they sign in with stays
 * valid until it is used.
 * @throws Error where nobody active has this name
 */
export const renewActivation = (
  { pool, encryption }: Pick<Parts, 'pool' | 'encryption'>,
  username: string,
  now: Date,
): Promise<MadeActivation> =>
  inTransaction(pool, async (tx) => {
    const operator = await queries.findActiveOperator(tx, username)
    if (!operator) throw new Error(`没有在用的操作员 ${username}。There is no active operator ${username}.`)
    const { operator_id: operatorId } = operator
    const made = await createActivation(tx, encryption, { operatorId, username }, { madeBy: null, now })
    await writeAudit(tx, {
      actor: { kind: 'command' },
      action: 'operator.activation_made',
      objectKind: 'operator',
      objectId: operatorId,
    })
    // Whoever has the machine does this alone: those who watch are told, and it is not the operator who takes note.
    const divisionCode = await queries.findRealCity(tx)
    if (divisionCode)
      await raiseIncident(tx, {
        kind: 'operators_recovered',
        subject: `operator:${operatorId}:${now.toISOString()}`,
        divisionCode,
        operatorId,
        details: { count: 1, names: username },
        at: now,
      })
    return made
  })

/** The page that a code opens; the code is behind `#`, which no server and no proxy gets to see. */
export const activationUrl = (publicOrigin: string, code: string): string =>
  `${publicOrigin}/console/activate#${code}`

const requireGood = (row: queries.ActivationRow | undefined, now: Date): queries.ActivationRow => {
  if (!row) throw fieldError('activationCode', 'activation_unknown')
  if (row.used_at) throw fieldError('activationCode', 'activation_used')
  if (row.withdrawn_at || !row.active) throw fieldError('activationCode', 'activation_withdrawn')
  if (row.expires_at <= now) throw fieldError('activationCode', 'activation_expired')
  return row
}

/** What the holder of a code can do, who is not signed in. */
export const createActivationService = ({
  pool,
  clock,
  config,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'>) => {
  const countTry = (address: string) =>
    takeFromLimit(
      pool,
      `activation-address:${address}`,
      config.limits.operatorSignInPerAddressPerQuarterHour,
      QUARTER_HOUR,
    )
  const hashOf = (code: string): Buffer => {
    const hash = hashActivationCode(code)
    if (!hash) throw fieldError('activationCode', 'activation_unknown')
    return hash
  }
  const secretOf = (row: queries.ActivationRow) =>
    encryption.decrypt(
      row.totp_secret_encrypted,
      inRow('operator_activations.totp_secret', row.activation_id),
    )

  return {
    /**
     * Whose code it is and the second factor to enrol; changes nothing, however often it is asked.
     * @throws AppError VALIDATION_FAILED: activation_unknown, activation_used, activation_withdrawn, activation_expired
     */
    openActivation: async (activationCode: string, address: string): Promise<OpenedActivation> => {
      await countTry(address)
      const row = requireGood(await queries.findActivation(pool, hashOf(activationCode)), clock())
      const totpSecret = secretOf(row)
      return {
        username: row.username,
        displayName: row.display_name,
        organisation: row.organisation,
        totpSecret,
        totpUri: toTotpUri(row.username, totpSecret),
        expiresAt: row.expires_at.toISOString(),
      }
    },

    /**
     * Sets password and second factor, once a one-time password has shown that it is enrolled; ends all sessions.
     * @throws AppError as above, TOTP_WRONG, VALIDATION_FAILED: password_published, password_is_username, password_common
     */
    completeActivation: async (
      body: { activationCode: string; newPassword: string; totp: string },
      address: string,
    ): Promise<void> => {
      await countTry(address)
      const codeHash = hashOf(body.activationCode)
      const now = clock()
      const opened = requireGood(await queries.findActivation(pool, codeHash), now)
      await requireOwnPassword(body.newPassword, {
        username: opened.username,
        about: [opened.display_name, opened.organisation],
      })
      const totpStep = findTotpStep(secretOf(opened), body.totp, now)
      if (totpStep === undefined) throw new AppError('TOTP_WRONG')
      const passwordHash = await hashPassword(body.newPassword)
      await inTransaction(pool, async (tx) => {
        const row = requireGood(await queries.lockActivation(tx, codeHash), now)
        await queries.useActivation(tx, row.activation_id, now)
        await queries.setOwnSecrets(tx, row.operator_id, {
          passwordHash,
          totpSecretEncrypted: encryption.encrypt(
            secretOf(row),
            inRow('operators.totp_secret', row.operator_id),
          ),
          totpStep,
        })
        // Whoever has just begun is nobody's second person for a day.
        await setDecidesFrom(tx, row.operator_id, new Date(now.getTime() + WAIT_MS))
        await deleteSessionsOf(tx, row.operator_id, null)
        await writeAudit(tx, {
          actor: { kind: 'system' },
          action: 'operator.activated',
          objectKind: 'operator',
          objectId: row.operator_id,
        })
      })
    },
  }
}

export type ActivationService = ReturnType<typeof createActivationService>

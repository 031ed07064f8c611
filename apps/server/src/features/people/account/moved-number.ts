import { randomUUID } from 'node:crypto'
import { isUniqueViolation, type Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { holdNumber, type NumberHolders, setNumber } from './number.queries.ts'
import { revokeSessions } from './session.queries.ts'

/** What stands in the place of a number that was left: no number, and nobody else's. */
export const wordForNumber = (encryption: FieldEncryption, accountId: string) => {
  const word = `left:${randomUUID()}`
  return {
    encrypted: encryption.encrypt(word, inRow('accounts.phone', accountId)),
    index: encryption.blindIndex('phone', word),
  }
}

/**
 * The account of a person and whoever has the number, held until commit.
 * @throws AppError STATE_CONFLICT `no_login` (nobody signs in as this person), `number_taken` (somebody else is registered with it)
 */
export const requireMovable = async (
  tx: Transaction,
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  { personId, phone }: { personId: string; phone: string },
): Promise<NumberHolders & { own: string }> => {
  const { own, there } = await holdNumber(tx, personId, encryption.blindIndex('phone', phone))
  if (own === undefined) throw stateConflict('phone', 'no_login')
  if (there?.person_id && there.person_id !== personId) throw stateConflict('phone', 'number_taken')
  return { own, there }
}

/**
 * The account of a person gets another number: all it has stays. Everybody signed in with either number is signed out; known
 * devices sign in with the new one by SMS alone, others prove themselves. An account that held nobody under it is left without.
 * @throws AppError STATE_CONFLICT as `requireMovable`, BUSY where somebody signs in with the number just now
 */
export const moveNumber = async (
  tx: Transaction,
  { encryption, onNumberMoved }: Pick<Parts, 'encryption' | 'onNumberMoved'>,
  { personId, phone }: { personId: string; phone: string },
  now: Date,
): Promise<void> => {
  const { own, there } = await requireMovable(tx, encryption, { personId, phone })
  if (there && there.account_id !== own) {
    await setNumber(tx, there.account_id, wordForNumber(encryption, there.account_id), now)
    await revokeSessions(tx, there.account_id, 'number_left', now)
    await onNumberMoved(tx, { fromAccountId: there.account_id, toAccountId: own, personId })
  }
  const number = {
    encrypted: encryption.encrypt(phone, inRow('accounts.phone', own)),
    index: encryption.blindIndex('phone', phone),
  }
  await setNumber(tx, own, number, null).catch((error: unknown) => {
    if (isUniqueViolation(error)) throw new AppError('BUSY', { retryAfterSeconds: 1 })
    throw error
  })
  await revokeSessions(tx, own, 'number_left', now)
  await writeAudit(tx, {
    actor: { kind: 'system' },
    action: 'account.number_moved',
    objectKind: 'account',
    objectId: own,
    details: { personId },
  })
}

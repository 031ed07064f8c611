import { randomUUID } from 'node:crypto'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { fieldError } from '../../../http/app-error.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { findSmsDestination } from '../account/sms-destination.ts'
import * as queries from './activation-message.queries.ts'

// Instead of two halves on paper the code may go to the operator's own phone: neither of the two who make the account sees any of
// it. Whoever proposes names the number; whoever approves types it too, from what they know of the person and not from the screen.
// A number that is wrong, or the proposer's own, so gets no code.

const DAY = 24 * 3600
const TEXTS_PER_CHANGE = 3
const GUESSES_PER_DAY = 5

export interface ActivationPhone {
  phoneEncrypted: (changeId: string) => Buffer
  phoneIndex: Buffer
}

const readPhone = (raw: string): string => {
  const read = parsePhone(raw)
  if (!read.ok) throw fieldError('phone', read.reason)
  if (findSmsDestination(read.phone)?.country !== 'CN') throw fieldError('phone', 'no_texts')
  return read.phone
}

/** The number to which a code is to go. @throws AppError VALIDATION_FAILED (no mobile of the mainland) */
export const readActivationPhone = (
  encryption: Pick<FieldEncryption, 'encrypt' | 'blindIndex'>,
  raw: string | undefined,
): ActivationPhone | undefined => {
  if (raw === undefined) return undefined
  const phone = readPhone(raw)
  return {
    phoneEncrypted: (changeId) => encryption.encrypt(phone, inRow('operator_changes.phone', changeId)),
    phoneIndex: encryption.blindIndex('operator_phone', phone),
  }
}

/** One number is of one operator: nobody collects codes of several. @throws AppError VALIDATION_FAILED (`used_by_other`) */
export const requireOwnPhone = async (
  tx: Transaction,
  phone: Pick<ActivationPhone, 'phoneIndex'> | undefined,
  username: string,
): Promise<void> => {
  if (phone && (await queries.isPhoneOfOther(tx, phone.phoneIndex, username)))
    throw fieldError('phone', 'used_by_other')
}

/**
 * Whether the second person knows the number without having been shown it. Tries are few, so that nobody finds it out.
 * @throws AppError VALIDATION_FAILED (`required`, `differs`), TOO_MANY_REQUESTS
 */
export const requireSeconded = async (
  { pool, encryption }: Pick<Parts, 'pool' | 'encryption'>,
  deciderId: string,
  row: { change_id: string; phone_index: Buffer | null },
  typed: string | undefined,
): Promise<void> => {
  if (!row.phone_index) return
  if (typed === undefined) throw fieldError('phone', 'required')
  await takeFromLimit(pool, `activation-phone:${row.change_id}:${deciderId}`, GUESSES_PER_DAY, DAY)
  if (!encryption.blindIndex('operator_phone', readPhone(typed)).equals(row.phone_index))
    throw fieldError('phone', 'differs')
}

/** @throws AppError TOO_MANY_REQUESTS */
export const takeText = (db: Queryable, changeId: string): Promise<void> =>
  takeFromLimit(db, `activation-text:${changeId}`, TEXTS_PER_CHANGE, DAY)

/** Sends the code. Where nobody takes it for delivery it is sent again by hand. */
export const sendActivation = async (
  {
    pool,
    clock,
    config,
    encryption,
    ports,
    log,
  }: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption' | 'ports' | 'log'>,
  { changeId, phoneEncrypted, code }: { changeId: string; phoneEncrypted: Buffer; code: string },
): Promise<void> => {
  const messageId = randomUUID()
  const address = `${config.publicOrigin}/console/activate`
  try {
    await ports.sms.send({
      messageId,
      phone: encryption.decrypt(phoneEncrypted, inRow('operator_changes.phone', changeId)),
      text: `【${config.city.nameZh}健康宝】工作账号激活码 ${code}，24 小时内有效，限用一次。请在 ${address} 自行设置密码，勿告诉任何人。`,
      template: 'operator_activation',
      values: { code },
    })
  } catch (error) {
    log.warn({ err: error, messageId, changeId }, 'activation code not sent')
    return
  }
  await queries.setMessaged(pool, changeId, clock())
}

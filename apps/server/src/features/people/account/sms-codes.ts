import { randomInt, randomUUID } from 'node:crypto'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { toAddressGroup } from '../../../http/client-address.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { Parts } from '../../../parts.ts'
import * as queries from './sms-challenge.queries.ts'

/** Life of a code. */
const CODE_SECONDS = 300
const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3600

type SmsParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log'>

const limitReached = (openFrom: number, now: Date): AppError =>
  new AppError('SMS_LIMIT_REACHED', {
    retryAfterSeconds: Math.max(1, Math.ceil((openFrom - now.getTime()) / 1000)),
  })

/** Sends sign-in codes and tries them. Phones are E.164. */
export const createSmsCodes = ({ pool, clock, encryption, config, ports, log }: SmsParts) => {
  const { limits } = config

  const hashOf = (phone: string, code: string): Buffer =>
    encryption.blindIndex('sms_code', `${phone}\u0000${code}`)

  const requireWithinLimits = (counts: queries.ChallengeCounts, now: Date): void => {
    const { latest_at, phone_count, phone_oldest_at, address_count, address_oldest_at } = counts
    const openAfter = (since: Date | null, seconds: number) =>
      limitReached((since ?? now).getTime() + seconds * 1000, now)
    if (latest_at && now.getTime() - latest_at.getTime() < limits.smsResendSeconds * 1000)
      throw openAfter(latest_at, limits.smsResendSeconds)
    if (phone_count >= limits.smsPerPhonePerDay) throw openAfter(phone_oldest_at, DAY_SECONDS)
    if (address_count >= limits.smsPerAddressPerHour) throw openAfter(address_oldest_at, HOUR_SECONDS)
  }

  const recordChallenge = async (
    tx: Transaction,
    challengeId: string,
    phone: string,
    code: string,
    address: string,
  ) => {
    const phoneIndex = encryption.blindIndex('phone', phone)
    const addressIndex = encryption.blindIndex('address', toAddressGroup(address))
    await queries.lockPhoneAndAddress(tx, phoneIndex, addressIndex)
    const now = clock()
    const counts = await queries.countChallenges(tx, phoneIndex, addressIndex, now)
    if (counts) requireWithinLimits(counts, now)
    await queries.insertChallenge(tx, {
      challengeId,
      phoneIndex,
      addressIndex,
      codeHash: hashOf(phone, code),
      tries: limits.smsTries,
      createdAt: now,
      expiresAt: new Date(now.getTime() + CODE_SECONDS * 1000),
    })
  }

  const send = async (challengeId: string, phone: string, code: string): Promise<void> => {
    // Counted last, so that requests refused for their phone or address do not use up what everybody shares.
    await takeFromLimit(pool, 'sms:global', limits.smsGlobalPerMinute, 60)
    const text = `【${config.city.nameZh}健康宝】登录验证码 ${code}，${CODE_SECONDS / 60} 分钟内有效。请勿告诉他人，工作人员不会向您索要。`
    await ports.sms.send({ messageId: challengeId, phone, text })
  }

  return {
    /**
     * Sends a new code, which replaces the one before; whether the phone is known makes no difference.
     * @throws AppError SMS_LIMIT_REACHED with the seconds to wait; PROVIDER_UNAVAILABLE, which counts against nobody.
     */
    sendCode: async (phone: string, address: string): Promise<void> => {
      const challengeId = randomUUID()
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      await inTransaction(pool, (tx) => recordChallenge(tx, challengeId, phone, code, address))
      try {
        await send(challengeId, phone, code)
      } catch (error) {
        await queries.deleteChallenge(pool, challengeId)
        if (error instanceof ProviderUnavailable) {
          log.warn({ provider: error.provider, challengeId }, 'sms code not sent')
          throw new AppError('PROVIDER_UNAVAILABLE', { retryAfterSeconds: 5, cause: error })
        }
        if (error instanceof AppError && error.code === 'TOO_MANY_REQUESTS')
          throw new AppError('SMS_LIMIT_REACHED', { retryAfterSeconds: error.retryAfterSeconds ?? 60 })
        throw error
      }
    },

    /** @throws AppError SMS_CODE_WRONG, SMS_CODE_EXPIRED (or none asked for), SMS_CODE_TRIES_USED_UP. */
    useCode: async (phone: string, code: string): Promise<void> => {
      const result = await queries.tryChallenge(
        pool,
        encryption.blindIndex('phone', phone),
        hashOf(phone, code),
        clock(),
      )
      if (result === 'wrong') throw new AppError('SMS_CODE_WRONG')
      if (result === 'used_up') throw new AppError('SMS_CODE_TRIES_USED_UP')
      if (result === 'expired') throw new AppError('SMS_CODE_EXPIRED')
    },
  }
}

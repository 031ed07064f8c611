import { randomInt, randomUUID } from 'node:crypto'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import { toAddressGroup } from '../../../http/client-address.ts'
import { countUse, takeFromLimit, tooMany } from '../../../http/rate-limit.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import * as queries from './sms-challenge.queries.ts'
import { findSmsDestination, type SmsDestination } from './sms-destination.ts'

/** Life of a code. */
const CODE_SECONDS = 300
const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3600

type SmsParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log'>

const limitReached = (openFrom: number, now: Date): AppError =>
  new AppError('SMS_LIMIT_REACHED', {
    retryAfterSeconds: Math.max(1, Math.ceil((openFrom - now.getTime()) / 1000)),
  })

// Anybody can ask for codes to anybody's phone. So one address has its number a day of them, and all together only make the
// gap between two texts longer: nobody can use up the texts of somebody else. Each of them is good for whoever holds the
// phone, and says how often somebody asked today.
const UNHINDERED = 3
const LONGEST_GAP_SECONDS = 1800

/** Seconds that must pass after the newest of so many texts of a day. */
const gapAfter = (count: number, { smsResendSeconds }: { smsResendSeconds: number }): number =>
  count < UNHINDERED
    ? smsResendSeconds
    : Math.max(
        smsResendSeconds,
        Math.min(LONGEST_GAP_SECONDS, smsResendSeconds * 2 ** (count - UNHINDERED + 1)),
      )

/** Sends sign-in codes and tries them. Phones are E.164. */
export const createSmsCodes = ({ pool, clock, encryption, config, ports, log }: SmsParts) => {
  const { limits } = config

  const hashOf = (phone: string, code: string): Buffer =>
    encryption.blindIndex('sms_code', `${phone}\u0000${code}`)

  const requireWithinLimits = (counts: queries.ChallengeCounts, now: Date): void => {
    const { latest_at, phone_count, own_count, own_oldest_at, address_count, address_oldest_at } = counts
    const openAfter = (since: Date | null, seconds: number) =>
      limitReached((since ?? now).getTime() + seconds * 1000, now)
    const gap = gapAfter(phone_count, limits)
    if (latest_at && now.getTime() - latest_at.getTime() < gap * 1000) throw openAfter(latest_at, gap)
    if (own_count >= limits.smsPerPhonePerDay) throw openAfter(own_oldest_at, DAY_SECONDS)
    if (address_count >= limits.smsPerAddressPerHour) throw openAfter(address_oldest_at, HOUR_SECONDS)
  }

  const recordChallenge = async (
    tx: Transaction,
    challengeId: string,
    phone: string,
    code: string,
    address: string,
  ): Promise<number> => {
    const phoneIndex = encryption.blindIndex('phone', phone)
    const addressIndex = encryption.blindIndex('address', toAddressGroup(address))
    await queries.lockPhoneAndAddress(tx, phoneIndex, addressIndex)
    const now = clock()
    const counts = await queries.countChallenges(tx, phoneIndex, addressIndex, now)
    if (counts) requireWithinLimits(counts, now)
    const nth = (counts?.phone_count ?? 0) + 1
    await queries.insertChallenge(tx, {
      challengeId,
      phoneIndex,
      addressIndex,
      codeHash: hashOf(phone, code),
      tries: limits.smsTries,
      createdAt: now,
      expiresAt: new Date(now.getTime() + CODE_SECONDS * 1000),
    })
    return nth
  }

  const requireBudget = async ({ country, callingCode }: SmsDestination): Promise<void> => {
    if (country === 'CN') return
    const budget = config.smsBudgets.get(country) ?? limits.smsPerCountryPerHour
    const count = await countUse(pool, `sms:country:${country}`, HOUR_SECONDS)
    if (count <= budget) return
    if (count === budget + 1)
      await raiseIncident(pool, {
        kind: 'sms_flood',
        subject: `country:${country}`,
        divisionCode: config.city.divisionCode,
        details: { prefix: callingCode, country, count },
        at: clock(),
      })
    throw tooMany(HOUR_SECONDS, clock())
  }

  const send = async (
    message: { challengeId: string; phone: string; code: string; nth: number },
    destination: SmsDestination,
  ): Promise<void> => {
    const { challengeId, phone, code, nth } = message
    // Counted last, so that requests refused for their phone or address do not use up what everybody shares.
    await requireBudget(destination)
    await takeFromLimit(pool, 'sms:global', limits.smsGlobalPerMinute, 60)
    const often = nth > UNHINDERED ? `今天已有 ${nth} 次请求，如非本人操作可不理会。` : ''
    const text = `【${config.city.nameZh}健康宝】登录验证码 ${code}，${CODE_SECONDS / 60} 分钟内有效。${often}请勿告诉他人，工作人员不会向您索要。`
    const minutes = String(CODE_SECONDS / 60)
    await ports.sms.send({
      messageId: challengeId,
      phone,
      text,
      template: 'sign_in_code',
      values: { code, minutes },
    })
  }

  return {
    /**
     * Sends a new code, which replaces the one before; whether the phone is known makes no difference.
     * @throws AppError VALIDATION_FAILED (`phone`: `no_texts`) where no text goes to such a number; SMS_LIMIT_REACHED with
     * the seconds to wait; PROVIDER_UNAVAILABLE, which counts against nobody.
     */
    sendCode: async (phone: string, address: string): Promise<void> => {
      const destination = findSmsDestination(phone)
      if (!destination) throw fieldError('phone', 'no_texts')
      const challengeId = randomUUID()
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const nth = await inTransaction(pool, (tx) => recordChallenge(tx, challengeId, phone, code, address))
      try {
        await send({ challengeId, phone, code, nth }, destination)
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

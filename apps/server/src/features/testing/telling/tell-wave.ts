import { createHash } from 'node:crypto'
import { shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { findRound, type RoundRow } from '../round/round.queries.ts'
import * as queries from './telling.queries.ts'

// A telling:  running → done | stopped (by a person, and running again) | dropped (the round is over or was called off).

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const LEASE_SECONDS = 120
const AWAY_MS = 30_000
/** Notices of one turn; a wave of twenty thousand is some turns. */
const NOTICES_AT_ONCE = 1000
/** Calls to the provider at once; sign-in codes need it too. */
const TEXTS_AT_ONCE = 8

type TellingParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log'>

const timeText = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at)

/** The same for the same account and round: the provider keeps it, and a batch that comes again texts nobody twice. */
const messageIdOf = (roundId: string, accountId: string): string => {
  const hex = createHash('sha256').update(`round ${roundId} ${accountId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const titleOf = ({ name, from_at, until_at }: RoundRow): string =>
  `${name}：${timeText(from_at)} 至 ${timeText(until_at)} 采样`

const sendTexts = async (
  { encryption, config, ports, log }: TellingParts,
  round: RoundRow,
  recipients: queries.Recipient[],
): Promise<{ sent: number; failed: number }> => {
  const title = titleOf(round)
  const own = recipients.filter(({ is_own_number }) => is_own_number)
  let sent = 0
  const sendOne = async ({ account_id, phone_encrypted }: queries.Recipient): Promise<void> => {
    const messageId = messageIdOf(round.round_id, account_id)
    try {
      await ports.sms.send({
        messageId,
        phone: encryption.decrypt(phone_encrypted, inRow('accounts.phone', account_id)),
        text: `【${config.city.nameZh}健康宝】${title}。全文请打开健康宝查看。Please open the app.`,
        template: 'announcement',
        values: { title },
      })
      sent += 1
    } catch (error) {
      log.warn({ err: error, messageId }, 'text about a round not sent')
    }
  }
  for (let from = 0; from < own.length; from += TEXTS_AT_ONCE)
    await Promise.all(own.slice(from, from + TEXTS_AT_ONCE).map(sendOne))
  return { sent, failed: own.length - sent }
}

/** How many may be told now; with texts no more than the provider takes, 0 where the day has none left. */
const roomFor = async (
  { pool, config }: TellingParts,
  { texts, wave_left, per_wave }: queries.TellingRow,
  on: string,
): Promise<number> => {
  const wave = wave_left > 0 ? wave_left : per_wave
  if (!texts) return Math.min(wave, NOTICES_AT_ONCE)
  const { perMinute, perDay } = config.announcementTexts
  const left = perDay - (await queries.countTextsOn(pool, on))
  return Math.max(0, Math.min(wave, left, Math.ceil(perMinute / 60)))
}

/** The people are gathered once, when the first wave is due. @returns whether there was anything to do */
const gather = async ({ pool, clock }: TellingParts, round: RoundRow): Promise<number> => {
  await inTransaction(pool, (tx) => queries.gatherRecipients(tx, round, clock()))
  return 1
}

/**
 * The next part of the wave that waits longest: texts where they were asked for, then a notice to each.
 * @returns how many were told
 */
export const tellNext = async (parts: TellingParts): Promise<number> => {
  const { pool, clock } = parts
  const now = clock()
  const telling = await queries.takeTelling(pool, now, LEASE_SECONDS)
  if (!telling) return 0
  const roundId = telling.round_id
  const round = await findRound(pool, '', { roundId })
  if (round?.state !== 'begun' || round.until_at <= now) {
    await inTransaction(pool, (tx) => queries.endTelling(tx, roundId, 'dropped', now))
    return 0
  }
  if (telling.total === null) return gather(parts, round)
  const on = shanghaiDayOf(now.getTime())
  const room = await roomFor(parts, telling, on)
  if (room === 0) {
    await queries.putOff(pool, roundId, new Date(startOfShanghaiDay(on) + DAY_MS))
    return 0
  }
  const recipients = await queries.listRecipients(pool, roundId, room)
  if (recipients.length === 0) {
    await inTransaction(pool, (tx) => queries.endTelling(tx, roundId, 'done', now))
    return 0
  }
  const texts = telling.texts ? await sendTexts(parts, round, recipients) : { sent: 0, failed: 0 }
  // The provider is away: nobody lost a text, the same ones come again.
  if (texts.sent === 0 && texts.failed > 1) {
    await queries.putOff(pool, roundId, new Date(clock().getTime() + AWAY_MS))
    return recipients.length
  }
  const isNewWave = telling.wave_left === 0
  const waveLeft = (isNewWave ? telling.per_wave : telling.wave_left) - recipients.length
  const begun = isNewWave ? now : (telling.wave_at ?? now)
  await inTransaction(pool, (tx) =>
    queries.settleTold(tx, roundId, {
      accountIds: recipients.map(({ account_id }) => account_id),
      ...texts,
      waveLeft,
      isNewWave,
      dueAt: waveLeft > 0 ? clock() : new Date(begun.getTime() + telling.every_minutes * MINUTE_MS),
      at: clock(),
      on,
      notice: { name: round.name, from: timeText(round.from_at), until: timeText(round.until_at) },
    }),
  )
  return recipients.length
}

import { shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { countTextsOn, PROVIDER_AWAY_MS, textPeople } from '../../people/account/text-people.ts'
import { findRound, type RoundRow } from '../round/round.queries.ts'
import * as queries from './telling.queries.ts'

// A telling:  running → done | stopped (by a person, and running again) | dropped (the round is over or was called off).

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const LEASE_SECONDS = 120
/** Notices of one turn; a wave of twenty thousand is some turns. */
const NOTICES_AT_ONCE = 1000

type TellingParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log'>

const timeText = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at)

const titleOf = ({ name, from_at, until_at }: RoundRow): string =>
  `${name}：${timeText(from_at)} 至 ${timeText(until_at)} 采样`

const sendTexts = async (
  parts: TellingParts,
  round: RoundRow,
  recipients: queries.Recipient[],
): Promise<{ sent: number; failed: number }> => {
  const own = recipients.filter(({ is_own_number }) => is_own_number)
  const message = {
    about: 'round',
    nameFor: (accountId: string) => `round ${round.round_id} ${accountId}`,
    titleZh: titleOf(round),
    titleEn: '',
  }
  const sent = await textPeople(parts, message, own)
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
  const left = perDay - (await countTextsOn(pool, on))
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
  if (texts.sent === 0 && texts.failed > 1) {
    await queries.putOff(pool, roundId, new Date(clock().getTime() + PROVIDER_AWAY_MS))
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

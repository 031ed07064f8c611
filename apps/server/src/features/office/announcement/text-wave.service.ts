import type { TextEstimate, TextWave } from '@jiankangbao/contracts/announcement/schemas'
import { shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import type { Parts } from '../../../parts.ts'
import {
  countTextsOn,
  PROVIDER_AWAY_MS,
  type TextRecipient,
  textPeople,
} from '../../people/account/text-people.ts'
import * as queries from './text-wave.queries.ts'

// A wave of texts:  running → done | stopped (by a person) | dropped (the announcement was withdrawn or ran out). It goes through the
// accounts by number, a batch a second; what the provider takes in a day is kept, and the wave goes on the next morning.

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const LEASE_SECONDS = 120

type Speed = Parts['config']['announcementTexts']

const msFor = (texts: number, { perMinute, perDay }: Speed, leftToday: number, now: Date): number => {
  if (texts <= 0) return 0
  if (perMinute <= 0 || perDay <= 0) return Number.POSITIVE_INFINITY
  if (texts <= leftToday) return (texts / perMinute) * MINUTE_MS
  const midnight = startOfShanghaiDay(shanghaiDayOf(now.getTime())) + DAY_MS
  const rest = texts - Math.max(0, leftToday)
  const days = Math.ceil(rest / perDay) - 1
  return midnight - now.getTime() + days * DAY_MS + ((rest - days * perDay) / perMinute) * MINUTE_MS
}

/** The longest that is told: nobody plans beyond. */
const LONGEST_MS = 366 * DAY_MS

export const toTextWave = (row: queries.TextWaveRow, speed: Speed, now: Date): TextWave => {
  const left = row.total - row.sent - row.failed
  const from = Math.max(now.getTime(), row.state === 'running' ? row.due_at.getTime() : 0)
  return {
    state: row.state,
    total: row.total,
    sent: row.sent,
    failed: row.failed,
    startedAt: row.started_at.toISOString(),
    ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
    ...(row.stopped_by_name === null ? {} : { stoppedBy: row.stopped_by_name }),
    ...(row.stop_reason === null ? {} : { stopReason: row.stop_reason }),
    ...(row.state === 'running'
      ? {
          doneAt: new Date(
            from + Math.min(LONGEST_MS, msFor(left, speed, speed.perDay, new Date(from))),
          ).toISOString(),
        }
      : {}),
  }
}

/** How many a release would tell, what the provider takes, and when the last one would have it. */
export const estimateTexts = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<TextEstimate> => {
  const now = clock()
  const speed = config.announcementTexts
  const persons = await queries.countRecipients(pool)
  const budgetLeft = Math.max(0, speed.perDay - (await countTextsOn(pool, shanghaiDayOf(now.getTime()))))
  const ms = Math.min(LONGEST_MS, msFor(persons, speed, budgetLeft, now))
  return {
    persons,
    perMinute: speed.perMinute,
    budgetPerDay: speed.perDay,
    budgetLeft,
    minutes: Math.ceil(ms / MINUTE_MS),
    doneAt: new Date(now.getTime() + ms).toISOString(),
  }
}

type SendingParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log'>

const sendBatch = (
  parts: SendingParts,
  { announcement_id, version, title_zh, title_en }: queries.DueWave,
  recipients: TextRecipient[],
): Promise<number> =>
  textPeople(
    parts,
    {
      about: 'announcement',
      nameFor: (accountId) => `${announcement_id}.${version}.${accountId}`,
      titleZh: title_zh,
      titleEn: title_en,
    },
    recipients,
  )

/**
 * Sends the next `limit` texts of the wave that waits longest.
 * @returns how many it tried
 */
export const sendNextTexts = async (parts: SendingParts, limit: number): Promise<number> => {
  const { pool, clock, config } = parts
  const now = clock()
  const wave = await queries.takeWave(pool, now, LEASE_SECONDS)
  if (!wave) return 0
  if (!wave.told) {
    await queries.endWave(pool, wave, 'dropped', now)
    return 0
  }
  const on = shanghaiDayOf(now.getTime())
  const left = config.announcementTexts.perDay - (await countTextsOn(pool, on))
  if (left <= 0) {
    await queries.putOff(pool, wave, new Date(startOfShanghaiDay(on) + DAY_MS))
    return 0
  }
  const recipients = await queries.listRecipients(pool, wave.after_account, Math.min(limit, left))
  const last = recipients.at(-1)
  if (!last) {
    await queries.endWave(pool, wave, 'done', now)
    return 0
  }
  const sent = await sendBatch(parts, wave, recipients)
  if (sent === 0 && recipients.length > 1) {
    await queries.putOff(pool, wave, new Date(clock().getTime() + PROVIDER_AWAY_MS))
    return recipients.length
  }
  await queries.settleBatch(pool, wave, {
    afterAccount: last.account_id,
    sent,
    failed: recipients.length - sent,
    on,
    dueAt: clock(),
  })
  return recipients.length
}

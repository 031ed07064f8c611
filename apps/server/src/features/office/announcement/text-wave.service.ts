import { createHash } from 'node:crypto'
import type { TextEstimate, TextWave } from '@jiankangbao/contracts/announcement/schemas'
import { shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import * as queries from './text-wave.queries.ts'

// A wave of texts:  running → done | stopped (by a person) | dropped (the announcement was withdrawn or ran out). It goes through the
// accounts by number, a batch a second; what the provider takes in a day is kept, and the wave goes on the next morning.

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const LEASE_SECONDS = 120
/** The provider is away: nobody lost a text, the same batch comes again. */
const AWAY_MS = 30_000
/** Calls to the provider at once; sign-in codes need it too. */
const AT_ONCE = 8

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
  const budgetLeft = Math.max(
    0,
    speed.perDay - (await queries.countSentOn(pool, shanghaiDayOf(now.getTime()))),
  )
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

/** The same for the same account and version: the provider keeps it, and a batch that comes again tells nobody twice. */
const messageIdOf = ({ announcement_id, version }: queries.DueWave, accountId: string): string => {
  const hex = createHash('sha256').update(`${announcement_id}.${version}.${accountId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

// No link, so that people learn to trust none: the app shows it on its first screen.
const textFor = (cityName: string, { title_zh, title_en }: queries.DueWave): string =>
  `【${cityName}健康宝】${title_zh}。全文请打开健康宝查看。${title_en ? `${title_en}. ` : ''}Please open the app.`

type SendingParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log'>

const sendBatch = async (
  { encryption, config, ports, log }: SendingParts,
  wave: queries.DueWave,
  recipients: queries.Recipient[],
): Promise<number> => {
  const text = textFor(config.city.nameZh, wave)
  let sent = 0
  const sendOne = async ({ account_id, phone_encrypted }: queries.Recipient): Promise<void> => {
    const messageId = messageIdOf(wave, account_id)
    try {
      await ports.sms.send({
        messageId,
        phone: encryption.decrypt(phone_encrypted, inRow('accounts.phone', account_id)),
        text,
        template: 'announcement',
        values: { title: wave.title_zh },
      })
      sent += 1
    } catch (error) {
      log.warn({ err: error, messageId }, 'announcement text not sent')
    }
  }
  for (let from = 0; from < recipients.length; from += AT_ONCE)
    await Promise.all(recipients.slice(from, from + AT_ONCE).map(sendOne))
  return sent
}

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
  const left = config.announcementTexts.perDay - (await queries.countSentOn(pool, on))
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
    await queries.putOff(pool, wave, new Date(clock().getTime() + AWAY_MS))
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

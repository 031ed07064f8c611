import type { ColourTexts } from '@jiankangbao/contracts/notice/schemas'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../audit/audit.service.ts'
import * as queries from './colour-text.queries.ts'

// A text: due with the change of colour, in its transaction → sent by the jobs after commit → nothing due. Not sent, it is
// tried again with growing pauses and given up after an hour: by then people have looked.

/** Least minutes between two texts to one account; further changes meanwhile are told by one text after it. */
const PAUSE_MINUTES = 30
const GIVE_UP_MS = 3600_000
const LEASE_SECONDS = 120
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 600_000
/** Calls to the provider at once; sign-in codes need it too. */
const AT_ONCE = 8

/** Makes a text due for those of the accounts that want one, in the transaction of the change. */
export const markTextsDue = (tx: Transaction, accountIds: string[], now: Date): Promise<void> =>
  queries.markDue(tx, accountIds, now, PAUSE_MINUTES)

// A text message is read by whoever holds the phone, and by carriers: no colour, no name, nothing about anybody's health,
// and no link, so that people learn to trust none.
const textFor = (cityName: string): string =>
  `【${cityName}健康宝】您有新的消息，请打开健康宝查看。You have a new message: please open the app.`

type SendingParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log' | 'metrics'>

const sendOne = async (parts: SendingParts, due: queries.DueText): Promise<void> => {
  const { pool, clock, encryption, config, ports, log, metrics } = parts
  try {
    const phone = encryption.decrypt(due.phone_encrypted, inRow('accounts.phone', due.account_id))
    const text = textFor(config.city.nameZh)
    await ports.sms.send({ messageId: due.message_id, phone, text, template: 'news', values: {} })
  } catch (error) {
    log.warn({ err: error, messageId: due.message_id }, 'colour text not sent')
    metrics.countColourTexts('failed', 1)
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (due.tries - 1))
    return queries.settleFailed(pool, due, new Date(clock().getTime() + pause))
  }
  metrics.countColourTexts('sent', 1)
  await queries.settleSent(pool, due, clock(), PAUSE_MINUTES)
}

/** Sends up to `limit` of the texts that are due, and gives up what is too late. Returns how many it tried. */
export const sendDueTexts = async (parts: SendingParts, limit: number): Promise<number> => {
  const { pool, clock, metrics } = parts
  const dropped = await queries.dropChangedBefore(pool, new Date(clock().getTime() - GIVE_UP_MS))
  if (dropped > 0) metrics.countColourTexts('dropped', dropped)
  const due = await queries.takeDue(pool, clock(), limit, LEASE_SECONDS)
  for (let from = 0; from < due.length; from += AT_ONCE)
    await Promise.all(due.slice(from, from + AT_ONCE).map((each) => sendOne(parts, each)))
  return due.length
}

/** Citizens turn it on and off for their own account. */
export const createColourTextService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  getColourTexts: async (caller: CitizenCaller): Promise<ColourTexts> => ({
    wanted: await queries.isWanted(pool, caller.accountId),
  }),

  setColourTexts: async (caller: CitizenCaller, { wanted }: ColourTexts): Promise<ColourTexts> => {
    await inTransaction(pool, async (tx) => {
      const changed = wanted
        ? await queries.insertWish(tx, caller.accountId, clock())
        : await queries.deleteWish(tx, caller.accountId)
      if (!changed) return
      await writeAudit(tx, {
        actor: caller,
        action: wanted ? 'account.colour_texts_on' : 'account.colour_texts_off',
        objectKind: 'account',
        objectId: caller.accountId,
      })
    })
    return { wanted }
  },
})

export type ColourTextService = ReturnType<typeof createColourTextService>

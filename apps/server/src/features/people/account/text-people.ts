import type { Queryable } from '../../../db/pool.ts'
import { uuidOf } from '../../../db/uuid-of.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'

// Texts to many: about an announcement, or a round of testing.

/** Calls to the provider at once; sign-in codes need it too. */
const AT_ONCE = 8
/** The provider is away, so nobody lost a text: the same ones come again after so long. */
export const PROVIDER_AWAY_MS = 30_000

export interface TextRecipient {
  account_id: string
  phone_encrypted: Buffer
}

interface PeopleText {
  /** `announcement` or `round`. */
  about: string
  /** What makes the text of an account the same one: the provider keeps its hash, and a batch that comes again texts nobody twice. */
  nameFor: (accountId: string) => string
  titleZh: string
  titleEn: string
}

// No link, so that people learn to trust none: the app shows it on its first screen.
const textFor = (cityName: string, { titleZh, titleEn }: PeopleText): string =>
  `【${cityName}健康宝】${titleZh}。全文请打开健康宝查看。${titleEn ? `${titleEn}. ` : ''}Please open the app.`

/** @returns how many of the texts the provider took */
export const textPeople = async (
  { encryption, config, ports, log }: Pick<Parts, 'encryption' | 'config' | 'ports' | 'log'>,
  message: PeopleText,
  recipients: readonly TextRecipient[],
): Promise<number> => {
  const text = textFor(config.city.nameZh, message)
  let sent = 0
  const sendOne = async ({ account_id, phone_encrypted }: TextRecipient): Promise<void> => {
    const messageId = uuidOf(message.nameFor(account_id))
    try {
      await ports.sms.send({
        messageId,
        phone: encryption.decrypt(phone_encrypted, inRow('accounts.phone', account_id)),
        text,
        template: 'announcement',
        values: { title: message.titleZh },
      })
      sent += 1
    } catch (error) {
      log.warn({ err: error, messageId }, `${message.about} text not sent`)
    }
  }
  for (let from = 0; from < recipients.length; from += AT_ONCE)
    await Promise.all(recipients.slice(from, from + AT_ONCE).map(sendOne))
  return sent
}

/** Texts about announcements and rounds that went out on a day of Shanghai: the provider takes so many of both. */
export const countTextsOn = async (db: Queryable, on: string): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select ((select coalesce(sum(sent_that_day), 0) from announcement_texts where sent_on = $1::date)
         + (select coalesce(sum(texts_that_day), 0) from round_tellings where texts_on = $1::date))::int as count`,
      [on],
    )
  ).rows[0]?.count ?? 0

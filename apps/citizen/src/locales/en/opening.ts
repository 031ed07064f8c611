import type { Wording } from '../words.types.ts'
import type { zhOpeningWords } from '../zh/opening.ts'

export const enOpeningWords: Wording<typeof zhOpeningWords> = {
  renewing: {
    now: 'Getting a new one…',
    again: 'No new code yet; trying again in {{seconds}} s',
    byHand: 'Please tap “Refresh”',
  },
  strip: {
    title: 'Provincial code and travel card',
    provincial: 'Provincial code',
    travel: 'Travel card',
    asOf: 'as of {{at}}',
    tooOld: 'Too old',
    look: 'Tap to ask',
    renew: 'Renew identity',
  },
  keyboard: { fromAbroad: 'Number from abroad (with +)' },
  missing: {
    title: 'There is no such page',
    text: 'Nothing is at this address. The link may be cut off, or no longer good.',
    poster: 'The link of the poster is cut off. Scan it again, or enter the 14 characters below its QR code.',
    code: 'The link of this code is cut off. Please ask for the code to be opened again.',
  },
}

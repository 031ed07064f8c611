import type { Wording } from './words.types.ts'
import type { zhOtherCodes } from './zh-other-codes.ts'

export const enOtherCodes: Wording<typeof zhOtherCodes> = {
  otherCodes: {
    title: 'Provincial code and travel card',
    provincial: 'Provincial code',
    asOf: 'Provincial data as of {{at}}',
    tooOld: 'The provincial data is too old to count. Tap “Update the provincial code”.',
    waiting: 'The province is being asked. Please look again in a moment.',
    notFound: 'The province has no record of you.',
    identityStale:
      'The province wants your identity renewed. Enter name and document number again; the code follows by itself.',
    away: 'The province does not answer just now. This is what it said before; scans and your code go on.',
    refresh: 'Update the provincial code',
    worst: 'Where the provincial and the city’s code differ, the stricter one counts.',
    name: 'Name',
    number: 'Document number',
    numberHint: 'The document you registered with',
    nameWrong: 'Enter the name as on the document',
    numberWrong: 'This is not the document you registered with',
    update: 'Check and update',
    travel: 'Travel card',
    places: '{{phone}} was here in the last 14 days:',
    noPlaces: 'No places',
    flagged: '(city with a risk area)',
    travelAsOf: 'As of {{at}}',
    consent: 'I agree to this look at my travel card',
    consentHint: 'This once; nothing is kept',
    show: 'Show my travel card',
    notCounted: 'Only you see the travel card. It does not change your colour.',
  },
}

import type { Wording } from '../words.types.ts'
import type { zhSharedStays } from '../zh/shared-stays.ts'

export const enSharedStays: Wording<typeof zhSharedStays> = {
  sharedStays: {
    title: 'Together with a case',
    lead: 'Stays that two people approved and that changed your code: which day and kind of place, never who.',
    consulted: 'Where somebody only looked and no code changed, it stands under “Who looked me up”.',
    open: 'Which day and kind of place',
    nobody: 'No such stay changed your code or that of your family.',
    where: '{{on}} · {{kind}}',
    group: {
      close_contact: 'Close contact',
      co_presence: 'Same place, same time',
      secondary_contact: 'Contact of a contact',
    },
    stands: 'Counts',
    gone: 'Taken away, no longer changes your code',
    object: 'I was not there',
    statement: 'What happened that day',
    statementHint: 'Where you were, and what shows it (at least 4 characters)',
    send: 'Send',
    cancel: 'Cancel',
    sent: 'Sent; an answer comes before {{at}}. The colour stays until then.',
    state: {
      open: 'Being looked into, answer before {{at}}',
      upheld: 'Right: taken away',
      refused: 'Not right: it stays',
    },
    answer: 'Answer: {{answer}}',
  },
}

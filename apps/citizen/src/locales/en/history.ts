import type { Wording } from '../words.types.ts'
import type { zhHistory } from '../zh/history.ts'

/** What happened to my code. */
export const enHistory: Wording<typeof zhHistory> = {
  codeHistory: {
    title: 'What happened to my code',
    lead: 'Every change with its reason and who decided it, and every look-up. Offices are named, people are not.',
    now: 'Now',
    empty: 'Nothing has happened yet. A change of colour or a look-up appears here at once.',
    first: 'First colour',
    same: 'Same colour, other reasons',
    to: 'to',
    green: 'No reason against you',
    proposed: 'Proposed by {{office}} · {{at}}',
    approved: 'Approved by {{office}} · {{at}}',
    ended: 'No longer: {{what}}',
    looked: '{{office}} looked you up',
    lookedOf: '{{office}} looked {{who}} up',
    ownAccount: 'They have an account of their own: only they can read this, on their phone.',
    whose: 'Whose history',
    cause: {
      registration: 'Registered',
      decision: 'Decided by an office, by two people',
      test: 'Updated by test results',
      time: 'Updated because time was up',
      declaration: 'From your own declaration',
      area: 'The list of risk areas changed',
      provincial: 'From the provincial code',
      ruleset: 'The rules changed',
      identity: 'Who you are was confirmed, joined or corrected',
      other: 'Data was updated',
    },
  },
}

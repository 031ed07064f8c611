import type { Translation } from '../translation.ts'
import type { heldPushes as words } from '../zh/held-pushes.ts'

export const heldPushes: Translation<typeof words> = {
  menu: 'Held pushes',
  title: 'Held pushes',
  lead: 'What a partner pushed and would turn many people red or yellow waits here for headquarters. Until then their colours stay as they are and do not get better; negatives count at once. Unanswered after 30 minutes it alarms again.',
  heldAt: 'Received',
  partner: 'Partner',
  effect: 'If released',
  state: 'State',
  all: 'All',
  empty: 'No pushes wait',
  emptyHint: 'Pushes beyond the limits appear here, with an alarm',
  batch: 'Batch {{batch}}, {{count}} rows',
  people: '{{count}} people',
  unregistered: '{{count}} not registered',
  more: '{{count}} more',
  kinds: { test_results: 'Test results', provincial_codes: 'Provincial codes' },
  limits: {
    batch: 'Beyond the limit of a batch',
    hour: 'Beyond the limit of an hour',
    day: 'Beyond the limit of 24 hours',
  },
  states: { held: 'Waiting', released: 'Released', refused: 'Refused', withdrawn: 'Taken back' },
  results: { positive: 'Positive', negative: 'Corrected to negative', withdraw: 'Withdrawn' },
  testKinds: { single: 'Single', pooled: 'Pooled' },
  verdicts: { release: 'Release', refuse: 'Refuse' },
  asks: { release: 'Release this push of {{partner}}?', refuse: 'Refuse this push of {{partner}}?' },
  reasonHint: 'How it was checked and with whom; goes into the log',
}

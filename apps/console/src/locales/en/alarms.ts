import type { Translation } from '../translation.ts'
import type { alarms as zh } from '../zh/alarms.ts'

export const alarms: Translation<typeof zh> = {
  menu: 'Alarms',
  title: 'Alarms',
  open: '{{count}} alarms not acknowledged',
  none: 'No alarm waits',
  intro:
    'Proposals that are large or unusual. An alarm stays, whatever becomes of the proposal, until headquarters of the city take note.',
  raised: 'Raised',
  what: 'Alarm',
  proposal: 'Proposal',
  persons: '{{count}} people',
  by: 'Proposed by',
  acknowledged: 'Acknowledged',
  acknowledge: 'Acknowledge',
  acknowledgeHint: 'Say what you found; it goes into the audit log',
  byDecision: 'known when deciding',
  waiting: 'not yet',
  empty: 'No alarm matches',
  emptyHint: 'Try another time or kind',
  perDay: 'Alarms by day',
  filters: {
    kind: 'Kind',
    operator: 'Operator',
    division: 'Division',
    from: 'from',
    until: 'to',
    all: 'All',
    acknowledged: { false: 'Not acknowledged', true: 'Acknowledged' },
  },
  kinds: {
    many_persons: 'Many worse at once',
    many_better: 'Many better at once',
    many_by_operator: 'Many by one operator',
    many_by_division: 'Many by one division',
    shared_venue: 'One venue in common',
    shared_workplace: 'One workplace in common',
    category_misfit: 'Category does not fit',
    outside_division: 'People from elsewhere',
  },
}

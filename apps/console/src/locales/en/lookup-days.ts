import type { Translation } from '../translation.ts'
import type { lookupDays as lookupDaysReference } from '../zh/lookup-days.ts'

export const lookupDays: Translation<typeof lookupDaysReference> = {
  menu: 'Look-ups',
  title: 'Look-ups of people',
  lead: 'How many people each operator looked at on each day of the last four weeks, without names. More than usual is an alarm; what is usual follows from the role and the operator’s own four weeks before.',
  operator: 'Operator',
  looked: 'Found and opened',
  missed: 'Not found or refused',
  outside: 'Of elsewhere',
  listed: 'In lists',
  usualUpTo: 'Usual up to',
  worst: 'Highest day',
  worstDay: '{{on}}: {{count}}, usual {{limit}}',
  range: '{{from}} to {{to}}',
  chart: 'Chart',
  none: 'No look-ups in four weeks',
  noneHint: 'They appear here by day',
}

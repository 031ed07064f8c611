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
  norms: 'What is usual for each role',
  normsLead:
    'Below the lowest figure nobody is ever told, above the highest somebody always is; between them counts the operator’s own mean of four weeks, so many times. Two people change it.',
  role: 'Role',
  operators: '{{count}} at work',
  norm: 'Lowest — highest',
  range2: '{{least}} — {{most}} people a day',
  times: 'Times the mean',
  unusualDays: 'More, in four weeks',
  change: 'Propose a change',
  changeLead:
    'Somebody else of headquarters decides, and sees how many days of the last four weeks would be alarms.',
  proposed: 'Proposed; somebody else decides',
  openProposal: 'See the proposal',
  figures: {
    least: 'Lowest (people a day)',
    timesUsual: 'Times the own mean of four weeks',
    most: 'Highest (people a day)',
  },
}

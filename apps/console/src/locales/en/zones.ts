import type { Translation } from '../translation.ts'
import type { zones as words } from '../zh/zones.ts'

export const zones: Translation<typeof words> = {
  menu: 'Zones',
  title: 'Zones and areas',
  intro:
    'Estates, control zones and rated areas of your division that people are still in. Lifting one ends the findings of all of them; another person decides.',
  empty: 'Nobody is in a zone',
  emptyHint: 'Name the estate or area when you propose somebody as inside a control zone or a risk area',
  name: 'Name',
  persons: 'People',
  waiting: 'and {{count}} not registered',
  since: 'Earliest',
  number: 'No. {{zoneId}}',
  areaEnded: 'No longer rated since {{at}}',
  lift: 'Propose lifting',
  liftIntro:
    'Ends the findings of {{count}} people at once, and what is kept for people who have not registered. Colours stay until it is approved; who still needs a test turns green with it.',
  liftedAt: 'Lifted at',
  openProposal: 'Open the proposal',
}

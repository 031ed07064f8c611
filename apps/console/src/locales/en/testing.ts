import type { Translation } from '../translation.ts'
import type {
  heldResults as heldWords,
  laboratory as laboratoryWords,
  testSites as siteWords,
} from '../zh/testing.ts'

export const laboratory: Translation<typeof laboratoryWords> = {
  menu: 'Laboratory',
  title: 'Laboratory',
  lead: 'Receive boxes and tell what was found, tube by tube. There are codes here, and no names.',
  empty: 'No box is on its way or was received within two days',
  box: 'Code of the box',
  counted: 'Tubes counted',
  receive: 'Receive',
  receivedDone: 'Received',
  receivedAt: 'received {{at}}',
  onTheWay: 'sent {{at}}, on its way',
  tubes: '{{count}} tubes',
  results: { negative: 'Negative', positive: 'Positive', unclear: 'Unclear' },
  restNegative: 'Mark the rest negative',
  tell: 'Report {{count}}',
  told: '{{count}} tubes count now, for {{persons}} people; {{held}} wait for a check',
  heldTitle: '{{count}} results wait for a check and do not count yet',
  held: {
    unknown_tube: 'there is no such tube here',
    not_sealed: 'its site has not sealed it',
    count_differs: 'the people in it are not those counted at sealing',
    not_received: 'the laboratory has not received it',
    other_laboratory: 'it went to another laboratory',
    sudden_rate: 'suddenly many positives; headquarters decides',
  },
  verdicts: { apply: 'Checked: let it count', drop: 'Drop' },
}

export const testSites: Translation<typeof siteWords> = {
  menu: 'Testing sites',
  title: 'Testing sites',
  lead: 'The sites of your division. Citizens see what stands here within half a minute; queues are counted by samplers on the spot.',
  empty: 'No testing site yet',
  emptyHint: 'Once added, samplers can start a shift there and citizens find it',
  add: 'Add a site',
  change: 'Change',
  saved: 'Saved',
  name: 'Name',
  division: 'Division',
  address: 'Address',
  weekdays: 'Days',
  weekday: { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' },
  hours: 'Hours',
  opens: 'Opens',
  closes: 'Closes',
  timeHint: 'Like 08:30, at the latest 24:00',
  audience: 'For whom',
  audiences: { everybody: 'Everybody', yellow: 'Yellow code', fever_clinic: 'Fever clinic' },
  price: 'Price (CNY)',
  telephone: 'Telephone',
  latitude: 'Latitude',
  longitude: 'Longitude',
  state: 'State',
  states: { active: 'Open', suspended: 'Suspended', closed: 'Closed' },
  shifts: 'Tables at work',
  today: 'Sampled today',
}

export const heldResults: Translation<typeof heldWords> = {
  menu: 'Results to check',
  empty: 'No result waits for a check',
}

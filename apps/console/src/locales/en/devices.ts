import type { Translation } from '../translation.ts'
import type { devices as reference } from '../zh/devices.ts'

export const devices: Translation<typeof reference> = {
  menu: 'Checkpoint phones',
  title: 'Checkpoint phones',
  lead: 'An enrolled phone checks without anybody signed in. End it at once where it is lost or no longer used; it is dead within a second.',
  searchHint: 'Search phone, venue or point',
  name: 'Phone',
  where: 'Point',
  state: 'State',
  filters: { active: 'Active', ended: 'Ended' },
  states: {
    active: 'Active',
    revoked: 'Ended',
    expired: 'Run out',
    maker_ended: 'Whoever enrolled it has left',
    point_closed: 'Point closed',
    venue_not_active: 'Venue not active',
  },
  until: 'good until {{at}}',
  lastUsed: 'Last used',
  neverUsed: 'not used yet',
  notUsed: 'Not in 28 days',
  registeredBy: 'Enrolled by',
  end: 'End',
  ended: 'Ended; it can check no more',
  endTitle: 'End the phone “{{name}}”',
  endWarn: 'This phone can check no more from now on; somebody has to sign in and enrol it again.',
  empty: 'No enrolled phones',
  emptyHint: 'Phones are enrolled in the settings of the checkpoint',
}

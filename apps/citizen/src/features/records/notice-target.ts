import type { Notice } from '@jiankangbao/contracts/notice/schemas'
import { goTo } from '../../platform/navigate.ts'

type Open = (member: { member?: string }) => void

const targets: Record<string, Open | undefined> = {
  colour_changed: (member) => goTo('code-history', member),
  provincial_identity_stale: (member) => goTo('other-codes', member),
  looked_up: () => goTo('lookups'),
  device_signed_in: () => goTo('devices'),
  sign_in_asked: () => goTo('devices'),
  session_misused: () => goTo('devices'),
  identity_taken_over: () => goTo('take-over'),
  take_over_objected: () => goTo('take-over'),
  take_over_kept: () => goTo('take-over'),
  take_over_returned: () => goTo('take-over'),
  added_as_member: (member) => goTo('holders', member),
  family_request: () => goTo('family'),
  family_agreed: () => goTo('family'),
  companion_confirmation: () => goTo('companion'),
  family_ended: () => goTo('family'),
  entry_received: () => goTo('entry'),
  declaration_due: (member) => goTo('declare', member),
  declaration_checked: () => goTo('declarations'),
  round_told: () => goTo('tests', {}),
  test_due: () => goTo('bookings', {}),
  test_booking_due: () => goTo('bookings', {}),
  test_booking_called_off: () => goTo('bookings', {}),
  appeal_moved: () => goTo('appeals'),
  ticket_moved: () => goTo('tickets', {}),
  shop_moved: () => goTo('shops'),
  data_corrected: () => goTo('tickets', {}),
  correction_refused: () => goTo('tickets', {}),
}

/** The way to what a notice is about; undefined for kinds that this version does not know. */
export const openerOf = ({ kind, details }: Pick<Notice, 'kind' | 'details'>): (() => void) | undefined => {
  const open = targets[kind]
  return open && (() => open(details.memberId === undefined ? {} : { member: details.memberId }))
}

import { citizens, communities } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  submitEntry: operation('POST', '/api/v1/me/entry-registrations', citizens),
  listMyEntries: operation('GET', '/api/v1/me/entry-registrations', citizens),
  getMyEntry: operation('GET', '/api/v1/me/entry-registrations/:entryId', citizens),
  cancelEntry: operation('POST', '/api/v1/me/entry-registrations/:entryId/cancellation', citizens),
  listEntries: operation('GET', '/api/v1/operator/entry-registrations', communities),
  getEntryFigures: operation('GET', '/api/v1/operator/entry-figures', communities),
  getEntry: operation('GET', '/api/v1/operator/entry-registrations/:entryId', communities),
  revealEntryPhone: operation(
    'POST',
    '/api/v1/operator/entry-registrations/:entryId/unmaskings',
    communities,
  ),
  receiveEntry: operation('POST', '/api/v1/operator/entry-registrations/:entryId/receipt', communities),
  closeEntry: operation('POST', '/api/v1/operator/entry-registrations/:entryId/closure', communities),
  noteEntryFollowUp: operation(
    'POST',
    '/api/v1/operator/entry-registrations/:entryId/follow-ups',
    communities,
  ),
  searchEntries: operation('POST', '/api/v1/operator/entry-searches', communities),
  exportEntries: operation('POST', '/api/v1/operator/entry-exports', communities),
  printEntryDaySheet: operation('POST', '/api/v1/operator/entry-day-sheets', communities),
}

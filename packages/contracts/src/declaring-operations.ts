import { type Operation, operation } from './operation.ts'

/** Entry registrations and declarations, of citizens and for the offices. */
export const declaringOperations = {
  listRegions: operation('GET', '/api/v1/regions', 'public'),
  submitEntry: operation('POST', '/api/v1/me/entry-registrations', 'citizen'),
  listMyEntries: operation('GET', '/api/v1/me/entry-registrations', 'citizen'),
  getMyEntry: operation('GET', '/api/v1/me/entry-registrations/:entryId', 'citizen'),
  cancelEntry: operation('POST', '/api/v1/me/entry-registrations/:entryId/cancellation', 'citizen'),
  declareHealth: operation('POST', '/api/v1/me/health-declarations', 'citizen'),
  declareExposure: operation('POST', '/api/v1/me/exposure-declarations', 'citizen'),
  listMyDeclarations: operation('GET', '/api/v1/me/declarations', 'citizen'),
  listEntries: operation('GET', '/api/v1/operator/entry-registrations', 'operator:office|operator:hq'),
  getEntryFigures: operation('GET', '/api/v1/operator/entry-figures', 'operator:office|operator:hq'),
  getEntry: operation('GET', '/api/v1/operator/entry-registrations/:entryId', 'operator:office|operator:hq'),
  revealEntryPhone: operation(
    'POST',
    '/api/v1/operator/entry-registrations/:entryId/unmaskings',
    'operator:office|operator:hq',
  ),
  receiveEntry: operation(
    'POST',
    '/api/v1/operator/entry-registrations/:entryId/receipt',
    'operator:office|operator:hq',
  ),
  closeEntry: operation(
    'POST',
    '/api/v1/operator/entry-registrations/:entryId/closure',
    'operator:office|operator:hq',
  ),
  noteEntryFollowUp: operation(
    'POST',
    '/api/v1/operator/entry-registrations/:entryId/follow-ups',
    'operator:office|operator:hq',
  ),
  searchEntries: operation('POST', '/api/v1/operator/entry-searches', 'operator:office|operator:hq'),
  exportEntries: operation('POST', '/api/v1/operator/entry-exports', 'operator:office|operator:hq'),
  printEntryDaySheet: operation('POST', '/api/v1/operator/entry-day-sheets', 'operator:office|operator:hq'),
  getDeclarationProof: operation(
    'GET',
    '/api/v1/operator/declarations/:declarationId/proof',
    'operator:office|operator:hq|operator:auditor',
  ),
  listMatters: operation('GET', '/api/v1/operator/declaration-matters', 'operator:office|operator:hq'),
  decideMatter: operation(
    'POST',
    '/api/v1/operator/declaration-matters/:matterId/decision',
    'operator:office|operator:hq',
  ),
} as const satisfies Record<string, Operation>

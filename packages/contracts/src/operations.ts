import { declaringOperations } from './declaring-operations.ts'
import { type Operation, operation } from './operation.ts'

/** The public interface by name. Schemas of the same names are in `schemas/all.ts`. */
export const operations = {
  // sign-in and sessions
  requestSmsCode: operation('POST', '/api/v1/sms-codes', 'public'),
  createSession: operation('POST', '/api/v1/sessions', 'public'),
  refreshSession: operation('POST', '/api/v1/sessions/refresh', 'public'),
  endSession: operation('DELETE', '/api/v1/sessions/current', 'citizen'),
  listSessions: operation('GET', '/api/v1/sessions', 'citizen'),
  revokeSession: operation('DELETE', '/api/v1/sessions/:sessionId', 'citizen'),
  // identity
  createFaceCheck: operation('POST', '/api/v1/face-checks', 'citizen'),
  register: operation('POST', '/api/v1/me/registration', 'citizen'),
  getMe: operation('GET', '/api/v1/me', 'citizen'),
  getPass: operation('GET', '/api/v1/me/pass', 'citizen'),
  listMyNotices: operation('GET', '/api/v1/me/notices', 'citizen'),
  readNotices: operation('POST', '/api/v1/me/notices/reading', 'citizen'),
  getColourTexts: operation('GET', '/api/v1/me/colour-texts', 'citizen'),
  setColourTexts: operation('PUT', '/api/v1/me/colour-texts', 'citizen'),
  listMyVisits: operation('GET', '/api/v1/me/visits', 'citizen'),
  listMyLookups: operation('GET', '/api/v1/me/lookups', 'citizen'),
  // family
  listMembers: operation('GET', '/api/v1/me/members', 'citizen'),
  addMember: operation('POST', '/api/v1/me/members', 'citizen'),
  removeMember: operation('DELETE', '/api/v1/me/members/:memberId', 'citizen'),
  issuePaperCode: operation('POST', '/api/v1/me/paper-codes', 'citizen'),
  reportPaperCodeLost: operation('POST', '/api/v1/me/paper-codes/lost', 'citizen'),
  // doors
  previewVenueCode: operation('GET', '/api/v1/venue-codes/:venueCode', 'public'),
  recordVisit: operation('POST', '/api/v1/visits', 'citizen'),
  locateVisit: operation('PUT', '/api/v1/visits/:scanId/position', 'citizen'),
  withdrawVisit: operation('POST', '/api/v1/me/visits/:visitId/withdrawal', 'citizen'),
  recordCheck: operation(
    'POST',
    '/api/v1/checks',
    'device|operator:checker|operator:venue_manager|operator:office|operator:hq',
  ),
  listCheckPoints: operation(
    'GET',
    '/api/v1/check-points',
    'operator:checker|operator:venue_manager|operator:office|operator:hq',
  ),
  registerDevice: operation(
    'POST',
    '/api/v1/devices',
    'operator:checker|operator:venue_manager|operator:office|operator:hq',
  ),
  listDevices: operation(
    'GET',
    '/api/v1/operator/devices',
    'operator:checker|operator:venue_manager|operator:office|operator:hq',
  ),
  revokeDevice: operation(
    'POST',
    '/api/v1/operator/devices/:deviceId/revocation',
    'operator:checker|operator:venue_manager|operator:office|operator:hq',
  ),
  endOwnDevice: operation('DELETE', '/api/v1/devices/current', 'device'),
  listVerificationKeys: operation('GET', '/api/v1/verification-keys', 'public'),
  getClientConfig: operation('GET', '/api/v1/client-config', 'public'),
  // console: own session
  operatorSignIn: operation('POST', '/api/v1/operator/sessions', 'public'),
  openActivation: operation('POST', '/api/v1/operator-activations/opening', 'public'),
  completeActivation: operation('POST', '/api/v1/operator-activations', 'public'),
  operatorSignOut: operation('DELETE', '/api/v1/operator/sessions/current', 'operator'),
  getOperatorMe: operation('GET', '/api/v1/operator/me', 'operator'),
  changeOwnPassword: operation('POST', '/api/v1/operator/me/password', 'operator'),
  // console: venues
  listVenues: operation(
    'GET',
    '/api/v1/operator/venues',
    'operator:venue_manager|operator:office|operator:hq|operator:hotline',
  ),
  getVenue: operation(
    'GET',
    '/api/v1/operator/venues/:venueId',
    'operator:venue_manager|operator:office|operator:hq|operator:hotline',
  ),
  applyVenue: operation(
    'POST',
    '/api/v1/operator/venues',
    'operator:venue_manager|operator:office|operator:hq',
  ),
  changeVenue: operation(
    'PATCH',
    '/api/v1/operator/venues/:venueId',
    'operator:venue_manager|operator:office|operator:hq',
  ),
  reviewVenue: operation('POST', '/api/v1/operator/venues/:venueId/review', 'operator:office|operator:hq'),
  suspendVenue: operation(
    'POST',
    '/api/v1/operator/venues/:venueId/suspension',
    'operator:office|operator:hq',
  ),
  resumeVenue: operation(
    'DELETE',
    '/api/v1/operator/venues/:venueId/suspension',
    'operator:office|operator:hq',
  ),
  closeVenue: operation(
    'POST',
    '/api/v1/operator/venues/:venueId/closure',
    'operator:venue_manager|operator:office|operator:hq',
  ),
  addPoint: operation(
    'POST',
    '/api/v1/operator/venues/:venueId/points',
    'operator:venue_manager|operator:office|operator:hq',
  ),
  rotatePointCode: operation(
    'POST',
    '/api/v1/operator/points/:pointId/rotation',
    'operator:venue_manager|operator:office|operator:hq',
  ),
  closePoint: operation(
    'POST',
    '/api/v1/operator/points/:pointId/closure',
    'operator:venue_manager|operator:office|operator:hq',
  ),
  getVenueFigures: operation(
    'GET',
    '/api/v1/operator/venues/:venueId/figures',
    'operator:venue_manager|operator:office|operator:hq',
  ),
  // console: people and findings
  searchPerson: operation(
    'POST',
    '/api/v1/operator/person-searches',
    'operator:hq|operator:office|operator:hotline|operator:epidemiologist',
  ),
  getPerson: operation(
    'GET',
    '/api/v1/operator/persons/:personId',
    'operator:hq|operator:office|operator:hotline|operator:epidemiologist',
  ),
  unmaskPerson: operation(
    'POST',
    '/api/v1/operator/persons/:personId/unmaskings',
    'operator:hq|operator:office|operator:epidemiologist',
  ),
  grantPaperCode: operation(
    'POST',
    '/api/v1/operator/persons/:personId/paper-code-grants',
    'operator:hq|operator:office',
  ),
  listFindingCategories: operation('GET', '/api/v1/operator/finding-categories', 'operator'),
  proposeFinding: operation(
    'POST',
    '/api/v1/operator/finding-proposals',
    'operator:hq|operator:office|operator:epidemiologist',
  ),
  proposeFindingEnd: operation(
    'POST',
    '/api/v1/operator/findings/:findingId/end-proposals',
    'operator:hq|operator:office|operator:epidemiologist',
  ),
  listZones: operation(
    'GET',
    '/api/v1/operator/zones',
    'operator:hq|operator:office|operator:epidemiologist',
  ),
  proposeZoneLift: operation(
    'POST',
    '/api/v1/operator/zones/:zoneId/lift-proposals',
    'operator:hq|operator:office|operator:epidemiologist',
  ),
  // console: lists of offices
  createImport: operation('POST', '/api/v1/operator/imports', 'operator:hq|operator:office|operator:lab'),
  putImportPart: operation(
    'PUT',
    '/api/v1/operator/imports/:importId/parts/:part',
    'operator:hq|operator:office|operator:lab',
  ),
  completeImportUpload: operation(
    'POST',
    '/api/v1/operator/imports/:importId/completion',
    'operator:hq|operator:office|operator:lab',
  ),
  listImports: operation('GET', '/api/v1/operator/imports', 'operator:hq|operator:office|operator:lab'),
  getImport: operation(
    'GET',
    '/api/v1/operator/imports/:importId',
    'operator:hq|operator:office|operator:lab',
  ),
  listImportErrors: operation(
    'GET',
    '/api/v1/operator/imports/:importId/errors',
    'operator:hq|operator:office|operator:lab',
  ),
  exportImportErrors: operation(
    'POST',
    '/api/v1/operator/imports/:importId/error-exports',
    'operator:hq|operator:office|operator:lab',
  ),
  cancelImport: operation(
    'POST',
    '/api/v1/operator/imports/:importId/cancellation',
    'operator:hq|operator:office|operator:lab',
  ),
  listImportSample: operation(
    'GET',
    '/api/v1/operator/imports/:importId/sample',
    'operator:hq|operator:office',
  ),
  recountImport: operation(
    'POST',
    '/api/v1/operator/imports/:importId/recount',
    'operator:hq|operator:office',
  ),
  proposeImport: operation(
    'POST',
    '/api/v1/operator/imports/:importId/proposal',
    'operator:hq|operator:office|operator:lab',
  ),
  proposeImportUndo: operation(
    'POST',
    '/api/v1/operator/imports/:importId/undo-proposal',
    'operator:hq|operator:office',
  ),
  exportImportTemplate: operation(
    'GET',
    '/api/v1/operator/import-templates/:kind',
    'operator:hq|operator:office|operator:lab',
  ),
  listLaboratories: operation(
    'GET',
    '/api/v1/operator/laboratories',
    'operator:hq|operator:office|operator:lab',
  ),
  // rules
  listRulesets: operation('GET', '/api/v1/operator/rulesets', 'operator:hq|operator:office|operator:auditor'),
  getRuleset: operation(
    'GET',
    '/api/v1/operator/rulesets/:rulesetId',
    'operator:hq|operator:office|operator:auditor',
  ),
  proposeRulesetCallOff: operation(
    'POST',
    '/api/v1/operator/rulesets/:rulesetId/call-off-proposals',
    'operator:hq|operator:office',
  ),
  checkRuleset: operation('POST', '/api/v1/operator/ruleset-checks', 'operator:hq|operator:office'),
  createRulesetDraft: operation('POST', '/api/v1/operator/ruleset-drafts', 'operator:hq|operator:office'),
  listRulesetDrafts: operation(
    'GET',
    '/api/v1/operator/ruleset-drafts',
    'operator:hq|operator:office|operator:auditor',
  ),
  getRulesetDraft: operation(
    'GET',
    '/api/v1/operator/ruleset-drafts/:draftId',
    'operator:hq|operator:office|operator:auditor',
  ),
  cancelRulesetDraft: operation(
    'POST',
    '/api/v1/operator/ruleset-drafts/:draftId/cancellation',
    'operator:hq|operator:office',
  ),
  startRulesetDryRun: operation(
    'POST',
    '/api/v1/operator/ruleset-drafts/:draftId/dry-run',
    'operator:hq|operator:office',
  ),
  cancelRulesetDryRun: operation(
    'POST',
    '/api/v1/operator/ruleset-drafts/:draftId/dry-run/cancellation',
    'operator:hq|operator:office',
  ),
  proposeRuleset: operation(
    'POST',
    '/api/v1/operator/ruleset-drafts/:draftId/proposal',
    'operator:hq|operator:office',
  ),
  listProposals: operation(
    'GET',
    '/api/v1/operator/proposals',
    'operator:hq|operator:office|operator:epidemiologist|operator:auditor',
  ),
  getProposal: operation(
    'GET',
    '/api/v1/operator/proposals/:proposalId',
    'operator:hq|operator:office|operator:epidemiologist|operator:auditor',
  ),
  decideProposal: operation(
    'POST',
    '/api/v1/operator/proposals/:proposalId/decision',
    'operator:hq|operator:office',
  ),
  withdrawProposal: operation(
    'POST',
    '/api/v1/operator/proposals/:proposalId/withdrawal',
    'operator:hq|operator:office|operator:epidemiologist|operator:lab',
  ),
  listAlarms: operation('GET', '/api/v1/operator/alarms', 'operator:hq|operator:auditor'),
  getAlarmFigures: operation('GET', '/api/v1/operator/alarm-figures', 'operator:hq|operator:auditor'),
  acknowledgeAlarm: operation('POST', '/api/v1/operator/alarms/:proposalId/acknowledgement', 'operator:hq'),
  // console: operators and audit
  listOperators: operation('GET', '/api/v1/operator/operators', 'operator:sysadmin'),
  createOperator: operation('POST', '/api/v1/operator/operators', 'operator:sysadmin'),
  changeOperator: operation('PATCH', '/api/v1/operator/operators/:operatorId', 'operator:sysadmin'),
  resetOperator: operation('POST', '/api/v1/operator/operators/:operatorId/reset', 'operator:sysadmin'),
  listDivisions: operation('GET', '/api/v1/divisions', 'public'),
  listAuditEntries: operation('GET', '/api/v1/operator/audit-entries', 'operator:auditor'),
  searchAuditPerson: operation('POST', '/api/v1/operator/audit-person-searches', 'operator:auditor'),
  exportAuditEntries: operation('POST', '/api/v1/operator/audit-exports', 'operator:auditor'),
  getAuditStatus: operation('GET', '/api/v1/operator/audit-status', 'operator:auditor'),
  verifyAuditLog: operation('POST', '/api/v1/operator/audit-verifications', 'operator:auditor'),
  listAuditKeys: operation('GET', '/api/v1/audit-keys', 'public'),
  getAuditHead: operation('GET', '/api/v1/audit-head', 'public'),
  listMyCodeEvents: operation('GET', '/api/v1/me/code-events', 'citizen'),
  // appeals
  submitAppeal: operation('POST', '/api/v1/me/appeals', 'citizen'),
  listMyAppeals: operation('GET', '/api/v1/me/appeals', 'citizen'),
  withdrawAppeal: operation('POST', '/api/v1/me/appeals/:appealId/withdrawal', 'citizen'),
  listAppeals: operation(
    'GET',
    '/api/v1/operator/appeals',
    'operator:hq|operator:office|operator:epidemiologist|operator:hotline',
  ),
  getAppeal: operation(
    'GET',
    '/api/v1/operator/appeals/:appealId',
    'operator:hq|operator:office|operator:epidemiologist|operator:hotline',
  ),
  getAppealPicture: operation(
    'GET',
    '/api/v1/operator/appeals/:appealId/pictures/:number',
    'operator:hq|operator:office|operator:epidemiologist|operator:hotline',
  ),
  revealAppealPhone: operation(
    'POST',
    '/api/v1/operator/appeals/:appealId/unmaskings',
    'operator:hq|operator:office|operator:epidemiologist|operator:hotline',
  ),
  takeAppeal: operation(
    'POST',
    '/api/v1/operator/appeals/:appealId/taking',
    'operator:hq|operator:office|operator:epidemiologist|operator:hotline',
  ),
  handOverAppeal: operation(
    'POST',
    '/api/v1/operator/appeals/:appealId/hand-over',
    'operator:hq|operator:office|operator:epidemiologist|operator:hotline',
  ),
  escalateAppeal: operation(
    'POST',
    '/api/v1/operator/appeals/:appealId/escalation',
    'operator:hq|operator:office|operator:epidemiologist|operator:hotline',
  ),
  answerAppeal: operation(
    'POST',
    '/api/v1/operator/appeals/:appealId/answer',
    'operator:hq|operator:office|operator:epidemiologist',
  ),
  proposeAppeal: operation(
    'POST',
    '/api/v1/operator/appeals/:appealId/proposal',
    'operator:hq|operator:office|operator:epidemiologist',
  ),
  ...declaringOperations,
  // outside data
  getProvincialCode: operation('GET', '/api/v1/me/provincial-code', 'citizen'),
  refreshProvincialCode: operation('POST', '/api/v1/me/provincial-code/refresh', 'citizen'),
  updateIdentity: operation('POST', '/api/v1/me/identity-updates', 'citizen'),
  showTravelCard: operation('POST', '/api/v1/me/travel-card', 'citizen'),
  listStaleIdentities: operation('GET', '/api/v1/me/stale-identities', 'citizen'),
  listRiskAreas: operation('GET', '/api/v1/risk-areas', 'public'),
  listRiskAreaFeeds: operation(
    'GET',
    '/api/v1/operator/risk-area-feeds',
    'operator:hq|operator:office|operator:sysadmin',
  ),
  decideRiskAreaFeed: operation('POST', '/api/v1/operator/risk-area-feeds/:version/decision', 'operator:hq'),
  listHeldRiskAreas: operation(
    'GET',
    '/api/v1/operator/held-risk-areas',
    'operator:hq|operator:office|operator:sysadmin',
  ),
  placeRiskArea: operation('POST', '/api/v1/operator/held-risk-areas/:areaId/place', 'operator:hq'),
  getUpstreamStatus: operation('GET', '/api/v1/operator/upstream', 'operator:hq|operator:sysadmin'),
  pushTestResults: operation('POST', '/api/v1/partner/test-results', 'partner:laboratory'),
  pushProvincialCodes: operation('POST', '/api/v1/partner/provincial-codes', 'partner:province'),
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations

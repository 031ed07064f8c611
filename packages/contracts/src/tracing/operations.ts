import { citizens, tracers, tracingAnswerers } from '../access.ts'
import { operation } from '../operation.ts'

const CASE = '/api/v1/operator/cases/:caseId'

export const operations = {
  openCase: operation('POST', '/api/v1/operator/cases', tracers),
  listCases: operation('GET', '/api/v1/operator/cases', tracers),
  getCase: operation('GET', CASE, tracers),
  changeCase: operation('POST', `${CASE}/changes`, tracers),
  endCase: operation('POST', `${CASE}/end`, tracers),
  addCaseReader: operation('POST', `${CASE}/readers`, tracers),
  adjustCaseStay: operation('POST', `${CASE}/stays/:stayId/changes`, tracers),
  addCasePaperPeople: operation('POST', `${CASE}/paper-people`, tracers),
  countCaseContacts: operation('POST', `${CASE}/contact-counts`, tracers),
  listCaseContacts: operation('GET', `${CASE}/contacts`, tracers),
  listCaseSources: operation('GET', '/api/v1/operator/case-sources', tracers),
  getCaseChain: operation('GET', '/api/v1/operator/case-chain', tracers),
  proposeExposures: operation('POST', `${CASE}/proposals`, tracers),
  proposeExposureUndo: operation('POST', `${CASE}/undo-proposals`, tracers),
  listExposureObjections: operation('GET', '/api/v1/operator/exposure-objections', tracingAnswerers),
  answerExposureObjection: operation(
    'POST',
    '/api/v1/operator/exposure-objections/:exposureId/answer',
    tracingAnswerers,
  ),
  listMyExposures: operation('GET', '/api/v1/me/exposures', citizens),
  objectToExposure: operation('POST', '/api/v1/me/exposures/:exposureId/objections', citizens),
}

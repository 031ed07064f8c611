import { appealHandlers, caseWorkers, citizens } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  submitAppeal: operation('POST', '/api/v1/me/appeals', citizens),
  listMyAppeals: operation('GET', '/api/v1/me/appeals', citizens),
  withdrawAppeal: operation('POST', '/api/v1/me/appeals/:appealId/withdrawal', citizens),
  listAppeals: operation('GET', '/api/v1/operator/appeals', appealHandlers),
  getAppeal: operation('GET', '/api/v1/operator/appeals/:appealId', appealHandlers),
  getAppealPicture: operation('GET', '/api/v1/operator/appeals/:appealId/pictures/:number', appealHandlers),
  revealAppealPhone: operation('POST', '/api/v1/operator/appeals/:appealId/unmaskings', appealHandlers),
  takeAppeal: operation('POST', '/api/v1/operator/appeals/:appealId/taking', appealHandlers),
  handOverAppeal: operation('POST', '/api/v1/operator/appeals/:appealId/hand-over', appealHandlers),
  escalateAppeal: operation('POST', '/api/v1/operator/appeals/:appealId/escalation', appealHandlers),
  answerAppeal: operation('POST', '/api/v1/operator/appeals/:appealId/answer', caseWorkers),
  proposeAppeal: operation('POST', '/api/v1/operator/appeals/:appealId/proposal', caseWorkers),
}

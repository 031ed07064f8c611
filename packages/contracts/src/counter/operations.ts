import { communities } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listCounterActs: operation('GET', '/api/v1/operator/counter-acts', communities),
  proposeCounterAct: operation('POST', '/api/v1/operator/counter-acts', communities),
  openCounterAct: operation('POST', '/api/v1/operator/counter-acts/:actId/openings', communities),
  decideCounterAct: operation('POST', '/api/v1/operator/counter-acts/:actId/decision', communities),
  withdrawCounterAct: operation('POST', '/api/v1/operator/counter-acts/:actId/withdrawal', communities),
  printCounterPaperCode: operation('POST', '/api/v1/operator/counter-acts/:actId/paper-codes', communities),
}

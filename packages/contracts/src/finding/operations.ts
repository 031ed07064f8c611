import { caseWorkers, operators } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listFindingCategories: operation('GET', '/api/v1/operator/finding-categories', operators),
  proposeFinding: operation('POST', '/api/v1/operator/finding-proposals', caseWorkers),
  proposeFindingEnd: operation('POST', '/api/v1/operator/findings/:findingId/end-proposals', caseWorkers),
}

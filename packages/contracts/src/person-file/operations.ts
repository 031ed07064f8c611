import { authorities, caseWorkers, personReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  searchPerson: operation('POST', '/api/v1/operator/person-searches', personReaders),
  getPerson: operation('GET', '/api/v1/operator/persons/:personId', personReaders),
  unmaskPerson: operation('POST', '/api/v1/operator/persons/:personId/unmaskings', caseWorkers),
  grantPaperCode: operation('POST', '/api/v1/operator/persons/:personId/paper-code-grants', authorities),
}

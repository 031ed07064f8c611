import { citizens, communities } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listRequiredTests: operation('GET', '/api/v1/operator/required-tests', communities),
  getRequiredTestFigures: operation('GET', '/api/v1/operator/required-test-figures', communities),
  proposeOverdueTests: operation('POST', '/api/v1/operator/overdue-test-proposals', communities),
  exemptFromRequiredTest: operation(
    'POST',
    '/api/v1/operator/required-tests/:requiredTestId/exemption',
    communities,
  ),
  listOwnRequiredTests: operation('GET', '/api/v1/me/required-tests', citizens),
}

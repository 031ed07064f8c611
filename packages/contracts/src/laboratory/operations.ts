import { laboratories } from '../access.ts'
import { operation } from '../operation.ts'

/** Test results from laboratories. */
export const operations = {
  pushTestResults: operation('POST', '/api/v1/partner/test-results', laboratories),
}

import { laboratories } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  pushTestResults: operation('POST', '/api/v1/partner/test-results', laboratories),
}

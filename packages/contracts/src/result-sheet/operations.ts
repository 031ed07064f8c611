import { citizens, everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  issueResultSheet: operation('POST', '/api/v1/me/result-sheets', citizens),
  verifyResultSheet: operation('POST', '/api/v1/result-sheets/verifications', everybody),
}

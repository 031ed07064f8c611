import { citizens, everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getPass: operation('GET', '/api/v1/me/pass', citizens),
  issuePaperCode: operation('POST', '/api/v1/me/paper-codes', citizens),
  reportPaperCodeLost: operation('POST', '/api/v1/me/paper-codes/lost', citizens),
  listVerificationKeys: operation('GET', '/api/v1/verification-keys', everybody),
}

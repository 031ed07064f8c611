import { siteKeepers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listCallbacks: operation('GET', '/api/v1/operator/callbacks', siteKeepers),
  revealCallbackPhone: operation('POST', '/api/v1/operator/callbacks/:testId/phone', siteKeepers),
  recordCallback: operation('POST', '/api/v1/operator/callbacks/:testId/calls', siteKeepers),
}

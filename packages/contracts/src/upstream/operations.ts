import { everybody, upstreamReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getUpstreamStatus: operation('GET', '/api/v1/operator/upstream', upstreamReaders),
  /** Providers of texts say what became of them: whoever knows the key that stands in the address. */
  takeSmsReceipts: operation('POST', '/api/v1/receipts/sms/:gateway', everybody),
}

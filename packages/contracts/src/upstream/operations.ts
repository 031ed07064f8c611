import { upstreamReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getUpstreamStatus: operation('GET', '/api/v1/operator/upstream', upstreamReaders),
}

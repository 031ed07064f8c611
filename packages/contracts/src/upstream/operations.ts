import { upstreamReaders } from '../access.ts'
import { operation } from '../operation.ts'

/** How the providers outside are doing. */
export const operations = {
  getUpstreamStatus: operation('GET', '/api/v1/operator/upstream', upstreamReaders),
}

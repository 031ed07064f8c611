import { boardReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getBoard: operation('GET', '/api/v1/operator/board', boardReaders),
}

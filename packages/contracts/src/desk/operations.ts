import { operators } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getDesk: operation('GET', '/api/v1/operator/desk', operators),
}

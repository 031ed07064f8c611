import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listMyTests: operation('GET', '/api/v1/me/tests', citizens),
}

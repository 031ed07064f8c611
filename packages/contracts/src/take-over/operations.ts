import { citizens, communities } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getTakeOver: operation('GET', '/api/v1/me/take-over', citizens),
  objectToTakeOver: operation('POST', '/api/v1/me/take-over/objection', citizens),
  listTakeOvers: operation('GET', '/api/v1/operator/take-overs', communities),
  openTakeOver: operation('GET', '/api/v1/operator/take-overs/:takeOverId', communities),
  decideTakeOver: operation('POST', '/api/v1/operator/take-overs/:takeOverId/decision', communities),
}

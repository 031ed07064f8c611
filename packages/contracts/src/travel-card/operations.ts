import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  showTravelCard: operation('POST', '/api/v1/me/travel-card', citizens),
}

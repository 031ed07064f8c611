import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

/** The national travel card, asked for with consent. */
export const operations = {
  showTravelCard: operation('POST', '/api/v1/me/travel-card', citizens),
}

import { alarmReaders, headquarters } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listHeldPushes: operation('GET', '/api/v1/operator/held-pushes', alarmReaders),
  decideHeldPush: operation('POST', '/api/v1/operator/held-pushes/:heldPushId/decision', headquarters),
}

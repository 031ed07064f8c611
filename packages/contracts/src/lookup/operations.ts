import { alarmReaders, headquarters } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listLookupDays: operation('GET', '/api/v1/operator/lookup-days', alarmReaders),
  listLookupNorms: operation('GET', '/api/v1/operator/lookup-norms', alarmReaders),
  proposeLookupNorm: operation('POST', '/api/v1/operator/lookup-norms/:role/proposals', headquarters),
}

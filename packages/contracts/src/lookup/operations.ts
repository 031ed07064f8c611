import { alarmReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listLookupDays: operation('GET', '/api/v1/operator/lookup-days', alarmReaders),
}

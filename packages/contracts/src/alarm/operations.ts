import { alarmReaders, headquarters } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listAlarms: operation('GET', '/api/v1/operator/alarms', alarmReaders),
  getAlarmFigures: operation('GET', '/api/v1/operator/alarm-figures', alarmReaders),
  acknowledgeAlarm: operation('POST', '/api/v1/operator/alarms/:proposalId/acknowledgement', headquarters),
}

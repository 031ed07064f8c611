import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** How many alarms nobody has taken note of; read again every half minute, on every page. */
export const openAlarmsQuery = queryOptions({
  queryKey: ['alarms', 'open'],
  queryFn: () => call('getAlarmFigures', { query: { acknowledged: 'false' } }),
  refetchInterval: 30_000,
})

import type { AlarmFigures } from '@jiankangbao/contracts/alarm/schemas'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { BarChart } from '../../ui/bar-chart.tsx'

/** Alarms by day, as filtered. */
export default function AlarmChart({ days }: { days: AlarmFigures['days'] }) {
  const { t } = useTranslation()
  const option = useMemo(
    () => ({
      aria: { enabled: true },
      grid: { left: 36, right: 12, top: 12, bottom: 28 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: days.map(({ on }) => on.slice(5)) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        {
          type: 'bar',
          barMaxWidth: 28,
          name: t('alarms.perDay'),
          data: days.map(({ alarms }) => alarms),
          itemStyle: { color: '#b91c1c' },
        },
      ],
    }),
    [days, t],
  )
  return <BarChart option={option} height={160} testId="alarm-chart" />
}

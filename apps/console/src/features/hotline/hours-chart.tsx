import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { BarChart } from '../../ui/bar-chart.tsx'

/** Calls by hour of the city, from the first one on. */
export default function HoursChart({ hours }: { hours: HotlineDesk['day']['hours'] }) {
  const { t } = useTranslation()
  const option = useMemo(() => {
    const [first, last] = [hours[0]?.hour ?? 0, hours.at(-1)?.hour ?? 0]
    const shown = Array.from({ length: last - first + 1 }, (_, at) => first + at)
    return {
      aria: { enabled: true },
      grid: { left: 32, right: 8, top: 8, bottom: 24 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: shown.map((hour) => `${hour}:00`) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        {
          ...{ type: 'bar', barMaxWidth: 24, name: t('hotline.calls') },
          data: shown.map((hour) => hours.find((each) => each.hour === hour)?.calls ?? 0),
          itemStyle: { color: '#1d4ed8' },
        },
      ],
    }
  }, [hours, t])
  return <BarChart option={option} height={120} testId="hours-chart" />
}

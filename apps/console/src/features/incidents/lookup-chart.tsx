import type { LookupDay } from '@jiankangbao/contracts/lookup/schemas'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { BarChart } from '../../ui/bar-chart.tsx'

/** The days of one operator: found and missed stacked, and what is usual as a step beside them. */
export default function LookupChart({ days }: { days: readonly LookupDay[] }) {
  const { t } = useTranslation()
  const option = useMemo(() => {
    const bar = { type: 'bar' as const, barMaxWidth: 22, stack: 'day' }
    return {
      aria: { enabled: true },
      grid: { left: 44, right: 12, top: 36, bottom: 28 },
      legend: { top: 0 },
      tooltip: { trigger: 'axis' as const },
      xAxis: { type: 'category' as const, data: days.map(({ on }) => on.slice(5)) },
      yAxis: { type: 'value' as const, minInterval: 1 },
      series: [
        {
          ...bar,
          name: t('lookupDays.looked'),
          data: days.map(({ looked }) => looked),
          itemStyle: { color: '#0b3d91' },
        },
        {
          ...bar,
          name: t('lookupDays.missed'),
          data: days.map(({ missed }) => missed),
          itemStyle: { color: '#b45309' },
        },
        {
          type: 'bar' as const,
          barMaxWidth: 6,
          name: t('lookupDays.usualUpTo'),
          data: days.map(({ usualUpTo }) => usualUpTo),
          itemStyle: { color: '#cbd5e1' },
        },
      ],
    }
  }, [days, t])
  return <BarChart option={option} height={220} testId="lookup-chart" />
}

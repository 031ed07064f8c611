import type { AlarmFigures } from '@jiankangbao/contracts/schemas/alarm'
import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

use([BarChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer])

/** Alarms by day, as filtered. */
export default function AlarmChart({ days }: { days: AlarmFigures['days'] }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!box.current) return
    const chart = init(box.current)
    chart.setOption({
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
    })
    const resize = new ResizeObserver(() => chart.resize())
    resize.observe(box.current)
    return () => {
      resize.disconnect()
      chart.dispose()
    }
  }, [days, t])
  return <div ref={box} style={{ width: '100%', height: 160 }} data-testid="alarm-chart" />
}

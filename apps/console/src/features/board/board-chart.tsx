import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, CanvasRenderer])

interface BoardChartProps {
  option: EChartsCoreOption
  /** What it shows, for whoever hears it. */
  label: string
  testId: string
}

/** A chart that fills its box and keeps its place when its numbers change: it hangs for weeks. */
export const BoardChart = ({ option, label, testId }: BoardChartProps) => {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof init>>(undefined)
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current)
    chart.current = made
    const resize = new ResizeObserver(() => made.resize())
    resize.observe(box.current)
    return () => {
      resize.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption(option)
  }, [option])
  return <div ref={box} className="board-chart" role="img" aria-label={label} data-testid={testId} />
}

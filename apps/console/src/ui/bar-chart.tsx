import { BarChart as Bars } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([Bars, GridComponent, TooltipComponent, LegendComponent, AriaComponent, CanvasRenderer])

interface BarChartProps {
  /** Kept by the caller between renders: another object is another chart. */
  option: EChartsCoreOption
  height: number
  testId?: string
}

/** Bars as wide as there is room. Belongs to pages that are loaded when they are opened: the library is large. */
export const BarChart = ({ option, height, testId }: BarChartProps) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!box.current) return
    const chart = init(box.current)
    chart.setOption(option)
    const resize = new ResizeObserver(() => chart.resize())
    resize.observe(box.current)
    return () => {
      resize.disconnect()
      chart.dispose()
    }
  }, [option])
  return <div ref={box} style={{ width: '100%', height }} data-testid={testId} />
}

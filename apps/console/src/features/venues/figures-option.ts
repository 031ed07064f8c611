import type { VenueFigures } from '@jiankangbao/contracts/venue/schemas'
import type { TFunction } from 'i18next'

export type View = 'hours' | 'days'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** Bars for the chart library: every hour of the day also where nothing happened, or the last days. */
export const toChartOption = (figures: VenueFigures, view: View, t: TFunction) => {
  const hours = HOURS.map((hour) => figures.hours.find((entry) => entry.hour === hour))
  const labels = view === 'hours' ? HOURS.map((hour) => `${hour}`) : figures.days.map(({ on }) => on.slice(5))
  const visits =
    view === 'hours' ? hours.map((entry) => entry?.visits ?? 0) : figures.days.map((day) => day.visits)
  const bar = { type: 'bar' as const, barMaxWidth: 28 }
  return {
    aria: { enabled: true },
    grid: { left: 44, right: 12, top: 36, bottom: 28 },
    tooltip: { trigger: 'axis' as const },
    legend: { top: 0 },
    xAxis: { type: 'category' as const, data: labels },
    yAxis: { type: 'value' as const, minInterval: 1 },
    series: [
      { ...bar, name: t('venues.figuresVisits'), data: visits, itemStyle: { color: '#0b3d91' } },
      ...(view === 'hours'
        ? [
            {
              ...bar,
              name: t('venues.figuresDeny'),
              data: hours.map((entry) => entry?.deny ?? 0),
              itemStyle: { color: '#b91c1c' },
            },
          ]
        : []),
    ],
  }
}

import type { EntryFigures as Figures } from '@jiankangbao/contracts/entry/schemas'
import { Segmented } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BarChart } from '../../ui/bar-chart.tsx'

type View = 'days' | 'hours'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

const toOption = (figures: Figures, view: View, t: TFunction) => {
  const bar = { type: 'bar' as const, barMaxWidth: 28 }
  const stacked = { ...bar, stack: 'day' }
  const series =
    view === 'hours'
      ? [
          {
            ...bar,
            name: t('entries.state.arrived'),
            data: HOURS.map((hour) => figures.hours.find((each) => each.hour === hour)?.arrived ?? 0),
            itemStyle: { color: '#0b3d91' },
          },
        ]
      : [
          {
            ...stacked,
            name: t('entries.state.received'),
            data: figures.days.map(({ received }) => received),
            itemStyle: { color: '#15803d' },
          },
          {
            ...stacked,
            name: t('entries.state.arrived'),
            data: figures.days.map(({ arrived }) => arrived),
            itemStyle: { color: '#0b3d91' },
          },
          {
            ...stacked,
            name: t('entries.state.submitted'),
            data: figures.days.map(({ expected }) => expected),
            itemStyle: { color: '#94a3b8' },
          },
        ]
  return {
    aria: { enabled: true },
    grid: { left: 44, right: 12, top: 36, bottom: 28 },
    tooltip: { trigger: 'axis' as const },
    legend: { top: 0 },
    xAxis: {
      type: 'category' as const,
      data: view === 'hours' ? HOURS.map(String) : figures.days.map(({ on }) => on.slice(5)),
    },
    yAxis: { type: 'value' as const, minInterval: 1 },
    series,
  }
}

/** Arrivals by day and by hour, by where from and by what; persons, never names. */
export default function EntryFigures({ figures }: { figures: Figures }) {
  const { t } = useTranslation()
  const [view, setView] = useState<View>('days')
  const option = useMemo(() => toOption(figures, view, t), [figures, view, t])
  const counts = (pairs: readonly (readonly [string, number])[]) =>
    pairs.map(([name, count]) => `${name} ${count}`).join('　') || '—'
  return (
    <section className="panel no-print" data-testid="entry-figures">
      <Segmented
        value={view}
        onChange={setView}
        options={[
          { value: 'days', label: t('entries.byDay') },
          { value: 'hours', label: t('entries.byHour') },
        ]}
      />
      <BarChart option={option} height={200} />
      <p className="small">
        {t('entries.byMode')}
        {t('app.colon')}
        {counts(
          figures.modes.map(({ arrivalMode, count }) => [t(`entries.modes.${arrivalMode}`), count] as const),
        )}
      </p>
      <p className="small">
        {t('entries.byOrigin')}
        {t('app.colon')}
        {counts(figures.origins.map(({ name, count }) => [name, count] as const))}
      </p>
    </section>
  )
}

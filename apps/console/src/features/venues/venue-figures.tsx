import type { VenueFigures as Figures } from '@jiankangbao/contracts/venue/schemas'
import { useQuery } from '@tanstack/react-query'
import { Segmented, Statistic, Switch } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BarChart } from '../../ui/bar-chart.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { toChartOption, type View } from './figures-option.ts'
import { figuresQuery } from './venue-queries.ts'

/** Counts of a venue, never persons: today by hour, the last 14 days, as a chart or as a table. */
export default function VenueFigures({ venueId }: { venueId: string }) {
  const { t } = useTranslation()
  const query = useQuery(figuresQuery(venueId))
  return (
    <section className="panel">
      <h2>{t('venues.figures')}</h2>
      <QueryView query={query}>{(figures) => <Shown figures={figures} />}</QueryView>
    </section>
  )
}

const Shown = ({ figures }: { figures: Figures }) => {
  const { t } = useTranslation()
  const [view, setView] = useState<View>('hours')
  const [asTable, setAsTable] = useState(false)
  const { visits, admit, deny, review } = figures.today
  return (
    <>
      <div className="figures-today">
        <Statistic title={t('venues.figuresToday')} value={visits} />
        <Statistic
          title={t('venues.figuresAdmit')}
          value={admit}
          styles={{ content: { color: '#15803d' } }}
        />
        <Statistic title={t('venues.figuresDeny')} value={deny} styles={{ content: { color: '#b91c1c' } }} />
        <Statistic
          title={t('venues.figuresReview')}
          value={review}
          styles={{ content: { color: '#b45309' } }}
        />
      </div>
      <div className="filters">
        <Segmented
          value={view}
          onChange={setView}
          options={[
            { value: 'hours', label: t('venues.figuresHours') },
            { value: 'days', label: t('venues.figuresDays') },
          ]}
        />
        <span className="filter-auto">
          <Switch
            checked={asTable}
            onChange={setAsTable}
            aria-label={t('venues.figuresTable')}
            size="small"
          />{' '}
          {t('venues.figuresTable')}
        </span>
      </div>
      {view === 'hours' && visits === 0 && <p className="quiet">{t('venues.figuresNone')}</p>}
      {asTable ? <FigureTable figures={figures} view={view} /> : <Chart figures={figures} view={view} />}
    </>
  )
}

const Chart = ({ figures, view }: { figures: Figures; view: View }) => {
  const { t } = useTranslation()
  const option = useMemo(() => toChartOption(figures, view, t), [figures, view, t])
  return <BarChart option={option} height={260} testId="figures-chart" />
}

const FigureTable = ({ figures, view }: { figures: Figures; view: View }) => {
  const { t } = useTranslation()
  const rows =
    view === 'hours'
      ? figures.hours.map(({ hour, visits, deny }) => [`${hour}:00`, visits, deny])
      : figures.days.map(({ on, visits }) => [on, visits])
  return (
    <table className="before-after">
      <thead>
        <tr>
          <th>{t('venues.figuresHour')}</th>
          <th>{t('venues.figuresVisits')}</th>
          {view === 'hours' && <th>{t('venues.figuresDeny')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell, index) => (
              // Columns of one row never change places.
              // biome-ignore lint/suspicious/noArrayIndexKey: fixed columns
              <td key={index}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

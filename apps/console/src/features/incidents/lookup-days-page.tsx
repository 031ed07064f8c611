import type { LookupDay, LookupDaysOfOperator } from '@jiankangbao/contracts/lookup/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { LookupNorms } from './lookup-norms.tsx'

const LookupChart = lazy(() => import('./lookup-chart.tsx'))

const countOf = ({ looked, missed }: LookupDay): number => looked + missed
const isUnusual = (day: LookupDay): boolean => countOf(day) > day.usualUpTo
const sumOf = (days: readonly LookupDay[], pick: (day: LookupDay) => number): number =>
  days.reduce((sum, day) => sum + pick(day), 0)
/** How near the worst day came to what is usual. */
const worstOf = ({ days }: LookupDaysOfOperator): number =>
  Math.max(0, ...days.map((day) => countOf(day) / day.usualUpTo))

const columns: Column<LookupDaysOfOperator>[] = [
  {
    key: 'operator',
    title: 'lookupDays.operator',
    primary: true,
    render: ({ name, organisation }) => (
      <>
        {name} <span className="quiet small">{organisation}</span>
      </>
    ),
  },
  { key: 'looked', title: 'lookupDays.looked', render: ({ days }) => sumOf(days, ({ looked }) => looked) },
  { key: 'missed', title: 'lookupDays.missed', render: ({ days }) => sumOf(days, ({ missed }) => missed) },
  {
    key: 'outside',
    title: 'lookupDays.outside',
    render: ({ days }) => sumOf(days, ({ outside }) => outside),
  },
  { key: 'listed', title: 'lookupDays.listed', render: ({ days }) => sumOf(days, ({ listed }) => listed) },
  {
    key: 'worst',
    title: 'lookupDays.worst',
    render: ({ days }, t) => {
      const worst = [...days].sort((a, b) => countOf(b) / b.usualUpTo - countOf(a) / a.usualUpTo)[0]
      if (!worst) return null
      const words = t('lookupDays.worstDay', {
        on: worst.on,
        count: countOf(worst),
        limit: worst.usualUpTo,
      })
      return <Tag color={isUnusual(worst) ? 'error' : 'default'}>{words}</Tag>
    },
  },
]

/** How many people each operator looked up in the last four weeks, the most unusual first; one of them as a chart. */
export default function LookupDaysPage() {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['lookup-days'],
    queryFn: () => call('listLookupDays', { query: {} }),
  })
  return (
    <>
      <PageHead title={t('lookupDays.title')} />
      <p className="quiet">{t('lookupDays.lead')}</p>
      <QueryView query={query}>
        {({ operators, from, to }) => <Shown operators={operators} from={from} to={to} />}
      </QueryView>
      <LookupNorms />
    </>
  )
}

interface ShownProps {
  operators: LookupDaysOfOperator[]
  from: string
  to: string
}

const Shown = ({ operators, from, to }: ShownProps) => {
  const { t } = useTranslation()
  const sorted = [...operators].sort((a, b) => worstOf(b) - worstOf(a))
  const [chosenId, setChosenId] = useState<string>()
  const chosen = sorted.find(({ operatorId }) => operatorId === chosenId) ?? sorted[0]
  return (
    <>
      {chosen && (
        <section className="panel">
          <h2>
            {chosen.name} <small className="quiet">{t('lookupDays.range', { from, to })}</small>
          </h2>
          <Suspense fallback={<div style={{ height: 220 }} />}>
            <LookupChart days={chosen.days} />
          </Suspense>
        </section>
      )}
      <DataList
        label={t('lookupDays.title')}
        rows={sorted}
        rowKey={({ operatorId }) => operatorId}
        empty={{ title: t('lookupDays.none'), hint: t('lookupDays.noneHint') }}
        columns={columns}
        actions={({ operatorId }) => (
          <Button disabled={operatorId === chosen?.operatorId} onClick={() => setChosenId(operatorId)}>
            {t('lookupDays.chart')}
          </Button>
        )}
      />
    </>
  )
}

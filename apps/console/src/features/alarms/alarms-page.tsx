import type { Alarm, AlarmFigures } from '@jiankangbao/contracts/alarm/schemas'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { AlarmFilters, FILTERS, toQuery } from './alarm-filters.tsx'

const AlarmChart = lazy(() => import('./alarm-chart.tsx'))

const columns: Column<Alarm>[] = [
  { key: 'raised', title: 'alarms.raised', render: ({ raisedAt }) => formatInstant(raisedAt) },
  { key: 'what', title: 'alarms.what', primary: true, render: (alarm) => <What alarm={alarm} /> },
  { key: 'proposal', title: 'alarms.proposal', render: (alarm) => <Proposed alarm={alarm} /> },
  {
    key: 'by',
    title: 'alarms.by',
    render: ({ proposedBy, division }) => (
      <>
        {proposedBy.name}
        <div className="quiet small">{division.name}</div>
      </>
    ),
  },
  { key: 'acknowledged', title: 'alarms.acknowledged', render: (alarm) => <Acknowledged alarm={alarm} /> },
]

/** What was large or unusual, who proposed it, and who took note. */
export default function AlarmsPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const [chosen, choose] = useState<Alarm>()
  const filters = toQuery(values)
  const query = useListQuery({
    key: ['alarms', 'list'],
    query: { ...filters, limit: 20, ...(cursor ? { cursor } : {}) },
    load: (page) => call('listAlarms', { query: page }),
    refreshMs: 30_000,
  })
  const figures = useQuery({
    queryKey: ['alarms', 'figures', filters],
    queryFn: () => call('getAlarmFigures', { query: filters }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPage
      words="alarms"
      lead={t('alarms.intro')}
      filters={<AlarmFilters values={values} set={set} operators={figures.data?.operators ?? []} />}
      above={<PerDay days={figures.data?.days ?? []} />}
      query={query}
      paging={paging}
      rows={({ alarms }) => alarms}
      rowKey={({ proposalId }) => proposalId}
      columns={columns}
      rowActions={(alarm) =>
        alarm.mayAcknowledge && <Button onClick={() => choose(alarm)}>{t('alarms.acknowledge')}</Button>
      }
    >
      <AcknowledgeModal alarm={chosen} onClose={() => choose(undefined)} />
    </ListPage>
  )
}

const PerDay = ({ days }: { days: AlarmFigures['days'] }) => {
  const { t } = useTranslation()
  if (days.length === 0) return null
  return (
    <section className="panel" aria-label={t('alarms.perDay')}>
      <Suspense fallback={<div style={{ height: 160 }} />}>
        <AlarmChart days={days} />
      </Suspense>
    </section>
  )
}

const What = ({ alarm }: { alarm: Alarm }) => {
  const { t } = useTranslation()
  return (
    <ul className="plain-list alarm-what">
      {alarm.alarms.map((each) => (
        <li key={each.kind}>{t(`proposals.alarms.${each.kind}`, each)}</li>
      ))}
    </ul>
  )
}

const Proposed = ({ alarm }: { alarm: Alarm }) => {
  const { t } = useTranslation()
  const { proposalId, proposalKind, category, persons, state } = alarm
  return (
    <>
      <Link to={pathTo('/proposals/:proposalId?', { proposalId, state: 'all' })}>
        {t(`proposals.kinds.${proposalKind}`)}
      </Link>
      <div className="quiet small">
        {[category && wordCategory(t, category), persons > 0 && t('alarms.persons', { count: persons })]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <Tag>{t(`proposals.states.${state}`)}</Tag>
    </>
  )
}

const Acknowledged = ({ alarm }: { alarm: Alarm }) => {
  const { t } = useTranslation()
  if (alarm.acknowledgedBy)
    return (
      <>
        {alarm.acknowledgedBy}
        <div className="quiet small">{formatInstant(alarm.acknowledgedAt)}</div>
        <div className="quiet small">{alarm.note ?? t('alarms.byDecision')}</div>
      </>
    )
  return <Tag color="error">{t('alarms.waiting')}</Tag>
}

const AcknowledgeModal = ({ alarm, onClose }: { alarm: Alarm | undefined; onClose: () => void }) => {
  const { t } = useTranslation()
  const acknowledge = useAction({
    run: (note: string) =>
      call('acknowledgeAlarm', { params: { proposalId: alarm?.proposalId ?? '' }, body: { note } }),
    refresh: [['alarms']],
    onDone: onClose,
    done: t('app.action.done'),
  })
  return (
    <ReasonModal
      open={alarm !== undefined}
      title={t('alarms.acknowledge')}
      label={t('alarms.acknowledgeHint')}
      busy={acknowledge.isPending}
      error={acknowledge.error}
      onSubmit={(note) => acknowledge.mutate(note)}
      onClose={onClose}
    />
  )
}

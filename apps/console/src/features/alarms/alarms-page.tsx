import type { Alarm } from '@jiankangbao/contracts/schemas/alarm'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { AlarmFilters, FILTERS, toQuery } from './alarm-filters.tsx'

const AlarmChart = lazy(() => import('./alarm-chart.tsx'))

/** What was large or unusual, who proposed it, and who took note. */
export default function AlarmsPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const [chosen, choose] = useState<Alarm>()
  const filters = toQuery(values)
  const page = { ...filters, limit: 20, ...(cursor ? { cursor } : {}) }
  const query = useQuery({
    queryKey: ['alarms', 'list', page],
    queryFn: () => call('listAlarms', { query: page }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const figures = useQuery({
    queryKey: ['alarms', 'figures', filters],
    queryFn: () => call('getAlarmFigures', { query: filters }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={t('alarms.title')} />
      <p className="quiet">{t('alarms.intro')}</p>
      <AlarmFilters values={values} set={set} operators={figures.data?.operators ?? []} />
      {figures.data && figures.data.days.length > 0 && (
        <section className="panel" aria-label={t('alarms.perDay')}>
          <Suspense fallback={<div style={{ height: 160 }} />}>
            <AlarmChart days={figures.data.days} />
          </Suspense>
        </section>
      )}
      <QueryView query={query}>
        {({ alarms, nextCursor }) => (
          <DataList
            label={t('alarms.title')}
            rows={alarms}
            rowKey={({ proposalId }) => proposalId}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('alarms.empty'), hint: t('alarms.emptyHint') }}
            columns={[
              { key: 'raised', title: t('alarms.raised'), render: ({ raisedAt }) => formatInstant(raisedAt) },
              {
                key: 'what',
                title: t('alarms.what'),
                primary: true,
                render: (alarm) => <What alarm={alarm} />,
              },
              { key: 'proposal', title: t('alarms.proposal'), render: (alarm) => <Proposed alarm={alarm} /> },
              {
                key: 'by',
                title: t('alarms.by'),
                render: ({ proposedBy, division }) => (
                  <>
                    {proposedBy.name}
                    <div className="quiet small">{division.name}</div>
                  </>
                ),
              },
              {
                key: 'acknowledged',
                title: t('alarms.acknowledged'),
                render: (alarm) => <Acknowledged alarm={alarm} onChoose={() => choose(alarm)} />,
              },
            ]}
          />
        )}
      </QueryView>
      <AcknowledgeModal alarm={chosen} onClose={() => choose(undefined)} />
    </>
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
      <Link to={`/proposals/${proposalId}?state=all`}>{t(`proposals.kinds.${proposalKind}`)}</Link>
      <div className="quiet small">
        {[category && wordCategory(t, category), persons > 0 && t('alarms.persons', { count: persons })]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <Tag>{t(`proposals.states.${state}`)}</Tag>
    </>
  )
}

const Acknowledged = ({ alarm, onChoose }: { alarm: Alarm; onChoose: () => void }) => {
  const { t } = useTranslation()
  if (alarm.acknowledgedBy)
    return (
      <>
        {alarm.acknowledgedBy}
        <div className="quiet small">{formatInstant(alarm.acknowledgedAt)}</div>
        <div className="quiet small">{alarm.note ?? t('alarms.byDecision')}</div>
      </>
    )
  if (!alarm.mayAcknowledge) return <Tag color="error">{t('alarms.waiting')}</Tag>
  return <Button onClick={onChoose}>{t('alarms.acknowledge')}</Button>
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

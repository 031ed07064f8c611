import type { Incident } from '@jiankangbao/contracts/incident/schemas'
import { INCIDENT_KINDS } from '@jiankangbao/domain/vocabulary/incidents'
import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'

const FILTERS = ['kind', 'acknowledged'] as const
const ANSWERS = ['false', 'true'] as const

const columns: Column<Incident>[] = [
  { key: 'last', title: 'incidents.last', render: (incident) => <When incident={incident} /> },
  { key: 'what', title: 'incidents.what', primary: true, render: (incident) => <What incident={incident} /> },
  { key: 'division', title: 'incidents.division', render: ({ division }) => division.name },
  { key: 'noted', title: 'incidents.noted', render: (incident) => <Noted incident={incident} /> },
]

/** What the watch of the system found, and who took note. */
export default function IncidentsPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const [chosen, choose] = useState<Incident>()
  const kind = chosenOf(INCIDENT_KINDS, values.kind)
  const acknowledged = chosenOf(ANSWERS, values.acknowledged)
  const query = useListQuery({
    key: ['incidents'],
    query: {
      limit: 20,
      ...(kind ? { kind } : {}),
      ...(acknowledged ? { acknowledged } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (page) => call('listIncidents', { query: page }),
    refreshMs: 30_000,
  })
  return (
    <ListPage
      words="incidents"
      lead={t('incidents.intro')}
      filters={
        <>
          <Select
            value={acknowledged ?? ''}
            aria-label={t('incidents.noted')}
            onChange={(answer) => set({ acknowledged: answer })}
            options={[
              { value: '', label: t('incidents.all') },
              ...ANSWERS.map((value) => ({ value, label: t(`incidents.answers.${value}`) })),
            ]}
          />
          <Select
            value={kind ?? null}
            placeholder={t('incidents.kind')}
            aria-label={t('incidents.kind')}
            allowClear
            onChange={(value) => set({ kind: value ?? '' })}
            options={INCIDENT_KINDS.map((value) => ({ value, label: t(`incidents.kinds.${value}.name`) }))}
          />
        </>
      }
      query={query}
      paging={paging}
      rows={({ incidents }) => incidents}
      rowKey={({ incidentId }) => incidentId}
      columns={columns}
      rowActions={(incident) =>
        incident.mayAcknowledge && (
          <Button onClick={() => choose(incident)}>{t('incidents.acknowledge')}</Button>
        )
      }
    >
      <NoteModal incident={chosen} onClose={() => choose(undefined)} />
    </ListPage>
  )
}

const When = ({ incident: { lastAt, raisedAt, times } }: { incident: Incident }) => {
  const { t } = useTranslation()
  return (
    <>
      {formatInstant(lastAt)}
      {times > 1 && (
        <div className="quiet small">
          {t('incidents.times', { count: times, since: formatInstant(raisedAt) })}
        </div>
      )}
    </>
  )
}

const What = ({ incident: { kind, operator, details } }: { incident: Incident }) => {
  const { t } = useTranslation()
  return (
    <>
      <strong>{t(`incidents.kinds.${kind}.name`)}</strong>
      <div>{t(`incidents.kinds.${kind}.sentence`, { ...details, operator: operator?.name ?? '' })}</div>
    </>
  )
}

const Noted = ({ incident }: { incident: Incident }) => {
  const { t } = useTranslation()
  if (!incident.acknowledgedBy) return <Tag color="error">{t('incidents.waiting')}</Tag>
  return (
    <>
      {incident.acknowledgedBy}
      <div className="quiet small">{formatInstant(incident.acknowledgedAt)}</div>
      <div className="quiet small">{incident.note}</div>
    </>
  )
}

const NoteModal = ({ incident, onClose }: { incident: Incident | undefined; onClose: () => void }) => {
  const { t } = useTranslation()
  const acknowledge = useAction({
    run: (note: string) =>
      call('acknowledgeIncident', { params: { incidentId: incident?.incidentId ?? '' }, body: { note } }),
    refresh: [['incidents']],
    onDone: onClose,
    done: t('app.action.done'),
  })
  return (
    <ReasonModal
      open={incident !== undefined}
      title={t('incidents.acknowledge')}
      label={t('incidents.acknowledgeHint')}
      busy={acknowledge.isPending}
      error={acknowledge.error}
      onSubmit={(note) => acknowledge.mutate(note)}
      onClose={onClose}
    />
  )
}

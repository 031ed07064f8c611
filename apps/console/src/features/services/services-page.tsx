import type {
  ServiceState,
  ServiceVersionSummary,
  ServiceVersions,
  WrittenService,
} from '@jiankangbao/contracts/service/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Popconfirm, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useMay } from '../../api/session.ts'
import { useTexts } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'
import { targetOf } from './service-target.ts'

const versionColumns: Column<ServiceVersionSummary>[] = [
  {
    key: 'version',
    title: 'services.version',
    primary: true,
    render: ({ version, state }, t) => `${version} · ${t(`services.states.${state}`)}`,
  },
  { key: 'count', title: 'services.count', render: ({ services }) => services },
  { key: 'note', title: 'services.note', render: ({ changeNote }) => changeNote },
  {
    key: 'edited',
    title: 'services.edited',
    render: ({ editedBy, editedAt }) => `${editedBy} · ${formatInstant(editedAt)}`,
  },
  {
    key: 'released',
    title: 'services.released',
    render: ({ releasedBy, releasedAt }) =>
      releasedAt ? `${releasedBy ?? ''} · ${formatInstant(releasedAt)}` : '',
  },
]

const Standing = ({ state }: { state: ServiceState | undefined }) => {
  const { t } = useTranslation()
  if (state?.stopped)
    return (
      <>
        <Tag color="error">{t('services.stopped')}</Tag>
        <div className="quiet small">
          {t('services.stoppedBy', { ...state.stopped, at: formatInstant(state.stopped.at) })}
        </div>
      </>
    )
  if (!state?.check) return null
  return (
    <Tag color={state.check.failing ? 'warning' : 'success'}>
      {t(state.check.failing ? 'services.failing' : 'services.working')}
    </Tag>
  )
}

const Title = ({ service }: { service: WrittenService }) => {
  const read = useTexts()
  return (
    <>
      {read(service.title)} <span className="quiet small">{service.key}</span>
    </>
  )
}

interface Row {
  service: WrittenService
  state: ServiceState | undefined
}

const columns: Column<Row>[] = [
  {
    key: 'title',
    title: 'services.service',
    primary: true,
    render: ({ service }) => <Title service={service} />,
  },
  { key: 'target', title: 'services.target', render: ({ service }, t) => targetOf(service, t) },
  {
    key: 'viewers',
    title: 'services.viewer',
    render: ({ service }, t) => t(`services.viewers.${service.viewers}`),
  },
  { key: 'state', title: 'services.state', render: ({ state }) => <Standing state={state} /> },
]

const Acts = ({ all }: { all: ServiceVersions }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const [requestId, setRequestId] = useState(createRequestId)
  const open = all.versions.find(({ state }) => state === 'draft' || state === 'proposed')
  const propose = useAction({
    run: (evidence: string) =>
      call('proposeServiceRelease', { body: { requestId, revision: open?.revision ?? 1, evidence } }),
    refresh: [['services'], ['proposals']],
    done: t('services.proposed'),
    onDone: () => {
      setAsking(false)
      setRequestId(createRequestId())
    },
  })
  const drop = useAction({
    run: () => call('dropServiceDraft', {}),
    refresh: [['services']],
    done: t('services.dropped'),
  })
  if (!may('saveServices')) return null
  return (
    <>
      <Problem error={drop.error} />
      <Space wrap>
        {open?.state !== 'proposed' && (
          <Link to={pathTo('/services/edit')}>
            <Button type={open ? 'default' : 'primary'}>
              {t(open ? 'services.editOpen' : 'services.edit')}
            </Button>
          </Link>
        )}
        {open?.state === 'draft' && (
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('services.propose')}
          </Button>
        )}
        {open?.proposalId && (
          <Link to={pathTo('/proposals/:proposalId?', { proposalId: open.proposalId, state: 'all' })}>
            <Button>{t('services.openProposal')}</Button>
          </Link>
        )}
        {open?.state === 'draft' && (
          <Popconfirm
            title={t('services.dropConfirm')}
            onConfirm={() => drop.mutate()}
            okText={t('services.drop')}
            cancelText={t('app.action.back')}
          >
            <Button danger>{t('services.drop')}</Button>
          </Popconfirm>
        )}
      </Space>
      <ReasonModal
        open={asking}
        title={t('services.propose')}
        warning={t('services.proposeHint')}
        label={t('services.evidence')}
        busy={propose.isPending}
        error={propose.error}
        onSubmit={(evidence) => propose.mutate(evidence)}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

/** Takes a service out at once, or lets it in again. */
const useStops = () => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<{ key: string; stop: boolean }>()
  const action = useAction({
    run: (reason: string) =>
      call(asking?.stop ? 'stopService' : 'resumeService', {
        params: { key: asking?.key ?? '' },
        body: { reason },
      }),
    refresh: [['services']],
    done: t(asking?.stop ? 'services.stopped' : 'services.resumed'),
    onDone: () => setAsking(undefined),
  })
  const modal = (
    <ReasonModal
      open={asking !== undefined}
      title={t(asking?.stop ? 'services.stop' : 'services.resume')}
      warning={t(asking?.stop ? 'services.stopHint' : 'services.resumeHint')}
      danger={asking?.stop ?? false}
      busy={action.isPending}
      error={action.error}
      onSubmit={(reason) => action.mutate(reason)}
      onClose={() => setAsking(undefined)}
    />
  )
  return { ask: setAsking, modal }
}

const Shown = ({ all }: { all: ServiceVersions }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { ask, modal } = useStops()
  const rows = all.services.map((service) => ({
    service,
    state: all.states.find(({ key }) => key === service.key),
  }))
  return (
    <>
      <p>{all.current === 0 ? t('services.builtIn') : t('services.current', { version: all.current })}</p>
      <DataList
        label={t('services.title')}
        rows={rows}
        rowKey={({ service }) => service.key}
        columns={columns}
        empty={{ title: t('services.empty'), hint: t('services.emptyHint') }}
        actions={({ service: { key }, state }) =>
          may('stopService') && (
            <Button danger={!state?.stopped} onClick={() => ask({ key, stop: !state?.stopped })}>
              {t(state?.stopped ? 'services.resume' : 'services.stop')}
            </Button>
          )
        }
      />
      {modal}
      <h2>{t('services.versions')}</h2>
      <DataList
        label={t('services.versions')}
        rows={all.versions}
        rowKey={({ version }) => String(version)}
        columns={versionColumns}
        empty={{ title: t('services.noVersions'), hint: t('services.noVersionsHint') }}
        actions={({ version }) => (
          <Link to={pathTo('/services/versions/:version', { version: String(version) })}>
            {t('services.open')}
          </Link>
        )}
      />
    </>
  )
}

/** The services of the app: what counts now, what is stopped or fails, and the versions. */
export default function ServicesPage() {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['services', 'all'],
    queryFn: () => call('listServiceVersions', {}),
    refetchInterval: 30_000,
  })
  return (
    <>
      <PageHead title={t('services.title')} actions={query.data && <Acts all={query.data} />} />
      <p className="quiet">{t('services.lead')}</p>
      <QueryView query={query}>{(all) => <Shown all={all} />}</QueryView>
    </>
  )
}

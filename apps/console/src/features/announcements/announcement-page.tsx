import type { KeptAnnouncement, KeptVersion } from '@jiankangbao/contracts/announcement/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Descriptions, Popconfirm, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
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
import { StandingTag } from './standing-tag.tsx'
import { TextWavePanel } from './text-wave-panel.tsx'

const columns: Column<KeptVersion>[] = [
  {
    key: 'version',
    title: 'announcements.version',
    primary: true,
    render: ({ version, state }, t) => `${version} · ${t(`announcements.states.${state}`)}`,
  },
  { key: 'title', title: 'announcements.name', render: ({ title }) => title.zh },
  {
    key: 'edited',
    title: 'announcements.edited',
    render: ({ editedBy, editedAt }) => `${editedBy} · ${formatInstant(editedAt)}`,
  },
  {
    key: 'released',
    title: 'announcements.released',
    render: ({ releasedBy, releasedAt, publishAt }, t) => (
      <>
        {releasedAt && `${releasedBy ?? ''} · ${formatInstant(releasedAt)}`}
        {publishAt && (
          <div className="quiet small">
            {t('announcements.publishesAt', { at: formatInstant(publishAt) })}
          </div>
        )}
      </>
    ),
  },
  { key: 'note', title: 'announcements.changeNote', render: ({ changeNote }) => changeNote?.zh },
]

/** One announcement: how it stands, its versions, its way to the readers and back. */
export default function AnnouncementPage() {
  const { t } = useTranslation()
  const read = useTexts()
  const { announcementId = '' } = useParams()
  const query = useQuery({
    queryKey: ['announcements', announcementId],
    queryFn: () => call('getKeptAnnouncement', { params: { announcementId } }),
    refetchInterval: ({ state }) => (state.data?.texts?.state === 'running' ? 2_000 : 30_000),
  })
  const title = query.data?.versions[0]?.title
  return (
    <>
      <PageHead title={title ? read(title) : t('announcements.title')} />
      <QueryView query={query}>{(of) => <Shown of={of} />}</QueryView>
    </>
  )
}

const Shown = ({ of }: { of: KeptAnnouncement }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const facts: [string, React.ReactNode][] = [
    [t('announcements.kind'), t(`announcements.kinds.${of.kind}`)],
    [t('announcements.standing'), <StandingTag key="standing" standing={of.standing} />],
    [t('announcements.madeBy'), `${of.madeBy} · ${of.divisionName} · ${formatInstant(of.madeAt)}`],
  ]
  return (
    <>
      {of.withdrawal && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('announcements.withdrawnBy', {
            by: of.withdrawal.by,
            at: formatInstant(of.withdrawal.at),
          })}
          description={read(of.withdrawal.reason)}
        />
      )}
      <div className="panel">
        <Descriptions
          column={{ xs: 1, md: 3 }}
          size="small"
          items={facts.map(([label, children]) => ({ key: label, label, children }))}
        />
        <Acts of={of} />
      </div>
      {of.texts && <TextWavePanel announcementId={of.announcementId} wave={of.texts} />}
      <h2>{t('announcements.versions')}</h2>
      <DataList
        label={t('announcements.versions')}
        rows={of.versions}
        rowKey={({ version }) => String(version)}
        columns={columns}
        empty={{ title: t('announcements.empty'), hint: t('announcements.emptyHint') }}
        actions={({ version }) => (
          <Link
            to={pathTo('/announcements/:announcementId/versions/:version', {
              announcementId: of.announcementId,
              version: String(version),
            })}
          >
            {t('announcements.read')}
          </Link>
        )}
      />
    </>
  )
}

const Acts = ({ of }: { of: KeptAnnouncement }) => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'release' | 'withdrawal'>()
  const [requestId, setRequestId] = useState(createRequestId)
  const { announcementId } = of
  const params = { announcementId }
  const [latest] = of.versions
  const isDraft = latest?.state === 'draft'
  const isTold = of.standing === 'current' || of.standing === 'coming' || of.standing === 'expired'
  const propose = useAction({
    run: (evidence: string) =>
      call('proposeAnnouncementRelease', {
        params,
        body: { requestId, revision: latest?.revision ?? 1, evidence },
      }),
    refresh: [['announcements'], ['proposals']],
    done: t('announcements.proposed'),
    onDone: () => {
      setAsking(undefined)
      setRequestId(createRequestId())
    },
  })
  const withdraw = useAction({
    run: (reason: string) => call('withdrawAnnouncement', { params, body: { reason } }),
    refresh: [['announcements']],
    done: t('announcements.withdrawn'),
    onDone: () => setAsking(undefined),
  })
  const drop = useAction({
    run: () => call('dropAnnouncementDraft', { params }),
    refresh: [['announcements']],
    done: t('announcements.dropped'),
    onDone: () => void navigate(pathTo('/announcements')),
  })
  return (
    <>
      <Problem error={drop.error} />
      <Space wrap style={{ marginTop: 12 }}>
        {may('saveAnnouncement') && latest?.state !== 'proposed' && of.standing !== 'withdrawn' && (
          <Link to={pathTo('/announcements/:announcementId/edit', params)}>
            <Button>{t(isDraft ? 'announcements.edit' : 'announcements.nextVersion')}</Button>
          </Link>
        )}
        {may('proposeAnnouncementRelease') && isDraft && (
          <Button type="primary" onClick={() => setAsking('release')}>
            {t('announcements.propose')}
          </Button>
        )}
        {of.proposalId && (
          <Link to={pathTo('/proposals/:proposalId?', { proposalId: of.proposalId, state: 'all' })}>
            <Button>{t('announcements.openProposal')}</Button>
          </Link>
        )}
        {may('dropAnnouncementDraft') && isDraft && (
          <Popconfirm
            title={t('announcements.dropConfirm')}
            onConfirm={() => drop.mutate()}
            okText={t('announcements.drop')}
            cancelText={t('app.action.back')}
          >
            <Button danger>{t('announcements.drop')}</Button>
          </Popconfirm>
        )}
        {may('withdrawAnnouncement') && isTold && (
          <Button danger onClick={() => setAsking('withdrawal')}>
            {t('announcements.withdraw')}
          </Button>
        )}
      </Space>
      <ReasonModal
        open={asking === 'release'}
        title={t('announcements.propose')}
        warning={t('announcements.proposeHint')}
        label={t('announcements.evidence')}
        busy={propose.isPending}
        error={propose.error}
        onSubmit={(evidence) => propose.mutate(evidence)}
        onClose={() => setAsking(undefined)}
      />
      <ReasonModal
        open={asking === 'withdrawal'}
        title={t('announcements.withdraw')}
        warning={t('announcements.withdrawHint')}
        danger
        busy={withdraw.isPending}
        error={withdraw.error}
        onSubmit={(reason) => withdraw.mutate(reason)}
        onClose={() => setAsking(undefined)}
      />
    </>
  )
}

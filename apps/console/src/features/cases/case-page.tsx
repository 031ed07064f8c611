import type { Case } from '@jiankangbao/contracts/tracing/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { pathTo } from '../../path-to.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { CaseDecision } from './case-decision.tsx'
import { CaseFacts } from './case-facts.tsx'
import { CaseLog } from './case-log.tsx'
import { CasePeople } from './case-people.tsx'
import { CasePlaces } from './case-places.tsx'
import './cases.css'

/** One case, opened for a purpose that is logged and that the person reads. */
export default function CasePage() {
  const { t } = useTranslation()
  const { caseId = '' } = useParams()
  const navigate = useNavigate()
  const state = useLocation().state as { purpose?: string } | null
  const purpose = state?.purpose
  const title = t('cases.number', { caseId })
  if (purpose) return <Opened key={caseId} caseId={caseId} purpose={purpose} title={title} />
  const open = ({ purpose: given }: { purpose: string }): void =>
    void navigate(pathTo('/cases/:caseId', { caseId }), { replace: true, state: { purpose: given.trim() } })
  return (
    <>
      <PageHead title={title} />
      <div className="panel case-purpose">
        <Form layout="vertical" onFinish={open}>
          <p>{t('cases.purposeTitle')}</p>
          <PurposeField />
          <Button type="primary" htmlType="submit">
            {t('cases.openIt')}
          </Button>
        </Form>
      </div>
    </>
  )
}

const Opened = ({ caseId, purpose, title }: { caseId: string; purpose: string; title: string }) => {
  const query = useQuery({
    queryKey: ['cases', 'one', caseId, purpose],
    queryFn: () => call('getCase', { params: { caseId }, query: { purpose } }),
    // Every reading is logged and shown to the person: it is read when it is opened, and after an act.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  })
  return (
    <>
      <PageHead title={`${title} ${query.data?.nameMasked ?? ''}`} />
      <QueryView query={query}>{(opened) => <Shown opened={opened} purpose={purpose} />}</QueryView>
    </>
  )
}

const Shown = ({ opened, purpose }: { opened: Case; purpose: string }) => {
  const { t } = useTranslation()
  // Another editor was first: what was changed since the version of this page is said beside the new one.
  const [sinceVersion, setSinceVersion] = useState<number>()
  const hidden = opened.state === 'waiting' || opened.state === 'refused'
  const editing = { onChanged: () => setSinceVersion((before) => before ?? opened.version) }
  return (
    <>
      {sinceVersion !== undefined && sinceVersion < opened.version && (
        <ChangedMeanwhile opened={opened} since={sinceVersion} onRead={() => setSinceVersion(undefined)} />
      )}
      <CaseFacts opened={opened} editing={editing} />
      {hidden ? (
        <Alert type="info" showIcon title={t(`cases.hidden.${opened.state}`)} style={{ marginBottom: 16 }} />
      ) : (
        <CasePlaces opened={opened} editing={editing} />
      )}
      {opened.state === 'open' && <CasePeople opened={opened} purpose={purpose} editing={editing} />}
      {!hidden && <CaseDecision opened={opened} />}
      <CaseLog opened={opened} editing={editing} />
    </>
  )
}

const ChangedMeanwhile = (props: { opened: Case; since: number; onRead: () => void }) => {
  const { t } = useTranslation()
  const changes = props.opened.changes.filter(({ version }) => version > props.since)
  return (
    <Alert
      type="warning"
      showIcon
      closable={{ onClose: props.onRead }}
      style={{ marginBottom: 16 }}
      data-testid="changed-meanwhile"
      title={t('cases.changedMeanwhile')}
      description={
        <ul className="plain-list">
          {changes.map(({ version, change, by }) => (
            <li key={`${version} ${change}`}>
              {by} {t(`cases.changes.${change}`, { defaultValue: change })}
            </li>
          ))}
        </ul>
      }
    />
  )
}

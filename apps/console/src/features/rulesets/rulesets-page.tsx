import type { RulesetDraftEntry, RulesetEntry } from '@jiankangbao/contracts/schemas/ruleset'
import { useQuery } from '@tanstack/react-query'
import { Button, Progress, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { CallOffState } from './call-off.tsx'
import { useTitle, wordPublisher } from './titles.ts'

const STATE_COLOURS: Record<RulesetEntry['state'], string> = {
  in_force: 'success',
  coming: 'processing',
  past: 'default',
  called_off: 'error',
}

/** Which rules are in force, which come when, and what is being drafted. */
export default function RulesetsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  return (
    <>
      <PageHead
        title={t('rulesets.title')}
        actions={
          may('createRulesetDraft') && (
            <Button type="primary" onClick={() => void navigate('/rulesets/new')}>
              {t('rulesets.upload')}
            </Button>
          )
        }
      />
      <Published />
      <h2>{t('rulesets.drafts')}</h2>
      <Drafts />
    </>
  )
}

const Published = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const title = useTitle()
  const may = useMay()
  const query = useQuery({
    queryKey: ['rulesets', 'list'],
    queryFn: () => call('listRulesets', {}),
    refetchInterval: 15_000,
  })
  return (
    <QueryView query={query}>
      {({ rulesets }) => (
        <DataList<RulesetEntry>
          label={t('rulesets.published')}
          rows={rulesets}
          rowKey={({ rulesetId }) => rulesetId}
          empty={{ title: t('app.action.none') }}
          columns={[
            {
              key: 'name',
              title: t('rulesets.name'),
              primary: true,
              render: (ruleset) => (
                <>
                  <Link to={`/rulesets/${ruleset.rulesetId}`}>{title(ruleset.title)}</Link>
                  <div className="quiet small code-text">{ruleset.rulesetId}</div>
                </>
              ),
            },
            {
              key: 'effective',
              title: t('rulesets.effective'),
              render: ({ effectiveFrom }) => formatInstant(effectiveFrom),
            },
            {
              key: 'by',
              title: t('rulesets.publishedBy'),
              render: ({ publishedBy }) => wordPublisher(t, publishedBy),
            },
            {
              key: 'state',
              title: t('venues.state'),
              render: (ruleset) => (
                <>
                  <Tag color={STATE_COLOURS[ruleset.state]} data-testid={`ruleset-${ruleset.rulesetId}`}>
                    {t(`rulesets.states.${ruleset.state}`)}
                  </Tag>
                  <Application ruleset={ruleset} />
                  <CallOffState ruleset={ruleset} />
                </>
              ),
            },
            {
              key: 'actions',
              title: '',
              actions: true,
              render: ({ rulesetId }) =>
                may('createRulesetDraft') && (
                  <Button onClick={() => void navigate(`/rulesets/new?from=${rulesetId}`)}>
                    {t('rulesets.copy')}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </QueryView>
  )
}

/** How far everybody has been evaluated by it since it came into force. */
const Application = ({ ruleset: { application } }: { ruleset: RulesetEntry }) => {
  const { t } = useTranslation()
  if (!application || application.finishedAt) return null
  const { done, total } = application
  return (
    <div role="status">
      {t('rulesets.application')} {t('rulesets.ofPersons', { done, total })}
      <Progress percent={total === 0 ? 0 : Math.floor((done / total) * 100)} size="small" />
    </div>
  )
}

const Drafts = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const title = useTitle()
  const query = useQuery({
    queryKey: ['rulesets', 'drafts'],
    queryFn: () => call('listRulesetDrafts', {}),
    refetchInterval: 15_000,
  })
  return (
    <QueryView query={query}>
      {({ drafts }) => (
        <DataList<RulesetDraftEntry>
          label={t('rulesets.drafts')}
          rows={drafts}
          rowKey={({ draftId }) => draftId}
          empty={{ title: t('rulesets.emptyDrafts'), hint: t('rulesets.emptyDraftsHint') }}
          columns={[
            {
              key: 'name',
              title: t('rulesets.name'),
              primary: true,
              render: (draft) => (
                <>
                  {title(draft.title)}
                  <div className="quiet small code-text">{draft.rulesetId}</div>
                </>
              ),
            },
            {
              key: 'by',
              title: t('rulesets.createdBy'),
              render: ({ createdBy, createdAt }) => `${createdBy} · ${formatInstant(createdAt)}`,
            },
            {
              key: 'state',
              title: t('venues.state'),
              render: ({ state }) => <Tag>{t(`rulesets.draftStates.${state}`)}</Tag>,
            },
            {
              key: 'actions',
              title: '',
              actions: true,
              render: ({ draftId }) => (
                <Button onClick={() => void navigate(`/ruleset-drafts/${draftId}`)}>
                  {t('app.action.detail')}
                </Button>
              ),
            },
          ]}
        />
      )}
    </QueryView>
  )
}

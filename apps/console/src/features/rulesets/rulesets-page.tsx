import type { RulesetDraftEntry, RulesetEntry } from '@jiankangbao/contracts/ruleset/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Progress, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { useTexts } from '../../locales/i18n.ts'
import type { Texts } from '../../locales/languages.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { CallOffState } from './call-off.tsx'
import { wordPublisher } from './titles.ts'

const STATE_COLOURS: Record<RulesetEntry['state'], string> = {
  in_force: 'success',
  coming: 'processing',
  past: 'default',
  called_off: 'error',
}

const publishedColumns: Column<RulesetEntry>[] = [
  {
    key: 'name',
    title: 'rulesets.name',
    primary: true,
    render: ({ rulesetId, title }) => (
      <>
        <Link to={pathTo('/rulesets/:rulesetId', { rulesetId })}>
          <Title title={title} />
        </Link>
        <div className="quiet small code-text">{rulesetId}</div>
      </>
    ),
  },
  {
    key: 'effective',
    title: 'rulesets.effective',
    render: ({ effectiveFrom }) => formatInstant(effectiveFrom),
  },
  {
    key: 'by',
    title: 'rulesets.publishedBy',
    render: ({ publishedBy }, t) => wordPublisher(t, publishedBy),
  },
  {
    key: 'state',
    title: 'venues.state',
    render: (ruleset, t) => (
      <>
        <Tag color={STATE_COLOURS[ruleset.state]} data-testid={`ruleset-${ruleset.rulesetId}`}>
          {t(`rulesets.states.${ruleset.state}`)}
        </Tag>
        <Application ruleset={ruleset} />
        <CallOffState ruleset={ruleset} />
      </>
    ),
  },
]

const draftColumns: Column<RulesetDraftEntry>[] = [
  {
    key: 'name',
    title: 'rulesets.name',
    primary: true,
    render: ({ rulesetId, title }) => (
      <>
        <Title title={title} />
        <div className="quiet small code-text">{rulesetId}</div>
      </>
    ),
  },
  {
    key: 'by',
    title: 'rulesets.createdBy',
    render: ({ createdBy, createdAt }) => `${createdBy} · ${formatInstant(createdAt)}`,
  },
  {
    key: 'state',
    title: 'venues.state',
    render: ({ state }, t) => <Tag>{t(`rulesets.draftStates.${state}`)}</Tag>,
  },
]

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
          <>
            <Button onClick={() => void navigate(pathTo('/rulesets/words'))}>{t('listWords.title')}</Button>
            {may('createRulesetDraft') && (
              <Button type="primary" onClick={() => void navigate(pathTo('/rulesets/new'))}>
                {t('rulesets.upload')}
              </Button>
            )}
          </>
        }
      />
      <Published />
      <h2>{t('rulesets.drafts')}</h2>
      <Drafts />
    </>
  )
}

const Title = ({ title }: { title: Texts }) => {
  const read = useTexts()
  return <>{read(title)}</>
}

const Published = () => {
  const { t } = useTranslation()
  const may = useMay()
  const query = useQuery({
    queryKey: ['rulesets', 'list'],
    queryFn: () => call('listRulesets', {}),
    refetchInterval: 15_000,
  })
  return (
    <QueryView query={query}>
      {({ rulesets }) => (
        <DataList
          label={t('rulesets.published')}
          rows={rulesets}
          rowKey={({ rulesetId }) => rulesetId}
          empty={{ title: t('app.action.none') }}
          columns={publishedColumns}
          actions={({ rulesetId }) =>
            may('createRulesetDraft') && (
              <OpenButton to={pathTo('/rulesets/new', { from: rulesetId })} words="rulesets.copy" />
            )
          }
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
  const query = useQuery({
    queryKey: ['rulesets', 'drafts'],
    queryFn: () => call('listRulesetDrafts', {}),
    refetchInterval: 15_000,
  })
  return (
    <QueryView query={query}>
      {({ drafts }) => (
        <DataList
          label={t('rulesets.drafts')}
          rows={drafts}
          rowKey={({ draftId }) => draftId}
          empty={{ title: t('rulesets.emptyDrafts'), hint: t('rulesets.emptyDraftsHint') }}
          columns={draftColumns}
          actions={({ draftId }) => <OpenButton to={pathTo('/ruleset-drafts/:draftId', { draftId })} />}
        />
      )}
    </QueryView>
  )
}

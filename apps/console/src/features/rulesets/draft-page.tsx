import type { RulesetDraft } from '@jiankangbao/contracts/ruleset/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions, Popconfirm, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { useTexts } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { OpenButton } from '../../ui/open-button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Difference } from './difference.tsx'
import { DryRun } from './dry-run.tsx'
import { ProposeForm } from './propose-form.tsx'
import { Warnings } from './warnings.tsx'

/** One draft: what it changes, what it would do to everybody, and its way to publication. */
export default function DraftPage() {
  const { t } = useTranslation()
  const read = useTexts()
  const { draftId = '' } = useParams()
  const query = useQuery({
    queryKey: ['rulesets', 'draft', draftId],
    queryFn: () => call('getRulesetDraft', { params: { draftId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'dry_running' ? 1_000 : 30_000),
  })
  return (
    <>
      <PageHead title={query.data ? read(query.data.title) : t('rulesets.title')} />
      <QueryView query={query}>{(draft) => <Shown draft={draft} />}</QueryView>
    </>
  )
}

const Shown = ({ draft }: { draft: RulesetDraft }) => {
  const { t } = useTranslation()
  const may = useMay()
  const facts: [string, React.ReactNode][] = [
    [
      t('rulesets.name'),
      <span key="id" className="code-text">
        {draft.rulesetId}
      </span>,
    ],
    [
      t('venues.state'),
      <Tag key="state" data-testid="draft-state" data-state={draft.state}>
        {t(`rulesets.draftStates.${draft.state}`)}
      </Tag>,
    ],
    [t('rulesets.createdBy'), `${draft.createdBy} · ${formatInstant(draft.createdAt)}`],
    [t('rulesets.effective'), formatInstant(draft.effectiveFrom)],
  ]
  const ready = draft.state === 'dry_run_done' && draft.dryRun?.outdated === false
  return (
    <>
      <div className="panel">
        <Descriptions
          column={{ xs: 1, md: 2 }}
          bordered
          size="small"
          items={facts
            .filter(([, value]) => value !== '')
            .map(([label, children]) => ({ key: label, label, children }))}
        />
        <Warnings warnings={draft.warnings} document={draft.document} />
        <Acts draft={draft} />
      </div>
      <Difference document={draft.document} />
      <DryRun draft={draft} />
      {ready && may('proposeRuleset') && <ProposeForm draftId={draft.draftId} />}
    </>
  )
}

const Acts = ({ draft }: { draft: RulesetDraft }) => {
  const { t } = useTranslation()
  const may = useMay()
  const cancel = useAction({
    run: () => call('cancelRulesetDraft', { params: { draftId: draft.draftId } }),
    refresh: [['rulesets']],
    done: t('rulesets.cancelled'),
  })
  const open = ['draft', 'dry_running', 'dry_run_done'].includes(draft.state)
  return (
    <p>
      <Problem error={cancel.error} />
      {draft.proposalId && (
        <OpenButton
          to={pathTo('/proposals/:proposalId?', { proposalId: draft.proposalId, state: 'all' })}
          words="rulesets.openProposal"
        />
      )}
      {open && may('cancelRulesetDraft') && (
        <Popconfirm
          title={t('rulesets.cancelConfirm')}
          onConfirm={() => cancel.mutate()}
          okText={t('rulesets.cancel')}
          cancelText={t('app.action.back')}
        >
          <Button danger loading={cancel.isPending}>
            {t('rulesets.cancel')}
          </Button>
        </Popconfirm>
      )}
    </p>
  )
}

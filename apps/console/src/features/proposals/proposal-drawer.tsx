import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Descriptions, Drawer, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Impact } from '../../ui/impact.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { OpenCaseLink } from '../../ui/open-case-link.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'
import { ProposalAlarms, ProposalImpact, ProposalSubject } from './proposal-facts.tsx'
import { Remaining } from './proposal-state.tsx'
import { ProposedList } from './proposed-list.tsx'

interface Props {
  proposalId: string | undefined
  onClose: () => void
}

/** One proposal with evidence and effect, and the decision where it may be taken. */
export const ProposalDrawer = ({ proposalId, onClose }: Props) => {
  const { t } = useTranslation()
  return (
    <Drawer
      open={proposalId !== undefined}
      title={t('proposals.detail')}
      onClose={onClose}
      size={560}
      destroyOnHidden
    >
      {proposalId && <Loaded proposalId={proposalId} onClose={onClose} />}
    </Drawer>
  )
}

const Loaded = ({ proposalId, onClose }: { proposalId: string; onClose: () => void }) => {
  const query = useQuery({
    queryKey: ['proposals', 'one', proposalId],
    queryFn: () => call('getProposal', { params: { proposalId } }),
    // The effect is computed at the moment of reading.
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.import?.recounting ? 1_000 : false),
  })
  return <QueryView query={query}>{(proposal) => <Shown proposal={proposal} onClose={onClose} />}</QueryView>
}

const Shown = ({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { person, impact, impactWhenProposed } = proposal
  // Shown where the decider, or whoever decides now, sees another one.
  const differs = impactWhenProposed?.from !== impact?.from || impactWhenProposed?.to !== impact?.to
  const before = differs ? impactWhenProposed : undefined
  const facts: [string, React.ReactNode][] = [
    [t('proposals.person'), <ProposalSubject key="subject" proposal={proposal} />],
    [
      t('proposals.kind'),
      [t(`proposals.kinds.${proposal.kind}`), proposal.category && wordCategory(t, proposal.category)]
        .filter(Boolean)
        .join(' · '),
    ],
    [t('proposals.impact'), <ProposalImpact key="impact" proposal={proposal} detailed />],
    [t('proposals.impactWhenProposed'), before ? <Impact key="before" impact={before} /> : ''],
    [t('people.anchor'), formatInstant(proposal.anchorAt)],
    [t('people.contact'), proposal.contact ?? ''],
    [t('people.zone'), proposal.zoneName ?? ''],
    [t('people.workplace'), proposal.workplace ?? ''],
    [
      t('people.endKind'),
      proposal.endKind ? t(proposal.endKind === 'withdrawn' ? 'people.endWithdrawn' : 'people.endEnded') : '',
    ],
    [t('people.endedAt'), formatInstant(proposal.endedAt)],
    [t('imports.undoReason'), proposal.undoReason ?? ''],
    [t('people.evidence'), proposal.evidence],
    [t('people.source'), proposal.source],
    [t('proposals.proposed'), `${proposal.proposedBy} · ${formatInstant(proposal.proposedAt)}`],
    [
      t('proposals.expires'),
      proposal.state === 'open' ? (
        <span key="expires">
          {formatInstant(proposal.expiresAt)} · <Remaining expiresAt={proposal.expiresAt} />
        </span>
      ) : (
        ''
      ),
    ],
    [
      t('proposals.decided'),
      proposal.decidedBy ? `${proposal.decidedBy} · ${formatInstant(proposal.decidedAt)}` : '',
    ],
    [t('proposals.decisionReason'), proposal.decisionReason ?? ''],
  ]
  return (
    <>
      <Descriptions
        column={1}
        bordered
        size="small"
        items={facts
          .filter(([, value]) => value !== '')
          .map(([label, children]) => ({ key: label, label, children }))}
      />
      <ProposalAlarms proposal={proposal} />
      {proposal.import && proposal.state === 'open' && (
        <ProposedList list={proposal.import} undoes={proposal.kind === 'import.undo'} />
      )}
      {person && may('searchPerson') && (
        <p>
          {proposal.appealId && may('getAppeal') && (
            <OpenButton
              link
              to={pathTo('/appeals/:appealId', { appealId: proposal.appealId })}
              words="proposals.openAppeal"
            />
          )}
          <OpenButton
            link
            to={pathTo('/people/:personId?', { personId: person.personId })}
            words="proposals.openPerson"
          />
        </p>
      )}
      {proposal.testId && <OpenCaseLink testId={proposal.testId} evidence={proposal.evidence} />}
      <Decision proposal={proposal} onClose={onClose} />
    </>
  )
}

const Decision = ({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) => {
  const { t } = useTranslation()
  const { allowed } = proposal
  if (allowed.includes('withdraw')) return <Withdrawal proposal={proposal} onClose={onClose} />
  if (!allowed.includes('reject')) {
    const why = proposal.state === 'open' ? 'noRight' : 'closedWhy'
    return <Alert type="info" showIcon title={t(`proposals.${why}`)} data-testid="cannot-decide" />
  }
  return (
    <>
      {!allowed.includes('approve') && (
        <Alert type="info" showIcon title={t('proposals.onlyReject')} data-testid="only-reject" />
      )}
      <DecisionForm proposal={proposal} onClose={onClose} />
    </>
  )
}

/** One’s own: somebody else decides, its maker may take it back. */
const Withdrawal = ({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) => {
  const { t } = useTranslation()
  const [asking, ask] = useState(false)
  const withdraw = useAction({
    run: (reason: string) =>
      call('withdrawProposal', { params: { proposalId: proposal.proposalId }, body: { reason } }),
    refresh: [['proposals'], ['person'], ['imports'], ['appeals']],
    onDone: onClose,
    done: t('app.action.done'),
  })
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t(proposal.needsHq ? 'proposals.ownWhyHq' : 'proposals.ownWhy')}
        data-testid="cannot-decide"
        action={<Button onClick={() => ask(true)}>{t('proposals.withdraw')}</Button>}
      />
      <ReasonModal
        open={asking}
        title={t('proposals.withdraw')}
        warning={t('proposals.withdrawHint')}
        busy={withdraw.isPending}
        error={withdraw.error}
        onSubmit={(reason) => withdraw.mutate(reason)}
        onClose={() => ask(false)}
      />
    </>
  )
}

const DecisionForm = ({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason: string }>()
  const decide = useAction({
    run: ({ verdict, reason }: { verdict: 'approve' | 'reject'; reason: string }) =>
      call('decideProposal', { params: { proposalId: proposal.proposalId }, body: { verdict, reason } }),
    refresh: [['proposals'], ['person'], ['alarms']],
    onDone: onClose,
    done: t('app.action.done'),
  })
  const submit = async (verdict: 'approve' | 'reject'): Promise<void> => {
    const values = await form.validateFields().catch(() => undefined)
    if (values)
      decide.mutate(
        { verdict, reason: values.reason.trim() },
        { onError: (error) => showFieldErrors(form, t, error) },
      )
  }
  return (
    <Form form={form} layout="vertical" style={{ marginTop: 16 }}>
      <Problem error={decide.error} />
      {proposal.appealId && (
        <Alert type="info" showIcon title={t('proposals.fromAppeal')} style={{ marginBottom: 16 }} />
      )}
      <Form.Item
        name="reason"
        label={t('proposals.decisionReason')}
        rules={[{ required: true, min: 2, max: 300, whitespace: true, message: t('proposals.decisionHint') }]}
      >
        <Input.TextArea rows={3} maxLength={300} placeholder={t('proposals.decisionHint')} />
      </Form.Item>
      <Space>
        {proposal.allowed.includes('approve') && (
          <Button type="primary" loading={decide.isPending} onClick={() => void submit('approve')}>
            {t('proposals.approve')}
          </Button>
        )}
        <Button danger disabled={decide.isPending} onClick={() => void submit('reject')}>
          {t('proposals.reject')}
        </Button>
      </Space>
    </Form>
  )
}

import type { CounterActEntry } from '@jiankangbao/contracts/counter/schemas'
import { PROPOSAL_STATES, type ProposalAct } from '@jiankangbao/domain/vocabulary/approval'
import { Button, Select, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { OpenedModal } from './opened-modal.tsx'
import { PaperModal } from './paper-modal.tsx'

const columns: Column<CounterActEntry>[] = [
  {
    key: 'who',
    title: 'counter.who',
    primary: true,
    render: (act, t) => (
      <>
        <Tag>{t(`counter.kinds.${act.kind}`)}</Tag> {act.nameMasked}
        {act.holderNameMasked && (
          <span className="quiet">
            {' '}
            → {act.holderNameMasked}
            {act.relation && ` (${t(`counter.relations.${act.relation}`)})`}
          </span>
        )}
        {act.guarded && <Tag>{t('counter.withGuardian')}</Tag>}
        {act.doubted && <Tag color="warning">{t('counter.doubted')}</Tag>}
      </>
    ),
  },
  {
    key: 'seen',
    title: 'counter.seenLabel',
    render: (act, t) => (
      <>
        {t(`counter.seen.${act.seen}`)}{' '}
        <Tag color={act.authority === 'match' ? 'success' : 'warning'}>
          {t(`counter.authorities.${act.authority}`)}
        </Tag>
        <div className="quiet small">{act.evidence}</div>
      </>
    ),
  },
  {
    key: 'state',
    title: 'counter.state',
    render: (act, t) => (
      <>
        <Tag color={act.state === 'open' ? 'processing' : 'default'}>
          {t(`operatorChanges.states.${act.state}`)}
        </Tag>
        <div className="quiet small">
          {act.proposedBy} {formatInstant(act.proposedAt)}
        </div>
        {act.decidedBy && (
          <div className="quiet small">
            {act.decidedBy} {formatInstant(act.decidedAt)} {act.decisionReason}
          </div>
        )}
      </>
    ),
  },
]

type Asked = { act: CounterActEntry; for: ProposalAct | 'open' }

/** What an office does at its counter: registers, adds elders to families, prints paper codes. */
export default function CounterPage() {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const { values, cursor, set, paging } = useUrlFilters(['state'] as const)
  const [asked, setAsked] = useState<Asked>()
  const [opened, setOpened] = useState<{ actId: string; purpose: string }>()
  const [printing, setPrinting] = useState<CounterActEntry>()
  const state = chosenOf(PROPOSAL_STATES, values.state)
  const query = useListQuery({
    key: ['counter-acts'],
    query: { limit: 20, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listCounterActs', { query: filters }),
    refreshMs: 15_000,
  })
  return (
    <ListPage
      words="counter"
      lead={t('counter.lead')}
      actions={
        may('proposeCounterAct') && (
          <Button type="primary" onClick={() => void navigate(pathTo('/counter/new'))}>
            {t('counter.create')}
          </Button>
        )
      }
      filters={
        <Select
          value={state}
          allowClear
          placeholder={t('counter.state')}
          aria-label={t('counter.state')}
          style={{ minWidth: 160 }}
          onChange={(chosen: string | undefined) => set({ state: chosen })}
          options={PROPOSAL_STATES.map((value) => ({ value, label: t(`operatorChanges.states.${value}`) }))}
        />
      }
      query={query}
      paging={paging}
      rows={({ acts }) => acts}
      rowKey={({ actId }) => actId}
      columns={columns}
      rowActions={(act) => (
        <Space wrap>
          {act.state === 'open' && (
            <Button size="small" onClick={() => setAsked({ act, for: 'open' })}>
              {t('counter.open')}
            </Button>
          )}
          {act.allowed.map((each) => (
            <Button
              key={each}
              size="small"
              type={each === 'approve' ? 'primary' : 'default'}
              onClick={() => setAsked({ act, for: each })}
            >
              {t(`operatorChanges.acts.${each}`)}
            </Button>
          ))}
          {act.printable && (
            <Button size="small" type="primary" onClick={() => setPrinting(act)}>
              {t('counter.print')}
            </Button>
          )}
        </Space>
      )}
    >
      <AskModal
        asked={asked}
        onClose={() => setAsked(undefined)}
        onOpen={(actId, purpose) => setOpened({ actId, purpose })}
        onApproved={(act) => act.printable && setPrinting(act)}
      />
      {opened && <OpenedModal {...opened} onClose={() => setOpened(undefined)} />}
      {printing && <PaperModal act={printing} onClose={() => setPrinting(undefined)} />}
    </ListPage>
  )
}

interface AskProps {
  asked: Asked | undefined
  onClose: () => void
  onOpen: (actId: string, purpose: string) => void
  onApproved: (act: CounterActEntry) => void
}

// A reason before a decision, a purpose before a look.
const AskModal = ({ asked, onClose, onOpen, onApproved }: AskProps) => {
  const { t } = useTranslation()
  const run = useAction({
    run: (reason: string) => {
      const params = { actId: asked?.act.actId ?? '' }
      if (asked?.for === 'withdraw') return call('withdrawCounterAct', { params, body: { reason } })
      const verdict = asked?.for === 'approve' ? 'approve' : 'reject'
      return call('decideCounterAct', { params, body: { verdict, reason } })
    },
    refresh: [['counter-acts'], ['identity-matters']],
    done: t('app.action.done'),
    onDone: (act) => {
      onClose()
      if (act.state === 'approved') onApproved(act)
    },
  })
  const looks = asked?.for === 'open'
  const act = asked?.for && asked.for !== 'open' ? asked.for : 'approve'
  const close = (): void => {
    run.reset()
    onClose()
  }
  return (
    <ReasonModal
      open={asked !== undefined}
      title={looks ? t('counter.open') : t(`operatorChanges.acts.${act}`)}
      asks={looks ? 'purpose' : 'reason'}
      {...(asked?.for === 'approve' ? { warning: t('counter.approveWarn') } : {})}
      busy={run.isPending}
      error={run.error}
      onSubmit={(text) => {
        if (!looks) return run.mutate(text)
        if (asked) onOpen(asked.act.actId, text)
        onClose()
      }}
      onClose={close}
    />
  )
}

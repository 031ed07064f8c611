import type { OperatorChangeEntry } from '@jiankangbao/contracts/operator/schemas'
import { PROPOSAL_STATES, type ProposalAct } from '@jiankangbao/domain/vocabulary/approval'
import { Button, Select, Space, Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { HalfModal, type HandedHalf } from './half-modal.tsx'
import { MessageState, SecondedPhone } from './message-state.tsx'

type Rights = OperatorChangeEntry['after']

const rightsOf = ({ roles, divisionName, active }: Rights, t: TFunction): string =>
  [
    roles.map((role) => t(`domain.roles.${role}`)).join(t('app.comma')),
    divisionName,
    ...(active ? [] : [t('operators.inactive')]),
  ].join(' · ')

const columns: Column<OperatorChangeEntry>[] = [
  {
    key: 'who',
    title: 'operators.displayName',
    primary: true,
    render: ({ displayName, username, organisation, kind }, t) => (
      <>
        <Tag>{t(`operatorChanges.kinds.${kind}`)}</Tag>
        {displayName} <span className="code-text quiet small">{username}</span>{' '}
        <span className="quiet small">{organisation}</span>
      </>
    ),
  },
  {
    key: 'state',
    title: 'operatorChanges.state',
    render: ({ state, decidedBy, decidedAt, decisionReason, alarms, expiresAt, ...change }, t) => (
      <>
        <Tag color={state === 'open' ? 'processing' : 'default'}>{t(`operatorChanges.states.${state}`)}</Tag>
        <span className="quiet small">
          {state === 'open'
            ? t('operatorChanges.until', { at: formatInstant(expiresAt) })
            : [decidedBy, formatInstant(decidedAt), decisionReason].filter(Boolean).join(' · ')}
        </span>{' '}
        {alarms.map((alarm) => (
          <Tag key={alarm} color="warning">
            {t(`alarms.kinds.${alarm}`)}
          </Tag>
        ))}
        <MessageState change={change} />
      </>
    ),
  },
  {
    key: 'rights',
    title: 'operatorChanges.rights',
    render: ({ kind, before, after }, t) => (
      <>
        {kind === 'change' && before && <del className="quiet">{rightsOf(before, t)}</del>}{' '}
        {rightsOf(after, t)}
      </>
    ),
  },
  {
    key: 'why',
    title: 'app.action.reason',
    render: ({ reason, proposedBy, proposedAt }) => (
      <>
        {reason}{' '}
        <span className="quiet small">
          {proposedBy} {formatInstant(proposedAt)}
        </span>
      </>
    ),
  },
]

/** What administrators proposed about operators, and what became of it. */
export default function OperatorChangesPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['state'] as const)
  const [acting, setActing] = useState<{ change: OperatorChangeEntry; act: ProposalAct }>()
  const [handed, setHanded] = useState<HandedHalf>()
  const state = chosenOf(PROPOSAL_STATES, values.state)
  const query = useListQuery({
    key: ['operator-changes'],
    query: { limit: 20, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listOperatorChanges', { query: filters }),
  })
  return (
    <ListPage
      words="operatorChanges"
      lead={t('operatorChanges.lead')}
      filters={
        <Select
          value={state ?? ''}
          aria-label={t('operatorChanges.state')}
          onChange={(chosen) => set({ state: chosen })}
          options={[
            { value: '', label: `${t('operatorChanges.state')}${t('app.colon')}${t('app.action.all')}` },
            ...PROPOSAL_STATES.map((known) => ({
              value: known,
              label: t(`operatorChanges.states.${known}`),
            })),
          ]}
        />
      }
      query={query}
      paging={paging}
      rows={({ changes }) => changes}
      rowKey={({ changeId }) => changeId}
      columns={columns}
      rowActions={(change) => (
        <Space wrap>
          {change.allowed.map((act) => (
            <Button
              key={act}
              size="small"
              type={act === 'approve' ? 'primary' : 'default'}
              danger={act === 'reject'}
              onClick={() => setActing({ change, act })}
            >
              {t(`operatorChanges.acts.${act}`)}
            </Button>
          ))}
        </Space>
      )}
    >
      <ActModal acting={acting} onClose={() => setActing(undefined)} onHanded={setHanded} />
      {handed && <HalfModal handed={handed} onClose={() => setHanded(undefined)} />}
    </ListPage>
  )
}

const ActModal = ({
  acting,
  onClose,
  onHanded,
}: {
  acting: { change: OperatorChangeEntry; act: ProposalAct } | undefined
  onClose: () => void
  onHanded: (handed: HandedHalf) => void
}) => {
  const { t } = useTranslation()
  const act = acting?.act ?? 'approve'
  const [phone, setPhone] = useState('')
  const asksPhone = act === 'approve' && acting?.change.message !== undefined
  const run = useAction({
    run: ({ reason, phone }: { reason: string; phone?: string }) => {
      const params = { changeId: acting?.change.changeId ?? '' }
      return act === 'withdraw'
        ? call('withdrawOperatorChange', { params, body: { reason } })
        : call('decideOperatorChange', {
            params,
            body: { verdict: act, reason, ...(phone ? { phone } : {}) },
          })
    },
    refresh: [['operator-changes'], ['operators']],
    done: t('operators.changed'),
    onDone: ({ change, activation }) => {
      onClose()
      setPhone('')
      if (activation) onHanded({ change, activation })
    },
  })
  return (
    <ReasonModal
      open={acting !== undefined}
      title={t(`operatorChanges.titles.${act}`, { name: acting?.change.displayName ?? '' })}
      {...(act === 'approve'
        ? { warning: t(asksPhone ? 'operatorChanges.messageWarn' : 'operatorChanges.approveWarn') }
        : {})}
      danger={act === 'reject'}
      {...(asksPhone ? { first: <SecondedPhone value={phone} onChange={setPhone} /> } : {})}
      busy={run.isPending}
      error={run.error}
      onSubmit={(reason) => run.mutate({ reason, ...(asksPhone ? { phone } : {}) })}
      onClose={onClose}
    />
  )
}

import type { IdentityChangeEntry } from '@jiankangbao/contracts/identity/schemas'
import type { ProposalAct } from '@jiankangbao/domain/vocabulary/approval'
import { Button, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'

type Data = NonNullable<IdentityChangeEntry['current']>

/** What stands now and what would stand there, masked: what the second person compares. */
const BeforeAndAfter = ({ change: { current, document } }: { change: IdentityChangeEntry }) => {
  const { t } = useTranslation()
  if (!document) return null
  const words = ({ nameMasked, documentType, documentNumberMasked, birthMasked, phoneMasked }: Data) =>
    [nameMasked, t(`domain.documentTypes.${documentType}`), documentNumberMasked, birthMasked, phoneMasked]
      .filter(Boolean)
      .join(' ')
  return (
    <div data-testid="before-and-after">
      {current && <div className="quiet">{t('identityChanges.before', { data: words(current) })}</div>}
      <div>{t('identityChanges.after', { data: words(document) })}</div>
    </div>
  )
}

const columns: Column<IdentityChangeEntry>[] = [
  {
    key: 'who',
    title: 'identity.name',
    primary: true,
    render: (change, t) => (
      <>
        <Tag>{t(`identity.kinds.${change.kind}`)}</Tag>{' '}
        {[change.nameMasked, change.otherNameMasked].filter(Boolean).join(' / ')}
        <BeforeAndAfter change={change} />
      </>
    ),
  },
  {
    key: 'state',
    title: 'identity.state',
    render: ({ state, decidedBy, decidedAt, decisionReason }, t) => (
      <>
        <Tag color={state === 'open' ? 'processing' : 'default'}>{t(`operatorChanges.states.${state}`)}</Tag>
        <span className="quiet small">
          {[decidedBy, formatInstant(decidedAt), decisionReason].filter(Boolean).join(' · ')}
        </span>
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

/** What is proposed about who is who; somebody else decides. */
export default function IdentityChangesPage() {
  const { t } = useTranslation()
  const { cursor, paging } = useUrlFilters([] as const)
  const [acting, setActing] = useState<{ change: IdentityChangeEntry; act: ProposalAct }>()
  const query = useListQuery({
    key: ['identity-changes'],
    query: { limit: 20, ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listIdentityChanges', { query: filters }),
    refreshMs: 30_000,
  })
  const act = acting?.act ?? 'approve'
  const run = useAction({
    run: (reason: string) => {
      const params = { changeId: acting?.change.changeId ?? '' }
      return act === 'withdraw'
        ? call('withdrawIdentityChange', { params, body: { reason } })
        : call('decideIdentityChange', { params, body: { verdict: act, reason } })
    },
    refresh: [['identity-changes'], ['identity-matters']],
    done: t('app.action.done'),
    onDone: () => setActing(undefined),
  })
  return (
    <ListPage
      words="identityChanges"
      query={query}
      paging={paging}
      rows={({ changes }) => changes}
      rowKey={({ changeId }) => changeId}
      columns={columns}
      rowActions={(change) => (
        <Space wrap>
          {change.allowed.map((each) => (
            <Button key={each} size="small" onClick={() => setActing({ change, act: each })}>
              {t(`operatorChanges.acts.${each}`)}
            </Button>
          ))}
        </Space>
      )}
    >
      <ReasonModal
        open={acting !== undefined}
        title={t(`operatorChanges.acts.${act}`)}
        busy={run.isPending}
        error={run.error}
        onSubmit={(reason) => run.mutate(reason)}
        onClose={() => setActing(undefined)}
      />
    </ListPage>
  )
}

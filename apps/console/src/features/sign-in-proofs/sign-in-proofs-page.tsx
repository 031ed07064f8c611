import type { SignInProofEntry } from '@jiankangbao/contracts/sign-in-proof/schemas'
import type { ProposalAct } from '@jiankangbao/domain/vocabulary/approval'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { ProveForm } from './prove-form.tsx'

const columns: Column<SignInProofEntry>[] = [
  {
    key: 'who',
    title: 'signInProofs.who',
    primary: true,
    render: ({ nameMasked, deviceName }) => (
      <>
        {nameMasked} <span className="quiet small">{deviceName}</span>
      </>
    ),
  },
  {
    key: 'signedIn',
    title: 'signInProofs.signedInAt',
    render: ({ signedInAt }) => formatInstant(signedInAt),
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

/** Sign-ins on new devices: proved here with the document in hand, or proposed by the hotline and decided by somebody else. */
export default function SignInProofsPage() {
  const { t } = useTranslation()
  const { paging } = useUrlFilters([] as const)
  const [acting, setActing] = useState<{ proof: SignInProofEntry; act: ProposalAct }>()
  const query = useListQuery({
    key: ['sign-in-proofs'],
    query: {},
    load: async () => {
      const { proofs } = await call('listSignInProofs', {})
      return { proofs } as { proofs: SignInProofEntry[]; nextCursor?: string }
    },
    refreshMs: 15_000,
  })
  const act = acting?.act === 'reject' ? 'reject' : 'approve'
  const run = useAction({
    run: (reason: string) =>
      call('decideSignInProof', {
        params: { proofId: acting?.proof.proofId ?? '' },
        body: { verdict: act, reason },
      }),
    refresh: [['sign-in-proofs']],
    done: t('app.action.done'),
    onDone: () => setActing(undefined),
  })
  return (
    <ListPage
      words="signInProofs"
      lead={t('signInProofs.lead')}
      above={<ProveForm />}
      query={query}
      paging={paging}
      rows={({ proofs }) => proofs}
      rowKey={({ proofId }) => proofId}
      columns={columns}
      rowActions={(proof) => (
        <Space wrap>
          {proof.allowed.map((each) => (
            <Button key={each} size="small" onClick={() => setActing({ proof, act: each })}>
              {t(`operatorChanges.acts.${each}`)}
            </Button>
          ))}
        </Space>
      )}
    >
      <ReasonModal
        open={acting !== undefined}
        title={t(`operatorChanges.acts.${act}`)}
        {...(act === 'reject' ? { warning: t('signInProofs.rejectWarning'), danger: true } : {})}
        busy={run.isPending}
        error={run.error}
        onSubmit={(reason) => run.mutate(reason)}
        onClose={() => setActing(undefined)}
      />
    </ListPage>
  )
}

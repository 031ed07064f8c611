import type { Proposal } from '@jiankangbao/contracts/schemas/finding'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { ProposalDrawer } from './proposal-drawer.tsx'
import { ProposalImpact, ProposalSubject } from './proposal-facts.tsx'
import { PROPOSAL_STATES, ProposalStateTag, Remaining } from './proposal-state.tsx'

/** Proposals, the open ones first; one of them in a drawer. */
export default function ProposalsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { search } = useLocation()
  const { proposalId } = useParams()
  const { values, cursor, set, paging } = useUrlFilters(['state', 'personId', 'alarmed', 'mine'] as const)
  // Without a choice the open ones are shown: they are the work.
  const chosen =
    values.state === 'all' ? undefined : (PROPOSAL_STATES.find((state) => state === values.state) ?? 'open')
  const filters = {
    limit: 20,
    ...(chosen ? { state: chosen } : {}),
    ...(values.personId ? { personId: values.personId } : {}),
    ...(values.alarmed === 'true' ? { alarmed: 'true' as const } : {}),
    ...(values.mine === 'true' ? { mine: 'true' as const } : {}),
    ...(cursor ? { cursor } : {}),
  }
  const query = useQuery({
    queryKey: ['proposals', 'list', filters],
    queryFn: () => call('listProposals', { query: filters }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return (
    <>
      <PageHead title={t('proposals.title')} />
      <div className="filters">
        <Select
          value={chosen ?? 'all'}
          aria-label={t('proposals.title')}
          onChange={(state) => set({ state })}
          options={[
            ...PROPOSAL_STATES.map((state) => ({ value: state, label: t(`proposals.states.${state}`) })),
            { value: 'all', label: t('proposals.allStates') },
          ]}
        />
        <Checkbox
          checked={values.alarmed === 'true'}
          onChange={({ target }) => set({ alarmed: target.checked ? 'true' : '' })}
        >
          {t('proposals.onlyAlarmed')}
        </Checkbox>
        <Checkbox
          checked={values.mine === 'true'}
          onChange={({ target }) => set({ mine: target.checked ? 'true' : '' })}
        >
          {t('proposals.onlyMine')}
        </Checkbox>
      </div>
      <QueryView query={query}>
        {({ proposals, nextCursor }) => (
          <DataList
            label={t('proposals.title')}
            rows={proposals}
            rowKey={(proposal) => proposal.proposalId}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{
              title: chosen
                ? t('proposals.empty', { state: t(`proposals.states.${chosen}`) })
                : t('proposals.emptyAny'),
              hint: t('proposals.emptyHint'),
            }}
            columns={[
              {
                key: 'person',
                title: t('proposals.person'),
                primary: true,
                render: (proposal) => <ProposalSubject proposal={proposal} />,
              },
              {
                key: 'kind',
                title: t('proposals.kind'),
                render: ({ kind, category }) => (
                  <>
                    {category && wordCategory(t, category)}
                    <div className="quiet small">{t(`proposals.kinds.${kind}`)}</div>
                  </>
                ),
              },
              {
                key: 'impact',
                title: t('proposals.impact'),
                render: (proposal) => (
                  <>
                    <ProposalImpact proposal={proposal} />
                    {proposal.alarms.length > 0 && <Tag color="error">{t('proposals.alarmed')}</Tag>}
                  </>
                ),
              },
              {
                key: 'proposed',
                title: t('proposals.proposed'),
                render: (proposal) => (
                  <>
                    {proposal.proposedBy} {proposal.mine && <Tag>{t('proposals.mine')}</Tag>}
                    <div className="quiet small">{formatInstant(proposal.proposedAt)}</div>
                  </>
                ),
              },
              {
                key: 'state',
                title: t('venues.state'),
                render: ({ state, expiresAt }) => (
                  <>
                    <ProposalStateTag state={state} />
                    <div className="quiet small">
                      {state === 'open' && <Remaining expiresAt={expiresAt} />}
                    </div>
                  </>
                ),
              },
              {
                key: 'actions',
                title: '',
                actions: true,
                render: ({ proposalId: id, allowed }: Proposal) => (
                  <Button
                    type={allowed.includes('approve') ? 'primary' : 'default'}
                    onClick={() => void navigate(`/proposals/${id}${search}`)}
                  >
                    {t('app.action.detail')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </QueryView>
      <ProposalDrawer
        key={proposalId ?? ''}
        proposalId={proposalId}
        onClose={() => void navigate(`/proposals${search}`)}
      />
    </>
  )
}

import type { Proposal, ProposalState } from '@jiankangbao/contracts/proposal/schemas'
import { PROPOSAL_STATES } from '@jiankangbao/domain/vocabulary/approval'
import { Button, Checkbox, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { ProposalDrawer } from './proposal-drawer.tsx'
import { ProposalImpact, ProposalSubject } from './proposal-facts.tsx'
import { ProposalStateTag, Remaining } from './proposal-state.tsx'

const FILTERS = ['state', 'personId', 'alarmed', 'mine'] as const
type Values = Partial<Record<(typeof FILTERS)[number], string>>

const columns: Column<Proposal>[] = [
  {
    key: 'person',
    title: 'proposals.person',
    primary: true,
    render: (proposal) => <ProposalSubject proposal={proposal} />,
  },
  {
    key: 'kind',
    title: 'proposals.kind',
    render: ({ kind, category }, t) => (
      <>
        {category && wordCategory(t, category)}
        <div className="quiet small">{t(`proposals.kinds.${kind}`)}</div>
      </>
    ),
  },
  {
    key: 'impact',
    title: 'proposals.impact',
    render: (proposal, t) => (
      <>
        <ProposalImpact proposal={proposal} />
        {proposal.alarms.length > 0 && <Tag color="error">{t('proposals.alarmed')}</Tag>}
      </>
    ),
  },
  {
    key: 'proposed',
    title: 'proposals.proposed',
    render: ({ proposedBy, proposedAt, mine }, t) => (
      <>
        {proposedBy} {mine && <Tag>{t('proposals.mine')}</Tag>}
        <div className="quiet small">{formatInstant(proposedAt)}</div>
      </>
    ),
  },
  {
    key: 'state',
    title: 'venues.state',
    render: ({ state, expiresAt }) => (
      <>
        <ProposalStateTag state={state} />
        <div className="quiet small">{state === 'open' && <Remaining expiresAt={expiresAt} />}</div>
      </>
    ),
  },
]

/** Without a choice the open ones are shown: they are the work. */
const stateOf = ({ state }: Values): ProposalState | undefined =>
  state === 'all' ? undefined : (chosenOf(PROPOSAL_STATES, state) ?? 'open')

/** Proposals, the open ones first; one of them in a drawer. */
export default function ProposalsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { search } = useLocation()
  const { proposalId: opened } = useParams()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const state = stateOf(values)
  const query = useListQuery({
    key: ['proposals', 'list'],
    query: {
      limit: 20,
      ...(state ? { state } : {}),
      ...(values.personId ? { personId: values.personId } : {}),
      ...(values.alarmed === 'true' ? { alarmed: 'true' as const } : {}),
      ...(values.mine === 'true' ? { mine: 'true' as const } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (filters) => call('listProposals', { query: filters }),
    refreshMs: 30_000,
  })
  // The filters stay in the address while a proposal is looked at.
  const open = (proposalId?: string): void =>
    void navigate({ pathname: pathTo('/proposals/:proposalId?', { proposalId }), search })
  return (
    <ListPage
      words="proposals"
      filters={<Filters values={values} set={set} />}
      query={query}
      paging={paging}
      rows={({ proposals }) => proposals}
      rowKey={({ proposalId }) => proposalId}
      columns={columns}
      rowActions={({ proposalId, allowed }) => (
        <Button type={allowed.includes('approve') ? 'primary' : 'default'} onClick={() => open(proposalId)}>
          {t('app.action.detail')}
        </Button>
      )}
      empty={{
        title: state
          ? t('proposals.empty', { state: t(`proposals.states.${state}`) })
          : t('proposals.emptyAny'),
      }}
    >
      <ProposalDrawer key={opened ?? ''} proposalId={opened} onClose={() => open()} />
    </ListPage>
  )
}

const Filters = ({ values, set }: { values: Values; set: (changes: Values) => void }) => {
  const { t } = useTranslation()
  return (
    <>
      <Select
        value={stateOf(values) ?? 'all'}
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
    </>
  )
}

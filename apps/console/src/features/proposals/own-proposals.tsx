import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { ProposalSubject } from './proposal-facts.tsx'
import { ProposalStateTag, Remaining } from './proposal-state.tsx'

/** What became of the proposals I made last. */
export const OwnProposals = () => {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['proposals', 'own'],
    queryFn: () => call('listProposals', { query: { mine: 'true', limit: 5 } }),
    refetchInterval: 60_000,
  })
  if (!data || data.proposals.length === 0) return null
  return (
    <section className="panel" aria-labelledby="own-proposals" data-testid="own-proposals">
      <h2 id="own-proposals" className="overview-title">
        {t('proposals.ownTitle')}
      </h2>
      <ul className="plain-list">
        {data.proposals.map((proposal) => (
          <li key={proposal.proposalId}>
            <ProposalStateTag state={proposal.state} />
            <Link
              to={pathTo('/proposals/:proposalId?', {
                proposalId: proposal.proposalId,
                state: 'all',
                mine: 'true',
              })}
            >
              {t(`proposals.kinds.${proposal.kind}`)}
            </Link>{' '}
            <ProposalSubject proposal={proposal} />{' '}
            <span className="quiet small">
              {proposal.state === 'open' ? (
                <Remaining expiresAt={proposal.expiresAt} />
              ) : (
                [
                  proposal.decidedBy,
                  formatInstant(proposal.decidedAt ?? proposal.expiresAt),
                  proposal.decisionReason,
                ]
                  .filter(Boolean)
                  .join(' · ')
              )}
            </span>
          </li>
        ))}
      </ul>
      <Link to={pathTo('/proposals/:proposalId?', { state: 'all', mine: 'true' })}>
        {t('proposals.ownAll')}
      </Link>
    </section>
  )
}

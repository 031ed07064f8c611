import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { useMay, useMe } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { OwnProposals } from '../proposals/own-proposals.tsx'
import './overview.css'

const PAGE = 100

/** What waits for me, and where I usually go. */
export default function OverviewPage() {
  const { t } = useTranslation()
  const me = useMe()
  const may = useMay()
  return (
    <>
      <PageHead title={t('app.overview.hello', { name: me.displayName })} />
      <p className="quiet overview-scope">
        {t('app.overview.scope', { organisation: me.organisation, division: me.divisionName })}
        {' · '}
        {me.roles.map((role) => t(`domain.roles.${role}`)).join(t('app.comma'))}
      </p>
      <Waiting />
      {may('proposeFinding') && <OwnProposals />}
      <Shortcuts />
    </>
  )
}

const Waiting = () => {
  const { t } = useTranslation()
  const may = useMay()
  const decides = may('decideProposal')
  const proposes = may('proposeFinding')
  const reviews = may('reviewVenue')
  const verifies = may('decideMatter')
  const receives = may('receiveEntry')
  const appeals = may('takeAppeal')
  if (!(decides || proposes || reviews || verifies || receives || appeals)) return null
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="overview-title">
        {t('app.overview.waiting')}
      </h2>
      <div className="tiles">
        {(decides || proposes) && <ProposalTiles decides={decides} />}
        {verifies && <MatterTile />}
        {appeals && <AppealTile />}
        {receives && <EntryTile />}
        {reviews && <VenueTile />}
      </div>
    </section>
  )
}

const ProposalTiles = ({ decides }: { decides: boolean }) => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['proposals', 'waiting'],
    queryFn: () => call('listProposals', { query: { state: 'open', limit: PAGE } }),
  })
  return (
    <QueryView query={query}>
      {({ proposals, nextCursor }) => {
        const mine = proposals.filter((proposal) => proposal.mine).length
        const alarmed = proposals.filter(({ alarms }) => alarms.length > 0).length
        return (
          <>
            {decides && alarmed > 0 && (
              <Tile
                testId="tile-alarmed-proposals"
                to={pathTo('/proposals/:proposalId?', { state: 'open', alarmed: 'true' })}
                count={alarmed}
                more={nextCursor !== undefined}
                title={t('app.overview.alarmedProposals')}
                hint={t('app.overview.alarmedProposalsHint')}
              />
            )}
            {decides && (
              <Tile
                testId="tile-open-proposals"
                to={pathTo('/proposals/:proposalId?', { state: 'open' })}
                count={proposals.length - mine}
                more={nextCursor !== undefined}
                title={t('app.overview.openProposals')}
                hint={t('app.overview.openProposalsHint')}
              />
            )}
            <Tile
              testId="tile-own-proposals"
              to={pathTo('/proposals/:proposalId?', { state: 'open', mine: 'true' })}
              count={mine}
              title={t('app.overview.ownProposals')}
            />
          </>
        )
      }}
    </QueryView>
  )
}

const VenueTile = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['venues', 'waiting'],
    queryFn: () => call('listVenues', { query: { pendingReview: 'true', limit: PAGE } }),
  })
  return (
    <QueryView query={query}>
      {({ venues, nextCursor }) => (
        <Tile
          testId="tile-venues-to-review"
          to={pathTo('/venues', { pendingReview: 'true' })}
          count={venues.length}
          more={nextCursor !== undefined}
          title={t('app.overview.venuesToReview')}
          hint={t('app.overview.venuesToReviewHint')}
        />
      )}
    </QueryView>
  )
}

const MatterTile = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['matters', 'waiting'],
    queryFn: () => call('listMatters', { query: { state: 'waiting', limit: PAGE } }),
  })
  return (
    <QueryView query={query}>
      {({ matters, nextCursor }) => (
        <Tile
          testId="tile-declarations-to-verify"
          to={pathTo('/matters')}
          count={matters.length}
          more={nextCursor !== undefined}
          title={t('app.overview.declarationsToVerify')}
          hint={t('app.overview.declarationsToVerifyHint')}
        />
      )}
    </QueryView>
  )
}

const AppealTile = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['appeals', 'waiting'],
    queryFn: () => call('listAppeals', { query: { state: 'submitted', limit: PAGE } }),
  })
  return (
    <QueryView query={query}>
      {({ appeals, nextCursor }) => (
        <Tile
          testId="tile-appeals-to-take"
          to={pathTo('/appeals')}
          count={appeals.length}
          more={nextCursor !== undefined}
          title={t('app.overview.appealsToTake')}
          hint={t('app.overview.appealsToTakeHint')}
        />
      )}
    </QueryView>
  )
}

const EntryTile = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['entries', 'figures'],
    queryFn: () => call('getEntryFigures', { query: {} }),
  })
  return (
    <QueryView query={query}>
      {({ arrived }) => (
        <Tile
          testId="tile-arrivals-to-receive"
          to={pathTo('/entries')}
          count={arrived}
          title={t('app.overview.arrivalsToReceive')}
          hint={t('app.overview.arrivalsToReceiveHint')}
        />
      )}
    </QueryView>
  )
}

interface TileProps {
  testId: string
  to: string
  count: number
  more?: boolean
  title: string
  hint?: string
}

const Tile = ({ testId, to, count, more, title, hint }: TileProps) => {
  const { t } = useTranslation()
  return (
    <Link to={to} className="tile" data-testid={testId}>
      <Card hoverable className={count > 0 ? 'tile-waiting' : ''}>
        <div className="tile-count">{more ? t('app.overview.atLeast', { count }) : count}</div>
        <div className="tile-title">{title}</div>
        <div className="quiet small">{count === 0 ? t('app.overview.nothing') : hint}</div>
      </Card>
    </Link>
  )
}

const shortcuts = [
  { to: pathTo('/checkpoint'), needs: 'listCheckPoints', words: 'checkpoint' },
  { to: pathTo('/venues'), needs: 'listVenues', words: 'venues' },
  { to: pathTo('/venues/apply'), needs: 'applyVenue', words: 'applyVenue' },
  { to: pathTo('/people/:personId?'), needs: 'searchPerson', words: 'searchPerson' },
  { to: pathTo('/imports/new'), needs: 'listImports', words: 'imports' },
  { to: pathTo('/operators'), needs: 'listOperators', words: 'operators' },
  { to: pathTo('/audit'), needs: 'listAuditEntries', words: 'audit' },
] as const

const Shortcuts = () => {
  const { t } = useTranslation()
  const may = useMay()
  const open = shortcuts.filter(({ needs }) => may(needs))
  if (open.length === 0) return null
  return (
    <section aria-labelledby="shortcuts">
      <h2 id="shortcuts" className="overview-title">
        {t('app.overview.quick')}
      </h2>
      <div className="tiles">
        {open.map(({ to, words }) => (
          <Shortcut key={to} to={to} title={t(`app.overview.${words}`)}>
            {t(`app.overview.${words}Hint`)}
          </Shortcut>
        ))}
      </div>
    </section>
  )
}

const Shortcut = ({ to, title, children }: { to: string; title: string; children: ReactNode }) => (
  <Link to={to} className="tile">
    <Card hoverable>
      <div className="tile-title">{title}</div>
      <div className="quiet small">{children}</div>
    </Card>
  </Link>
)

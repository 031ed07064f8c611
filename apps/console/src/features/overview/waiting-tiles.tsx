import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { QueryView } from '../../ui/query-view.tsx'

const PAGE = 100

/** What waits for me beside what the panels show. */
export const Waiting = () => {
  const { t } = useTranslation()
  const may = useMay()
  const reviews = may('reviewVenue')
  const verifies = may('decideMatter')
  const receives = may('receiveEntry')
  if (!(reviews || verifies || receives)) return null
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="overview-title">
        {t('app.overview.waiting')}
      </h2>
      <div className="tiles">
        {verifies && <MatterTile />}
        {receives && <EntryTile />}
        {reviews && <VenueTile />}
      </div>
    </section>
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

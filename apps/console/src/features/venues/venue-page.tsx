import type { Venue } from '@jiankangbao/contracts/venue/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Steps } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { ChangeDrawer } from './change-drawer.tsx'
import { VenueStateTag } from './state-tag.tsx'
import { VenueFacts, VenueTimeline } from './venue-facts.tsx'
import { VenueLife } from './venue-life.tsx'
import { VenuePeople } from './venue-people.tsx'
import { VenuePoints } from './venue-points.tsx'
import { venueQuery } from './venue-queries.ts'
import { VenueReview } from './venue-review.tsx'

const VenueFigures = lazy(() => import('./venue-figures.tsx'))

/** One venue: facts, state, points, review, figures, history. */
export default function VenuePage() {
  const { venueId = '' } = useParams()
  const query = useQuery(venueQuery(venueId))
  return <QueryView query={query}>{(venue) => <VenueDetail venue={venue} />}</QueryView>
}

const VenueDetail = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const [changing, setChanging] = useState(false)
  const hasCodes = venue.points.some(({ qrText, state }) => qrText !== undefined && state === 'active')
  return (
    <>
      <PageHead
        title={venue.name}
        actions={
          <>
            <Button onClick={() => navigate(pathTo('/venues'))}>{t('app.action.back')}</Button>
            {hasCodes && (
              <Button
                type="primary"
                onClick={() => navigate(pathTo('/venues/:venueId/posters', { venueId: venue.venueId }))}
              >
                {t('venues.postersAll')}
              </Button>
            )}
            {may('changeVenue') && venue.state !== 'closed' && (
              <Button onClick={() => setChanging(true)}>{t('venues.change')}</Button>
            )}
          </>
        }
      />
      <StateSteps venue={venue} />
      {may('reviewVenue') && <VenueReview venue={venue} />}
      <VenuePoints venue={venue} />
      <VenueFacts venue={venue} />
      {may('getVenueFigures') && hasCodes && (
        <Suspense fallback={null}>
          <VenueFigures venueId={venue.venueId} />
        </Suspense>
      )}
      {may('getVenuePeople') && <VenuePeople venue={venue} />}
      <VenueTimeline venue={venue} />
      <VenueLife venue={venue} />
      <ChangeDrawer venue={venue} open={changing} onClose={() => setChanging(false)} />
    </>
  )
}

const steps = ['applied', 'approved', 'active'] as const

const StateSteps = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const isEnded = venue.state === 'rejected' || venue.state === 'closed' || venue.state === 'suspended'
  return (
    <section className="panel" aria-label={t('venues.state')}>
      {isEnded ? (
        <Alert
          type={venue.state === 'closed' ? 'info' : 'warning'}
          showIcon
          title={<VenueStateTag state={venue.state} />}
          description={venue.stateReason}
        />
      ) : (
        <Steps
          size="small"
          responsive
          current={venue.state === 'applied' ? 0 : 2}
          {...(venue.state === 'active' ? { status: 'finish' as const } : {})}
          items={steps.map((step) => ({ title: t(`venues.states.${step}`) }))}
        />
      )}
    </section>
  )
}

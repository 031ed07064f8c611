import type { TestSite } from '@jiankangbao/contracts/test-site/schemas'
import { useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { readPosition } from '../../platform/position.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { AUDIENCE_CHOICES, type AudienceChoice, type FoundSite, findSites, type Here } from './find-sites.ts'
import { SiteWays } from './site-ways.tsx'
import './testing.css'

/** As many as a phone draws without stumbling. */
const MOST_SHOWN = 60

const weekdayText = (weekdays: number[]): string =>
  weekdays.length === 7
    ? say('testing.everyDay')
    : weekdays
        .map((day) => say(`testing.weekday.d${day as 1 | 2 | 3 | 4 | 5 | 6 | 7}`))
        .join(say('testing.comma'))

const priceText = (cents: number): string =>
  cents === 0
    ? say('testing.free')
    : say('testing.price', { yuan: (cents / 100).toFixed(2).replace(/\.00$/, '') })

const Queue = ({ queue }: { queue: NonNullable<TestSite['queue']> }) => (
  <p data-testid="queue">
    {say('testing.waiting', { count: queue.waiting })}
    {queue.minutes !== undefined && ` · ${say('testing.minutes', { minutes: queue.minutes })}`}
    <span className="small"> {say('testing.countedAt', { at: momentText(queue.countedAt) })}</span>
  </p>
)

const Site = ({ found: { site, kilometres } }: { found: FoundSite }) => {
  return (
    <li className="card site" data-testid="test-site">
      <h2 className="site-name">{site.name}</h2>
      <p>
        <span className={`chip site-${site.openNow ? 'open' : 'closed'}`}>
          {say(site.openNow ? 'testing.open' : 'testing.closed')}
        </span>{' '}
        {say(`testing.audience.${site.audience}`)} · {priceText(site.priceCents)}
      </p>
      {site.hours.map((span) => (
        <p key={`${span.opens} ${span.weekdays.join()}`} className="small">
          {weekdayText(span.weekdays)} {span.opens}–{span.closes}
        </p>
      ))}
      <p className="small">
        {site.divisionName} {site.address}
        {kilometres !== undefined && ` · ${say('testing.away', { km: kilometres.toFixed(1) })}`}
      </p>
      {site.queue && <Queue queue={site.queue} />}
      <p className="small">
        {say(site.walkIn ? (site.bookable ? 'testing.eitherWay' : 'testing.walkIn') : 'testing.bookingOnly')}
      </p>
      <div className="row">
        {site.bookable && (
          <Button onClick={() => goTo('book-test', { site: site.siteId })}>{say('testing.book')}</Button>
        )}
        <SiteWays {...site} />
      </div>
    </li>
  )
}

/** Testing sites: whom for, when, how long the queue is. The position is asked for on a tap, and kept nowhere. */
export const TestSitesScreen = () => {
  const params = useScreenParams('test-sites')
  const { value, error, loading, reload } = useRemote(() => api.call('listTestSites', { query: {} }))
  const [text, setText] = useState('')
  const [audience, setAudience] = useState<AudienceChoice>(params.for === 'yellow' ? 'yellow' : 'all')
  const [here, setHere] = useState<Here>()
  const [isAway, setIsAway] = useState(false)
  const locate = async (): Promise<void> => {
    const read = await readPosition()
    setIsAway(!read.ok)
    if (read.ok) setHere(read.position)
  }
  const found = value ? findSites(value.sites, { text, audience, here }) : []
  return (
    <Screen name="test-sites">
      <div className="stack">
        <Failure error={error} onRetry={reload} />
        {!value && loading && <p role="status">{say('state.loading')}</p>}
        {value && (
          <>
            <Field id="site-search" label={say('testing.search')} value={text} onChange={setText} />
            <Choice
              label={say('testing.forWhom')}
              layout="chips"
              value={audience}
              options={AUDIENCE_CHOICES.map((each) => ({
                value: each,
                text: say(`testing.audience.${each}`),
              }))}
              onChange={setAudience}
            />
            {!here && (
              <Button kind="quiet" onClick={() => void locate()}>
                {say('testing.near')}
              </Button>
            )}
            {isAway && <Message kind="info">{say('testing.noPosition')}</Message>}
            <p role="status" className="small">
              {say('testing.found', { count: found.length })}
            </p>
            {found.length === 0 && <p className="empty">{say('testing.none')}</p>}
            <ul className="sites">
              {found.slice(0, MOST_SHOWN).map((each) => (
                <Site key={each.site.siteId} found={each} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Screen>
  )
}

import { useEffect, useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { factsOf, screenNames } from '../../screens.ts'
import { useObservable } from '../../state/observable.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say, sayText } from '../../words/words.ts'
import { UrgentBanner, useUnreadAnnouncements } from '../announcements/urgent-banner.tsx'
import { OutboxPanel } from '../door/outbox-panel.tsx'
import { moveOutbox } from '../door/use-outbox.ts'
import { MemberSwitcher } from '../members/member-switcher.tsx'
import { CodesStrip } from '../other-codes/codes-strip.tsx'
import { StaleIdentityNote } from '../other-codes/stale-identity-note.tsx'
import { TakeOverNote } from '../records/take-over-note.tsx'
import { api } from '../session/api.ts'
import { useClientConfig, useHotline } from '../session/client-config.ts'
import { DemoNote } from '../session/demo-note.tsx'
import { isCode } from '../session/is-code.ts'
import { type Standing, session, standingOf, stepFrom } from '../session/session.ts'
import { PassCard } from './pass-card.tsx'
import { ReasonsPanel } from './reasons-panel.tsx'
import { TestLine } from './test-line.tsx'
import { usePass } from './use-pass.ts'

const tiles = screenNames
  .map((screen) => ({ screen, tile: factsOf(screen).tile }))
  .filter((each): each is typeof each & { tile: string } => each.tile !== undefined)

const Unread = ({ count, testId }: { count: number; testId: string }) =>
  count === 0 ? null : (
    <span className="tile-unread" data-testid={testId}>
      {' '}
      {say('home.unread', { count })}
    </span>
  )

const Tiles = () => {
  const hotline = useHotline()
  const unread = {
    notices: useRemote(() => api.call('listMyNotices', { query: { limit: 1 } })).value?.unread ?? 0,
    announcements: useUnreadAnnouncements(),
  }
  return (
    <nav className="tiles" aria-label={say('home.tiles')}>
      {tiles.map(({ screen, tile }) => (
        <button type="button" className="tile" key={screen} onClick={() => goTo(screen)}>
          <span className={`icon icon-${tile}`} aria-hidden="true" />
          <span className="tile-text">
            {say(`home.${tile}`, { hotline })}
            {tile === 'notices' && <Unread count={unread.notices} testId="unread" />}
            {tile === 'announcements' && (
              <Unread count={unread.announcements} testId="unread-announcements" />
            )}
          </span>
        </button>
      ))}
    </nav>
  )
}

const ScanButton = () => (
  <button type="button" className="scan-button" onClick={() => goTo('scan')}>
    <span className="icon icon-scan" aria-hidden="true" />
    {say('home.scan')}
  </button>
)

const RegisteredHome = () => {
  const [memberId, setMemberId] = useState<string>()
  const [news, setNews] = useState(0)
  const pass = usePass(memberId, () => setNews((count) => count + 1))
  const isOnline = pass.view.state === 'valid'
  useEffect(() => {
    if (isOnline) moveOutbox()
  }, [isOnline])
  const hotline = useHotline()
  return (
    <div className="stack">
      <MemberSwitcher
        key={String(isOnline)}
        label={say('pass.whose')}
        chosen={memberId}
        onChoose={setMemberId}
        offers={({ showsCode }) => showsCode}
      />
      <PassCard
        view={pass.view}
        retrySeconds={pass.retrySeconds}
        loading={pass.loading}
        onRefresh={pass.reload}
      />
      {isCode(pass.error, 'CODE_ON_HOLD') && (
        <Message kind="wrong">
          {say('errors.CODE_ON_HOLD')}{' '}
          <Button kind="link" onClick={() => goTo('take-over')}>
            {say('takeOver.title')}
          </Button>
        </Message>
      )}
      <CodesStrip key={`codes ${memberId} ${news}`} memberId={memberId} />
      {news > 0 && (
        <Message kind="info">
          <Button kind="link" onClick={() => goTo('notices')}>
            {say('notice.unknown')}
          </Button>
        </Message>
      )}
      <StaleIdentityNote key={news} />
      <ScanButton />
      <OutboxPanel />
      {pass.view.state === 'valid' && (
        <TestLine test={pass.view.pass.latestTest} serverNow={pass.view.serverNow} />
      )}
      {pass.view.state === 'valid' && (
        <ReasonsPanel
          pass={pass.view.pass}
          hotline={hotline}
          {...(memberId === undefined ? {} : { memberId })}
        />
      )}
      <Tiles key={`tiles ${news}`} />
      <p className="live-state small" data-testid="live-state">
        {pass.live ? `● ${say('pass.live')}` : `○ ${say('pass.polling')}`}
      </p>
    </div>
  )
}

const startWords = {
  'signed-out': 'signIn.title',
  unproved: 'prove.start',
  unregistered: 'register.start',
} as const

const Welcome = ({ standing }: { standing: Exclude<Standing, 'registered'> }) => (
  <div className="stack">
    {standing === 'unregistered' && <TakeOverNote />}
    <div className="welcome">
      <span className="hero-mark" aria-hidden="true" />
      <h2 className="welcome-title">{say(standing === 'unproved' ? 'prove.call' : 'register.call')}</h2>
      <p>{say(standing === 'unproved' ? 'prove.callText' : 'register.callText')}</p>
      <Button onClick={() => goTo(stepFrom[standing])}>{say(startWords[standing])}</Button>
    </div>
    <ScanButton />
    <Button kind="link" onClick={() => goTo('services')}>
      {say('services.title')}
    </Button>
    <Button kind="link" onClick={() => goTo('announcements')}>
      {say('announcements.title')}
    </Button>
    <Button kind="link" onClick={() => goTo('origin')}>
      {say('origin.ask')}
    </Button>
    <Button kind="link" onClick={() => goTo('risk-areas')}>
      {say('riskAreas.title')}
    </Button>
    <Button kind="link" onClick={() => goTo('help')}>
      {say('help.title')}
    </Button>
  </div>
)

/** The live code, the scan button and everything else one tap away. */
export const HomeScreen = () => {
  const standing = standingOf(useObservable(session))
  const city = useClientConfig()?.cityName
  return (
    <Screen
      title={city ? say('app.inCity', { city: sayText(city) }) : say('app.name')}
      back={false}
      name="home"
    >
      <UrgentBanner />
      {standing === 'registered' ? <RegisteredHome /> : <Welcome standing={standing} />}
      <DemoNote />
    </Screen>
  )
}

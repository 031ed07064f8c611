import { useEffect, useState } from 'react'
import { goTo, type ScreenName } from '../../platform/navigate.ts'
import { useObservable } from '../../state/observable.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { currentLanguage, say } from '../../words/words.ts'
import { OutboxPanel } from '../door/outbox-panel.tsx'
import { moveOutbox } from '../door/use-outbox.ts'
import { CodesStrip } from '../other-codes/codes-strip.tsx'
import { StaleIdentityNote } from '../other-codes/stale-identity-note.tsx'
import { api } from '../session/api.ts'
import { useClientConfig, useHotline } from '../session/client-config.ts'
import { DemoNote } from '../session/demo-note.tsx'
import { session } from '../session/session.ts'
import { PassCard } from './pass-card.tsx'
import { ReasonsPanel } from './reasons-panel.tsx'
import { TestLine } from './test-line.tsx'
import { usePass } from './use-pass.ts'

const tiles: readonly { screen: ScreenName; mark: string }[] = [
  { screen: 'entry', mark: 'entry' },
  { screen: 'declare', mark: 'declare' },
  { screen: 'exposure', mark: 'exposure' },
  { screen: 'other-codes', mark: 'otherCodes' },
  { screen: 'risk-areas', mark: 'riskAreas' },
  { screen: 'family', mark: 'family' },
  { screen: 'visits', mark: 'visits' },
  { screen: 'lookups', mark: 'lookups' },
  { screen: 'code-history', mark: 'history' },
  { screen: 'appeals', mark: 'appeals' },
  { screen: 'notices', mark: 'notices' },
  { screen: 'paper-code', mark: 'paper' },
  { screen: 'devices', mark: 'devices' },
  { screen: 'settings', mark: 'settings' },
  { screen: 'help', mark: 'help' },
]

const Tiles = () => {
  const hotline = useHotline()
  const unread = useRemote(() => api.call('listMyNotices', { query: { limit: 1 } })).value?.unread ?? 0
  return (
    <nav className="tiles" aria-label={say('home.tiles')}>
      {tiles.map(({ screen, mark }) => (
        <button type="button" className="tile" key={screen} onClick={() => goTo(screen)}>
          <span className={`icon icon-${mark}`} aria-hidden="true" />
          <span className="tile-text">
            {say(`home.${mark as 'help'}`, { hotline })}
            {mark === 'notices' && unread > 0 && (
              <span className="tile-unread" data-testid="unread">
                {' '}
                {say('home.unread', { count: unread })}
              </span>
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

const MemberSwitcher = ({ chosen, onChoose }: { chosen?: string; onChoose: (memberId?: string) => void }) => {
  const { value } = useRemote(() => api.call('listMembers', {}))
  if (!value || value.members.length === 0) return null
  const people = [{ memberId: undefined, nameMasked: say('pass.myself') }, ...value.members]
  return (
    <div className="switcher" role="radiogroup" aria-label={say('pass.whose')}>
      {people.map((person) => (
        // biome-ignore lint/a11y/useSemanticElements: mini programs have no free-standing radio input
        <button
          type="button"
          role="radio"
          key={person.memberId ?? 'me'}
          aria-checked={person.memberId === chosen}
          className={`switcher-person ${person.memberId === chosen ? 'switcher-chosen' : ''}`}
          onClick={() => onChoose(person.memberId)}
        >
          {person.nameMasked}
        </button>
      ))}
    </div>
  )
}

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
        {...(memberId === undefined ? {} : { chosen: memberId })}
        onChoose={setMemberId}
      />
      <PassCard
        view={pass.view}
        retrySeconds={pass.retrySeconds}
        loading={pass.loading}
        onRefresh={pass.reload}
      />
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

const Welcome = ({ signedIn }: { signedIn: boolean }) => (
  <div className="stack">
    <div className="welcome">
      <span className="hero-mark" aria-hidden="true" />
      <h2 className="welcome-title">{say('register.call')}</h2>
      <p>{say('register.callText')}</p>
      <Button onClick={() => goTo(signedIn ? 'register' : 'sign-in')}>
        {signedIn ? say('register.start') : say('signIn.title')}
      </Button>
    </div>
    <ScanButton />
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
  const current = useObservable(session)
  const city = useClientConfig()?.cityName[currentLanguage()]
  return (
    <Screen title={city ? say('app.inCity', { city }) : say('app.name')} back={false} dataScreen="home">
      {current?.registered ? <RegisteredHome /> : <Welcome signedIn={current !== undefined} />}
      <DemoNote />
    </Screen>
  )
}

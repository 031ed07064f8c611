import type { ShownService } from '@jiankangbao/contracts/service/schemas'
import type { ServiceScope } from '@jiankangbao/domain/vocabulary/services'
import { useEffect, useState } from 'react'
import { goBack } from '../../platform/navigate.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useDeed } from '../../state/use-deed.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { OutsideLink } from '../../ui/outside-link.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayText } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { hostOf } from './find-services.ts'
import './services.css'

interface Ready {
  url: string
  expiresAt: string
}

const Onward = ({ ready, host, onOver }: { ready: Ready; host: string; onOver: () => void }) => {
  useEffect(() => {
    // By the phone's own clock from now: it may be wrong, but it runs as fast as any other.
    const timer = setTimeout(onOver, 115_000)
    return () => clearTimeout(timer)
  }, [onOver])
  return (
    <Message kind="good">
      <p>{say('services.ready', { host })}</p>
      <OutsideLink address={ready.url}>{say('services.go', { host })}</OutsideLink>
    </Message>
  )
}

const Given = ({ serviceKey }: { serviceKey: string }) => {
  const { value } = useRemote(() => api.call('listServiceGrants', {}))
  const grants = (value?.grants ?? []).filter(({ key }) => key === serviceKey)
  if (grants.length === 0) return null
  return (
    <section className="card">
      <h2 className="card-title">{say('services.given')}</h2>
      <ul className="service-given">
        {grants.slice(0, 10).map(({ grantedAt, scopes, redeemedAt }) => (
          <li key={grantedAt} className="small">
            {say('services.givenLine', {
              at: momentText(grantedAt),
              what:
                scopes.map((scope) => say(`services.scope.${scope}`)).join(' · ') || say('services.nothing'),
            })}{' '}
            ({say(redeemedAt ? 'services.taken' : 'services.untaken')})
          </li>
        ))}
      </ul>
    </section>
  )
}

const Ask = ({ of }: { of: ShownService & { url: string } }) => {
  const [chosen, setChosen] = useState<ServiceScope[]>([])
  const [ready, setReady] = useState<Ready>()
  const [over, setOver] = useState(false)
  const { busy, error, run } = useDeed()
  const host = hostOf(of.url)
  const agreed = of.scopes
    .filter(({ scope, needed }) => needed || chosen.includes(scope))
    .map(({ scope }) => scope)
  const agree = () =>
    run(async () => {
      setOver(false)
      setReady(
        await api.call('grantService', {
          params: { key: of.key },
          body: { requestId: makeRequestId(), scopes: agreed },
        }),
      )
    })
  return (
    <>
      <section className="card" data-testid="service-consent">
        <p>{say('services.asks', { title: sayText(of.title) || of.title.zh, host })}</p>
        {of.scopes.map(({ scope, needed }) => (
          <Tick
            key={scope}
            text={say(`services.scope.${scope}`)}
            hint={say(needed ? 'services.needed' : 'services.optional')}
            ticked={agreed.includes(scope)}
            onChange={(ticked) => {
              setReady(undefined)
              setChosen(ticked ? [...chosen, scope] : chosen.filter((each) => each !== scope))
            }}
          />
        ))}
        <p className="small">{say('services.once')}</p>
      </section>
      <Failure error={error} />
      {over && <Message kind="info">{say('services.ranOut')}</Message>}
      {ready ? (
        <Onward
          ready={ready}
          host={host}
          onOver={() => {
            setReady(undefined)
            setOver(true)
          }}
        />
      ) : (
        <Button busy={busy} onClick={() => void agree()}>
          {say('services.agree')}
        </Button>
      )}
      <Button kind="quiet" onClick={goBack}>
        {say('services.refuse')}
      </Button>
      <Given key={ready?.expiresAt ?? ''} serviceKey={of.key} />
    </>
  )
}

/** Before a module of others learns anything: what it asks for, and what of it the person agrees to. */
export const ConsentScreen = () => {
  const { key } = useScreenParams('service-consent')
  const { value, error, loading, reload } = useRemote(() => api.call('listServices', {}))
  const of = value?.services.find((each) => each.key === key && each.scopes.length > 0)
  return (
    <Screen name="service-consent">
      <div className="stack">
        <Failure error={error} onRetry={reload} />
        {!value && loading && <p role="status">{say('state.loading')}</p>}
        {value && !of?.url && <Message kind="info">{say('services.gone')}</Message>}
        {of?.url !== undefined && <Ask of={{ ...of, url: of.url }} />}
      </div>
    </Screen>
  )
}

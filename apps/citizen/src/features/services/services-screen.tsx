import type { ShownService } from '@jiankangbao/contracts/service/schemas'
import { type ReactNode, useState } from 'react'
import { openMiniProgram, opensMiniProgramsOf } from '../../platform/mini-program.ts'
import { goTo } from '../../platform/navigate.ts'
import { callPhone } from '../../platform/phone-call.ts'
import { useObservable } from '../../state/observable.ts'
import { preferences } from '../../state/preferences.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { OutsideLink } from '../../ui/outside-link.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayText } from '../../words/words.ts'
import { useDistricts } from '../announcements/own-district.ts'
import { session, standingOf } from '../session/session.ts'
import { hostOf, servicesFor } from './find-services.ts'
import { loadServices } from './kept-services.ts'
import './services.css'

const textOf = (texts: { zh: string; en: string }): string => sayText(texts) || texts.zh

const Face = ({ of, note }: { of: ShownService; note?: string | undefined }) => (
  <>
    <span className={`icon icon-${of.icon}`} aria-hidden="true" />
    <span className="service-text">
      <span className="service-title">{textOf(of.title)}</span>
      <span className="service-words">{note ?? textOf(of.words)}</span>
    </span>
  </>
)

/** @returns false where the phone did not open it */
const open = async (of: ShownService): Promise<boolean> => {
  if (of.kind === 'telephone' && of.telephone) callPhone(of.telephone)
  else if (of.kind === 'screen' && of.screen === 'directory')
    goTo('directory', { ...(of.directoryKind ? { kind: of.directoryKind } : {}) })
  else if (of.kind === 'screen' && of.screen) goTo(of.screen)
  else if (of.scopes.length > 0) goTo('service-consent', { key: of.key })
  else if (of.appId) return openMiniProgram(of.appId, of.path)
  return true
}

const ServiceTile = ({ of }: { of: ShownService }): ReactNode => {
  const [refused, setRefused] = useState(false)
  const elsewhere =
    (of.kind === 'wechat' || of.kind === 'alipay') && !opensMiniProgramsOf(of.kind)
      ? say(of.kind === 'wechat' ? 'services.inWechat' : 'services.inAlipay')
      : undefined
  const note = of.failing ? say('services.failing') : elsewhere
  if (note !== undefined)
    return (
      <p className="service service-off" data-testid="service" data-service={of.key}>
        <Face of={of} note={note} />
      </p>
    )
  if (of.kind === 'link' && of.scopes.length === 0 && of.url !== undefined)
    return (
      <div className="service" data-testid="service" data-service={of.key}>
        <Face of={of} />
        <OutsideLink address={of.url}>{say('services.go', { host: hostOf(of.url) })}</OutsideLink>
      </div>
    )
  return (
    <button
      type="button"
      className="service"
      data-testid="service"
      data-service={of.key}
      onClick={() => void open(of).then((opened) => setRefused(!opened))}
    >
      <Face of={of} note={refused ? say('services.notOpened') : undefined} />
    </button>
  )
}

/** Everything the city offers, as headquarters put it together. */
export const ServicesScreen = () => {
  const { value, error, loading, reload } = useRemote(loadServices)
  const standing = standingOf(useObservable(session))
  const { elder } = useObservable(preferences)
  const all = value?.services ?? []
  const { district, choose, options } = useDistricts()
  const services = servicesFor(all, { standing, elder, district })
  return (
    <Screen name="services">
      <div className="stack">
        <Failure error={error} onRetry={reload} />
        {!value && loading && <p role="status">{say('state.loading')}</p>}
        {value?.fromPhone && (
          <Message kind="network">{say('services.fromPhone', { at: momentText(value.listedAt) })}</Message>
        )}
        {value && services.length === 0 && <p className="empty">{say('services.none')}</p>}
        {all.some(({ divisionCodes = [] }) => divisionCodes.length > 0) && options.length > 1 && (
          <Choice
            layout="chips"
            label={say('services.district')}
            value={district}
            options={options}
            onChange={choose}
          />
        )}
        <div className="services">
          {services.map((each) => (
            <ServiceTile key={each.key} of={each} />
          ))}
        </div>
      </div>
    </Screen>
  )
}

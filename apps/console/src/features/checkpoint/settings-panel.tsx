import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applyUpdate, useUpdateReady } from '../../api/app-update.ts'
import { call, queryClient } from '../../api/client.ts'
import { describeError } from '../../api/error-words.ts'
import { useNextLanguage } from '../../locales/i18n.ts'
import { wordAgo } from './ago.ts'
import { endEnrolment, keepDevice, readDevice } from './check-client.ts'
import { NIGHT_CHOICES, type NightChoice } from './night.ts'
import type { Settings } from './settings.ts'
import { readKeys } from './verification-keys.ts'

interface Props {
  point: CheckPoint
  settings: Settings
  onToggle: (name: keyof Settings) => void
  night: NightChoice
  onNight: (choice: NightChoice) => void
  onChangePoint: () => void
  onClose: () => void
}

const switches = ['sound', 'vibration', 'speech'] as const

/** Everything that is not scanning: point, sound, enrolment, language, leaving. */
export const SettingsPanel = ({
  point,
  settings,
  onToggle,
  night,
  onNight,
  onChangePoint,
  onClose,
}: Props) => {
  const { t } = useTranslation()
  const language = useNextLanguage()
  const updateReady = useUpdateReady()
  const [enrolled, setEnrolled] = useState(readDevice() !== undefined)
  const kept = readKeys()
  return (
    <section className="cp-settings" role="dialog" aria-modal="true" aria-label={t('checkpoint.settings')}>
      <header>
        <h1>{t('checkpoint.settings')}</h1>
        <button type="button" className="cp-plain" onClick={onClose}>
          {t('app.action.close')}
        </button>
      </header>
      <p>
        <b>{point.venueName}</b> · {point.pointName}
      </p>
      {!enrolled && (
        <button type="button" className="cp-button cp-quiet" onClick={onChangePoint}>
          {t('checkpoint.changePoint')}
        </button>
      )}
      {switches.map((name) => (
        <label key={name} className="cp-switch">
          <input type="checkbox" checked={settings[name]} onChange={() => onToggle(name)} />
          {t(`checkpoint.${name}`)}
        </label>
      ))}
      <NightField choice={night} onChoose={onNight} />
      <p className="cp-small">
        {kept
          ? t('checkpoint.keysAge', { ago: wordAgo(t, new Date(kept.fetchedAt).toISOString(), Date.now()) })
          : t('checkpoint.keysNone')}
      </p>
      {enrolled ? (
        <Enrolled point={point} onGone={() => setEnrolled(false)} />
      ) : (
        <EnrolForm point={point} onDone={() => setEnrolled(true)} />
      )}
      {updateReady && (
        <button type="button" className="cp-button" onClick={applyUpdate}>
          {t('checkpoint.updateReady')}
          {t('app.colon')}
          {t('checkpoint.updateNow')}
        </button>
      )}
      <div className="cp-row">
        <button type="button" className="cp-plain" lang={language.tag} onClick={language.choose}>
          {language.name}
        </button>
        <a className="cp-plain" href="/console/">
          {t('checkpoint.toDesk')}
        </a>
        <button type="button" className="cp-plain" onClick={() => void signOut()}>
          {t('checkpoint.signOut')}
        </button>
      </div>
    </section>
  )
}

const NightField = ({
  choice,
  onChoose,
}: {
  choice: NightChoice
  onChoose: (choice: NightChoice) => void
}) => {
  const { t } = useTranslation()
  return (
    <fieldset className="cp-night-field">
      <legend>{t('checkpoint.night.title')}</legend>
      {NIGHT_CHOICES.map((each) => (
        <label key={each} className="cp-chip">
          <input type="radio" name="night" checked={choice === each} onChange={() => onChoose(each)} />
          <span>{t(`checkpoint.night.${each}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}

const signOut = async (): Promise<void> => {
  await call('operatorSignOut', {}).catch(() => undefined)
  queryClient.clear()
  if (!readDevice()) location.assign('/console/')
  else location.reload()
}

const Enrolled = ({ point, onGone }: { point: CheckPoint; onGone: () => void }) => {
  const { t } = useTranslation()
  const [state, setState] = useState<{ busy: boolean; problem?: string }>({ busy: false })
  // The token would go on working for whoever has copied it: it ends at the server, not only here.
  const unenrol = async (): Promise<void> => {
    setState({ busy: true })
    try {
      await endEnrolment()
      onGone()
    } catch (error) {
      setState({ busy: false, problem: describeError(t, error).title })
    }
  }
  return (
    <div className="cp-enrol">
      <p data-testid="device-enrolled">{t('checkpoint.enrolled', { point: point.pointName })}</p>
      <p className="cp-problem" role="alert">
        {state.problem}
      </p>
      <button
        type="button"
        className="cp-button cp-quiet"
        disabled={state.busy}
        onClick={() => void unenrol()}
      >
        {t('checkpoint.unenrol')}
      </button>
    </div>
  )
}

const EnrolForm = ({ point, onDone }: { point: CheckPoint; onDone: () => void }) => {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [state, setState] = useState<{ busy: boolean; problem?: string }>({ busy: false })
  const enrol = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (name.trim() === '') return
    setState({ busy: true })
    try {
      const device = await call('registerDevice', { body: { pointId: point.pointId, name: name.trim() } })
      keepDevice({ ...device, point })
      onDone()
    } catch (error) {
      setState({ busy: false, problem: describeError(t, error).title })
    }
  }
  return (
    <form className="cp-enrol" onSubmit={(event) => void enrol(event)}>
      <p>{t('checkpoint.enrolHint', { point: `${point.venueName} ${point.pointName}` })}</p>
      <label htmlFor="device-name">{t('checkpoint.enrolName')}</label>
      <input
        id="device-name"
        value={name}
        maxLength={80}
        placeholder={t('checkpoint.enrolNameHint')}
        onChange={(event) => setName(event.target.value)}
      />
      <p className="cp-problem" role="alert">
        {state.problem}
      </p>
      <button type="submit" className="cp-button" disabled={state.busy || name.trim() === ''}>
        {t('checkpoint.enrol')}
      </button>
    </form>
  )
}

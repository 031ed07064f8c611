import { useState } from 'react'
import { canSpeak } from '../../platform/attention.ts'
import { startAt } from '../../platform/navigate.ts'
import { useObservable } from '../../state/observable.ts'
import { changePreferences, preferences } from '../../state/preferences.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { chooseLanguage, languageFacts, languages, say, useLanguage } from '../../words/words.ts'
import { outbox } from '../door/kept-scans.ts'
import { useOutbox } from '../door/use-outbox.ts'
import { api } from '../session/api.ts'
import { endSession, session } from '../session/session.ts'
import { TextMessages } from './text-messages.tsx'

const LAST_TRY_MS = 3000
const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))

const Account = () => {
  const me = useRemote(() => api.call('getMe', {}))
  const { waiting } = useOutbox()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const signOut = async () => {
    setBusy(true)
    // A last try for the scans that wait; those that find no answer stay for the next sign-in of this account.
    if (waiting.length > 0) await Promise.race([outbox.flush().catch(() => undefined), pause(LAST_TRY_MS)])
    // Signing out works without network too: what matters is that this phone forgets.
    await api.call('endSession', {}).catch(() => undefined)
    endSession()
    startAt('home')
  }
  return (
    <section className="card stack">
      <h2 className="card-title">{say('settings.account')}</h2>
      {me.value && <p>{say('settings.phone', { phone: me.value.phoneMasked })}</p>}
      {me.value?.person && (
        <p>
          {me.value.person.nameMasked} · {say(`identity.type.${me.value.person.documentType}`)}{' '}
          {me.value.person.documentNumberMasked}
        </p>
      )}
      <TextMessages />
      {me.value?.person && <NotMe />}
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {say('settings.signOut')}
      </Button>
      {asking && (
        <Dialog
          title={say('settings.signOutAsk')}
          confirm={say('settings.signOut')}
          onConfirm={signOut}
          onCancel={() => setAsking(false)}
          busy={busy}
        >
          {say('settings.signOutText')}
          {waiting.length > 0 && ` ${say('settings.signOutKept', { count: waiting.length })}`}
        </Dialog>
      )}
    </section>
  )
}

/** For whoever has a number that was somebody else's. */
const NotMe = () => {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const leave = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await api.call('leaveNumber', {})
      endSession()
      startAt('sign-in')
    } catch (refusal) {
      setError(refusal)
      setAsking(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Failure error={error} />
      <Button kind="link" onClick={() => setAsking(true)}>
        {say('settings.notMe')}
      </Button>
      {asking && (
        <Dialog
          title={say('settings.notMeAsk')}
          confirm={say('settings.notMe')}
          onConfirm={leave}
          onCancel={() => setAsking(false)}
          busy={busy}
        >
          {say('settings.notMeText')}
        </Dialog>
      )}
    </>
  )
}

/** Language, large type, voice, account. */
export const SettingsScreen = () => {
  const language = useLanguage()
  const { elder, voice } = useObservable(preferences)
  const current = useObservable(session)
  return (
    <Screen name="settings">
      <section className="card stack">
        <Choice
          layout="chips"
          label={say('language.label')}
          value={language}
          options={languages.map((value) => ({ value, text: languageFacts(value).name }))}
          onChange={chooseLanguage}
        />
        <Tick
          kind="switch"
          text={say('settings.elder')}
          hint={say('settings.elderHint')}
          ticked={elder}
          onChange={(on) => changePreferences({ elder: on })}
        />
        {canSpeak() ? (
          <Tick
            kind="switch"
            text={say('settings.voice')}
            hint={say('settings.voiceHint')}
            ticked={voice}
            onChange={(on) => changePreferences({ voice: on })}
          />
        ) : (
          <p className="small">{say('settings.voiceNone')}</p>
        )}
      </section>
      {current && <Account />}
    </Screen>
  )
}

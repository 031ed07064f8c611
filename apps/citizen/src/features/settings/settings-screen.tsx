import { useState } from 'react'
import { canSpeak } from '../../platform/attention.ts'
import { goTo, startAt } from '../../platform/navigate.ts'
import { useObservable } from '../../state/observable.ts'
import { changePreferences, preferences } from '../../state/preferences.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Screen } from '../../ui/screen.tsx'
import { chooseLanguage, languageFacts, languages, say, useLanguage } from '../../words/words.ts'
import { outbox } from '../door/kept-scans.ts'
import { useOutbox } from '../door/use-outbox.ts'
import { NotMe } from '../identity/not-me.tsx'
import { api } from '../session/api.ts'
import { endSession, session, standingOf } from '../session/session.ts'
import { TextMessages } from './text-messages.tsx'

const LAST_TRY_MS = 3000
const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))

const Account = () => {
  const isProved = standingOf(useObservable(session)) !== 'unproved'
  // Before the second proof nothing is shown, and asking would be refused.
  const me = useRemote(async () => (isProved ? await api.call('getMe', {}) : undefined))
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
      {me.value?.person && me.value.person.documentType !== 'resident_id' && (
        <Button kind="link" onClick={() => goTo('renew-document')}>
          {say('renewal.open')}
        </Button>
      )}
      {isProved && <TextMessages />}
      {(me.value?.person || !isProved) && <NotMe />}
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

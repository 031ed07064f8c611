import { useEffect, useState } from 'react'
import { useObservable } from '../../state/observable.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say, sayText } from '../../words/words.ts'
import { OutboxNote } from '../door/outbox-panel.tsx'
import { PendingDoorNote } from '../door/pending-door-note.tsx'
import { useClientConfig } from '../session/client-config.ts'
import { DemoNote } from '../session/demo-note.tsx'
import { session, standingOf, wasEnded } from '../session/session.ts'
import { goOn } from './go-on.ts'
import { useSignInForm } from './sign-in-form.ts'

export const SignInScreen = () => {
  const signedIn = useObservable(session)
  const ended = useObservable(wasEnded)
  const [alreadyIn] = useState(signedIn)
  const form = useSignInForm(goOn)
  const city = useClientConfig()?.cityName
  useEffect(() => {
    if (alreadyIn) goOn(standingOf(alreadyIn))
  }, [alreadyIn])
  return (
    <Screen name="sign-in">
      <div className="hero">
        <span className="hero-mark" aria-hidden="true" />
        <p className="hero-name">{city ? say('app.inCity', { city: sayText(city) }) : say('app.name')}</p>
        <p className="hero-lead">{say('app.slogan')}</p>
      </div>
      {ended && <Message kind="info">{say('signIn.ended')}</Message>}
      <OutboxNote />
      <PendingDoorNote step="signIn" />
      <div className="card stack">
        <p className="lead">{say('signIn.lead')}</p>
        <Field
          id="phone"
          type="tel"
          label={say('signIn.phone')}
          hint={say('signIn.phoneHint')}
          value={form.phone}
          onChange={(phone) => form.change({ phone })}
          onEnter={form.sendCode}
          error={form.faults.phone}
          autoComplete="tel"
          maxLength={60}
        />
        <Button
          kind={form.sentTo === '' ? 'main' : 'quiet'}
          onClick={form.sendCode}
          disabled={form.waitSeconds > 0}
          busy={form.busy === 'code'}
        >
          {form.waitSeconds > 0
            ? say('signIn.resendIn', { seconds: form.waitSeconds })
            : say('signIn.sendCode')}
        </Button>
        {form.sentTo !== '' && (
          <div className="stack">
            {form.faults.other === undefined && (
              <Message kind="good">{say('signIn.codeSent', { phone: form.sentTo })}</Message>
            )}
            <Field
              id="sms-code"
              type="number"
              label={say('signIn.code')}
              hint={say('signIn.codeHint')}
              value={form.smsCode}
              onChange={form.setSmsCode}
              onEnter={form.signIn}
              error={form.faults.smsCode}
              autoComplete="one-time-code"
              maxLength={200}
            />
            <Button onClick={form.signIn} busy={form.busy === 'session'}>
              {say('signIn.submit')}
            </Button>
          </div>
        )}
        <Failure error={form.faults.other} />
      </div>
      <DemoNote />
    </Screen>
  )
}

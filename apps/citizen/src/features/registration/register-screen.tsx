import { useEffect } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { focusHeading, scrollToTop } from '../../platform/page-look.ts'
import { useObservable } from '../../state/observable.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { PendingDoorNote } from '../door/pending-door-note.tsx'
import { IdentityFields } from '../identity/identity-fields.tsx'
import { TakeOverNote } from '../records/take-over-note.tsx'
import { session, standingOf, stepFrom } from '../session/session.ts'
import { ConsentStep } from './consent-step.tsx'
import { FaceStep } from './face-step.tsx'
import { leaveRegistration, type RegistrationStep, useRegistrationForm } from './registration-form.ts'

const steps: readonly RegistrationStep[] = ['person', 'consent', 'face']

const titleOf = (step: RegistrationStep): string => {
  if (step === 'consent') return say('register.stepConsent')
  if (step === 'face') return say('register.stepFace')
  return step === 'done' ? say('register.done') : say('register.stepPerson')
}

export const RegisterScreen = () => {
  const current = useObservable(session)
  const form = useRegistrationForm()
  const { step } = form
  useEffect(() => {
    const standing = standingOf(current)
    if (standing === 'signed-out' || standing === 'unproved') replaceWith(stepFrom[standing])
    else if (standing === 'registered' && step === 'person') leaveRegistration()
  }, [current, step])
  useEffect(() => {
    scrollToTop()
    focusHeading(`step-${step}`)
  }, [step])
  return (
    <Screen name="register">
      <PendingDoorNote step="register" />
      {current && step === 'person' && <TakeOverNote />}
      <div className="steps">
        <p className="steps-count">
          {step !== 'done' && say('register.step', { at: steps.indexOf(step) + 1, of: steps.length })}
        </p>
        <h2 className="steps-title" id={`step-${step}`} tabIndex={-1}>
          {titleOf(step)}
        </h2>
        <div className="steps-bar" aria-hidden="true">
          {steps.map((each, at) => (
            <span
              key={each}
              className={at <= steps.indexOf(step) || step === 'done' ? 'steps-on' : 'steps-off'}
            />
          ))}
        </div>
      </div>
      <Failure error={form.error} />
      {step === 'person' && (
        <div className="card stack">
          <IdentityFields prefix="me" values={form.values} onChange={form.change} faults={form.faults} />
          <Button onClick={form.toConsent}>{say('action.next')}</Button>
          <Disclosure title={say('register.takeOverTitle')} text={say('register.takeOver')} />
        </div>
      )}
      {step === 'consent' && (
        <ConsentStep
          onAgree={(version) => {
            form.setAgreedVersion(version)
            form.setStep('face')
          }}
          onBack={() => form.setStep('person')}
        />
      )}
      {step === 'face' && (
        <div className="card stack">
          {form.faceCheckId === undefined ? (
            <FaceStep identity={form.identity} onPass={form.passFace} />
          ) : (
            <div className="stack">
              <Message kind="good">{say('face.passed')}</Message>
              <Button busy={form.busy} onClick={() => form.faceCheckId && form.register(form.faceCheckId)}>
                {form.busy ? say('register.submitting') : say('register.submit')}
              </Button>
            </div>
          )}
          <Button kind="link" onClick={() => form.setStep('person')}>
            {say('register.fix')}
          </Button>
        </div>
      )}
      {step === 'done' && (
        <div className="card stack">
          {form.takenOver && <Message kind="info">{say('register.takenOver')}</Message>}
          <Button onClick={leaveRegistration}>{say('action.next')}</Button>
        </div>
      )}
    </Screen>
  )
}

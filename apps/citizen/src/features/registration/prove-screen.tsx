import { useEffect, useState } from 'react'
import { replaceWith, startAt } from '../../platform/navigate.ts'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { useObservable } from '../../state/observable.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import {
  emptyIdentity,
  type IdentityFaults,
  type IdentityValues,
  identityBody,
  identityFaults,
} from '../identity/document-values.ts'
import { IdentityFields } from '../identity/identity-fields.tsx'
import { NotMe } from '../identity/not-me.tsx'
import { api } from '../session/api.ts'
import { useHotline } from '../session/client-config.ts'
import { DemoNote } from '../session/demo-note.tsx'
import { isCode } from '../session/is-code.ts'
import { endSession, session, standingOf, stepFrom } from '../session/session.ts'
import { FaceStep } from './face-step.tsx'
import { goOn } from './go-on.ts'
import { type ProofWait, useProofWait } from './proof-wait.ts'

/** By one's own face: name and document as registered, then the picture. */
const ByFace = ({ wait }: { wait: ProofWait }) => {
  const [values, setValues] = useState<IdentityValues>(emptyIdentity)
  const [faults, setFaults] = useState<IdentityFaults>({})
  const [step, setStep] = useState<'closed' | 'person' | 'face'>('closed')
  const [error, setError] = useState<unknown>()
  const toFace = () => {
    const found = identityFaults(values)
    setFaults(found)
    if (Object.keys(found).length === 0) setStep('face')
    else focusFirstWrong()
  }
  const prove = async (faceCheckId: string) => {
    setError(undefined)
    try {
      const proof = await api.call('proveByFace', { body: { ...identityBody(values), faceCheckId } })
      await wait.follow(proof)
    } catch (refusal) {
      setError(refusal)
      setStep('person')
    }
  }
  return (
    <section className="card stack" data-testid="by-face">
      <h2 className="card-title">{say('prove.face')}</h2>
      <p className="small">{say('prove.faceText')}</p>
      {/* Whose number it is stays unsaid: "not this person" and nothing more. */}
      {isCode(error, 'IDENTITY_MISMATCH') ? (
        <Message kind="wrong">{say('prove.notThis')}</Message>
      ) : (
        <Failure error={error} />
      )}
      {step === 'closed' && <Button onClick={() => setStep('person')}>{say('prove.faceStart')}</Button>}
      {step === 'person' && (
        <div className="stack">
          <IdentityFields
            prefix="prove"
            values={values}
            onChange={(part) => {
              setFaults({})
              setValues({ ...values, ...part })
            }}
            faults={faults}
          />
          <Button onClick={toFace}>{say('action.next')}</Button>
        </div>
      )}
      {step === 'face' && (
        <div className="stack">
          <FaceStep identity={identityBody(values)} onPass={prove} />
          <Button kind="link" onClick={() => setStep('person')}>
            {say('register.fix')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** By a phone on which the person is signed in. The answer is the same where there is none. */
const ByDevice = ({ wait }: { wait: ProofWait }) => {
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const askedAt = wait.proof?.askedDevicesAt
  const ask = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await wait.follow(await api.call('askOwnDevice', {}))
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="card stack" data-testid="by-device">
      <h2 className="card-title">{say('prove.device')}</h2>
      <p className="small">{say('prove.deviceText')}</p>
      {askedAt && (
        <p role="status" data-testid="asked">
          {say('prove.deviceAsked', { at: momentText(askedAt) })}
        </p>
      )}
      <Failure error={error} />
      <Button kind="quiet" onClick={ask} busy={busy}>
        {say(askedAt ? 'prove.deviceAgain' : 'prove.deviceAsk')}
      </Button>
    </section>
  )
}

const ByOffice = ({ proofCode }: { proofCode: string }) => {
  const hotline = useHotline()
  return (
    <section className="card stack" data-testid="by-office">
      <h2 className="card-title">{say('prove.office')}</h2>
      <p className="small">{say('prove.officeText', { hotline })}</p>
      <p className="proof-code" data-testid="proof-code">
        {proofCode.replace(/^(.{4})/, '$1 ')}
      </p>
    </section>
  )
}

const Ways = () => {
  const wait = useProofWait(() => goOn(standingOf(session.get())))
  const signOut = async () => {
    await api.call('endSession', {}).catch(() => undefined)
    endSession()
    startAt('home')
  }
  return (
    <div className="stack">
      <section className="card stack">
        <p className="lead">{say('prove.lead')}</p>
        <p className="small">{say('prove.meanwhile')}</p>
      </section>
      <Failure error={wait.error} onRetry={wait.look} />
      <ByFace wait={wait} />
      <ByDevice wait={wait} />
      {wait.proof && <ByOffice proofCode={wait.proof.proofCode} />}
      <section className="card stack" data-testid="not-me">
        <h2 className="card-title">{say('prove.former')}</h2>
        <p className="small">{say('prove.formerText')}</p>
        <NotMe />
      </section>
      <Button kind="link" onClick={signOut}>
        {say('settings.signOut')}
      </Button>
    </div>
  )
}

/** The second proof of a sign-in on a new device. Nothing here says whose number it is. */
export const ProveScreen = () => {
  const standing = standingOf(useObservable(session))
  const [began] = useState(standing)
  useEffect(() => {
    if (began === 'registered') goOn('registered')
    else if (standing === 'signed-out' || standing === 'unregistered') replaceWith(stepFrom[standing])
  }, [began, standing])
  return (
    <Screen name="prove">
      {began === 'unproved' && standing !== 'signed-out' && <Ways />}
      <DemoNote />
    </Screen>
  )
}

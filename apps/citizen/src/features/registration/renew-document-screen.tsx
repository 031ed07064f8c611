import type { OwnPerson } from '@jiankangbao/contracts/person/schemas'
import { useEffect, useState } from 'react'
import { startAt } from '../../platform/navigate.ts'
import { focusHeading, scrollToTop } from '../../platform/page-look.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { IdentityFields } from '../identity/identity-fields.tsx'
import { api } from '../session/api.ts'
import { useHotline } from '../session/client-config.ts'
import { useGate } from '../session/gate.ts'
import { isCode } from '../session/is-code.ts'
import { FaceStep } from './face-step.tsx'
import { useRenewalForm } from './renewal-form.ts'

const Held = ({ person }: { person: OwnPerson }) => (
  <section className="card" data-testid="held-document">
    <p className="small">{say('renewal.now')}</p>
    <p>
      {person.nameMasked} · {say(`identity.type.${person.documentType}`)} {person.documentNumberMasked}
    </p>
  </section>
)

/** What has to be the same, or what the authority says, in place of the bare code. */
const Refusal = ({ error }: { error: unknown }) => {
  const hotline = useHotline()
  if (isCode(error, 'IDENTITY_MISMATCH')) return <Message kind="wrong">{say('renewal.mismatch')}</Message>
  if (isCode(error, 'VALIDATION_FAILED') && error.fields.some(({ reason }) => reason === 'differs'))
    return <Message kind="wrong">{say('renewal.differs', { hotline })}</Message>
  return <Failure error={error} />
}

const Renewal = ({ onDone }: { onDone: (person: OwnPerson) => void }) => {
  const form = useRenewalForm(onDone)
  const { step } = form
  useEffect(() => {
    if (step === 'document') return
    scrollToTop()
    focusHeading(`renewal-${step}`)
  }, [step])
  if (step === 'done' || step === 'office')
    return (
      <section className="card stack" data-testid={`renewal-${step}`}>
        <h2 className="card-title" id={`renewal-${step}`} tabIndex={-1}>
          {say(`renewal.${step}`)}
        </h2>
        <Message kind={step === 'done' ? 'good' : 'info'}>{say(`renewal.${step}Text`)}</Message>
        <Button onClick={() => startAt('home')}>{say('action.home')}</Button>
      </section>
    )
  if (step === 'face')
    return (
      <section className="card stack">
        <h2 className="card-title" id="renewal-face" tabIndex={-1}>
          {say('register.stepFace')}
        </h2>
        <Failure error={form.error} />
        {form.faceCheckId === undefined ? (
          <FaceStep identity={form.identity} onPass={(checkId) => void form.renew(checkId)} />
        ) : (
          <Button busy={form.busy} onClick={() => form.faceCheckId && form.renew(form.faceCheckId)}>
            {say(form.busy ? 'renewal.saving' : 'renewal.save')}
          </Button>
        )}
        <Button kind="link" disabled={form.busy} onClick={() => form.setStep('document')}>
          {say('register.fix')}
        </Button>
      </section>
    )
  return (
    <section className="card stack">
      <h2 className="card-title">{say('renewal.newOne')}</h2>
      <Refusal error={form.error} />
      <IdentityFields prefix="renew" values={form.values} onChange={form.change} faults={form.faults} />
      <Button onClick={form.toFace}>{say('renewal.toFace')}</Button>
    </section>
  )
}

/** Replaces the own document by the one that follows it: the old one is retired, the person stays. */
export const RenewDocumentScreen = () => {
  const open = useGate('renew-document')
  const me = useRemote(async () => (open ? await api.call('getMe', {}) : undefined))
  const [renewed, setRenewed] = useState<OwnPerson>()
  const person = renewed ?? me.value?.person
  const isForLife = person?.documentType === 'resident_id' && !renewed
  return (
    <Screen name="renew-document">
      {!isForLife && <p className="lead">{say('renewal.lead')}</p>}
      <Failure error={me.error} onRetry={me.reload} />
      {me.loading && !person && <p role="status">{say('state.loading')}</p>}
      {person && <Held person={person} />}
      {isForLife && <Message kind="info">{say('renewal.forLife')}</Message>}
      {open && person && !isForLife && <Renewal onDone={setRenewed} />}
    </Screen>
  )
}

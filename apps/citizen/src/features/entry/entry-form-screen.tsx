import { useEffect, useState } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { focusFirstWrong, focusHeading, scrollToTop } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useDraft } from '../../state/use-draft.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { type Faults, faultsOf } from '../declare/faults.ts'
import { ownPendingDoor } from '../door/pending-door.ts'
import { PendingDoorNote } from '../door/pending-door-note.tsx'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { bodyOfDraft, type EntryDraft, emptyEntry, faultsOfStep, stepOfFaults } from './entry-draft.ts'
import { HealthStep } from './health-step.tsx'
import { DestinationStep, JourneyStep, PlacesStep } from './journey-steps.tsx'

const titles = ['journey', 'places', 'destination', 'health'] as const
const steps = [JourneyStep, PlacesStep, DestinationStep, HealthStep] as const

/** Back to the door that sent the traveller here: scanned anew, now that the registration is there. */
const goOn = () => {
  const door = ownPendingDoor()
  if (door)
    replaceWith('door', { code: door.code, scan: door.scan, at: Date.parse(door.scannedAt).toString(36) })
  else replaceWith('entry', { done: 'yes' })
}

const useEntryForm = () => {
  const { value: draft, change, drop } = useDraft('entry', emptyEntry)
  const [faults, setFaults] = useState<Faults>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const edit = (part: Partial<EntryDraft>) => {
    setFaults({})
    change({ ...part, requestId: '' })
  }
  const submit = async () => {
    const requestId = draft.requestId || makeRequestId()
    change({ requestId })
    setBusy(true)
    setError(undefined)
    try {
      await api.call('submitEntry', { body: bodyOfDraft(draft, requestId) })
      drop()
      goOn()
    } catch (refusal) {
      const refused = faultsOf(refusal)
      setError(refusal)
      setFaults(refused)
      if (Object.keys(refused).length > 0) change({ step: stepOfFaults(refused), requestId: '' })
    } finally {
      setBusy(false)
    }
  }
  const next = () => {
    const found = faultsOfStep(draft, draft.step)
    setFaults(found)
    setError(undefined)
    if (Object.keys(found).length > 0) return focusFirstWrong()
    if (draft.step < steps.length - 1) change({ step: draft.step + 1 })
    else void submit()
  }
  return { draft, edit, change, faults, error, busy, next }
}

const EntryForm = () => {
  const form = useEntryForm()
  const { draft } = form
  const family = useRemote(() => api.call('listMembers', {}))
  const me = useRemote(() => api.call('getMe', {}))
  const step = Math.min(draft.step, steps.length - 1)
  const Step = steps[step] ?? JourneyStep
  useEffect(() => {
    scrollToTop()
    focusHeading(`entry-step-${step}`)
  }, [step])
  return (
    <>
      <PendingDoorNote step="entry" />
      <div className="steps">
        <p className="steps-count">{say('entry.step', { at: step + 1, of: steps.length })}</p>
        <h2 className="steps-title" id={`entry-step-${step}`} tabIndex={-1}>
          {say(`entry.steps.${titles[step] ?? 'journey'}`)}
        </h2>
        <div className="steps-bar" aria-hidden="true">
          {titles.map((title, at) => (
            <span key={title} className={at <= step ? 'steps-on' : 'steps-off'} />
          ))}
        </div>
      </div>
      <Failure error={form.error} />
      <Failure error={family.error} onRetry={family.reload} />
      <div className="card stack">
        <Step
          draft={draft}
          edit={form.edit}
          faults={form.faults}
          members={family.value?.members}
          phoneMasked={me.value?.phoneMasked ?? ''}
        />
        <Button onClick={form.next} busy={form.busy}>
          {step === steps.length - 1 ? say('entry.submit') : say('action.next')}
        </Button>
        {step > 0 && (
          <Button kind="link" onClick={() => form.change({ step: step - 1 })}>
            {say('entry.back')}
          </Button>
        )}
      </div>
    </>
  )
}

/** A journey to the city, in four steps; what is typed survives a reload and a new sign-in. */
export const EntryFormScreen = () => {
  const open = useGate('entry-form')
  return <Screen name="entry-form">{open && <EntryForm />}</Screen>
}

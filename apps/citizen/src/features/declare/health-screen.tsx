import type { Declared } from '@jiankangbao/contracts/schemas/declaration'
import type { Symptom } from '@jiankangbao/contracts/schemas/declared'
import { useState } from 'react'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useDraft } from '../../state/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { tenthsOf } from './days.ts'
import { DeclaredView } from './declared-view.tsx'
import { type Faults, faultsOf, faultText } from './faults.ts'
import { PersonChoice } from './person-choice.tsx'
import { SymptomTicks } from './symptom-ticks.tsx'

const empty = {
  memberId: '',
  temperature: '',
  feel: '' as '' | 'well' | 'unwell',
  symptoms: [] as Symptom[],
  hadContact: false,
  agreed: false,
  requestId: '',
}

const findFaults = (value: typeof empty): Faults => {
  const faults: Faults = {}
  if (Number.isNaN(tenthsOf(value.temperature))) faults.temperatureTenths = 'invalid'
  if (value.feel === '' || (value.feel === 'unwell' && value.symptoms.length === 0))
    faults.symptoms = 'choose'
  if (!value.agreed) faults.commitment = 'required'
  return faults
}

const useHealthForm = () => {
  const { corrects, member } = useScreenParams('declare')
  const draft = useDraft('declare', { ...empty, memberId: member ?? '' })
  const { value, change, drop } = draft
  const [faults, setFaults] = useState<Faults>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [declared, setDeclared] = useState<Declared>()
  const edit = (part: Partial<typeof empty>) => {
    setFaults({})
    change({ ...part, requestId: '' })
  }
  const declare = async () => {
    const found = findFaults(value)
    setFaults(found)
    if (Object.keys(found).length > 0) return focusFirstWrong()
    const requestId = value.requestId || makeRequestId()
    const tenths = tenthsOf(value.temperature)
    change({ requestId })
    setBusy(true)
    setError(undefined)
    try {
      const body = {
        requestId,
        commitment: true as const,
        ...(corrects ? { corrects } : {}),
        ...(value.memberId ? { memberId: value.memberId } : {}),
        ...(tenths === undefined ? {} : { temperatureTenths: tenths }),
        symptoms: value.feel === 'unwell' ? value.symptoms : [],
        hadContact: value.hadContact,
      }
      setDeclared(await api.call('declareHealth', { body }))
      drop()
    } catch (refusal) {
      setError(refusal)
      setFaults(faultsOf(refusal))
    } finally {
      setBusy(false)
    }
  }
  const again = () => {
    change({ ...empty })
    drop()
    setDeclared(undefined)
  }
  return { value, edit, faults, error, busy, declared, declare, again, corrects }
}

const HealthForm = () => {
  const form = useHealthForm()
  const { value, edit, faults } = form
  if (form.declared)
    return <DeclaredView declared={form.declared} unwell={value.feel === 'unwell'} onAgain={form.again} />
  return (
    <div className="card stack">
      <p className="lead">{say('declare.lead')}</p>
      {!form.corrects && <PersonChoice value={value.memberId} onChange={(memberId) => edit({ memberId })} />}
      <Choice
        label={say('declare.feel')}
        value={value.feel}
        options={[
          { value: 'well', text: say('declare.well') },
          { value: 'unwell', text: say('declare.unwell') },
        ]}
        onChange={(feel) => edit({ feel })}
        error={faultText(faults, 'symptoms')}
      />
      {value.feel === 'unwell' && (
        <SymptomTicks
          label={say('declare.symptoms')}
          value={value.symptoms}
          onChange={(symptoms) => edit({ symptoms })}
        />
      )}
      <Field
        id="declare-temperature"
        label={say('declare.temperature')}
        hint={say('declare.temperatureHint')}
        maxLength={5}
        value={value.temperature}
        onChange={(temperature) => edit({ temperature })}
        error={faults.temperatureTenths === undefined ? undefined : say('declare.temperatureWrong')}
      />
      <Tick
        text={say('declare.contact')}
        ticked={value.hadContact}
        onChange={(hadContact) => edit({ hadContact })}
      />
      <Tick text={say('declare.commitment')} ticked={value.agreed} onChange={(agreed) => edit({ agreed })} />
      {faults.commitment !== undefined && (
        <p className="field-error" role="alert">
          ⚠ {say('declare.commitmentNeeded')}
        </p>
      )}
      <Failure error={form.error} />
      <Button onClick={form.declare} busy={form.busy}>
        {say('declare.submit')}
      </Button>
    </div>
  )
}

/** Today's health of the account holder or a member, on one screen. */
export const HealthScreen = () => {
  const open = useGate()
  return (
    <Screen title={say('declare.title')} dataScreen="declare">
      {open && <HealthForm />}
    </Screen>
  )
}

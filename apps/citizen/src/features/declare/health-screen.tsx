import type { Declared, Symptom } from '@jiankangbao/contracts/declaration/schemas'
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
import { PersonChoice } from '../members/person-choice.tsx'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { tenthsOf } from './days.ts'
import { DeclaredView } from './declared-view.tsx'
import { type Faults, faultsOf, faultText } from './faults.ts'
import { PlaceField } from './place-field.tsx'
import { loadDivisions } from './places.ts'
import { draftName, type Start } from './start.ts'
import { StartForm } from './start-form.tsx'
import { noPlace } from './stays.ts'
import { SymptomTicks } from './symptom-ticks.tsx'

const empty = {
  memberId: '',
  temperature: '',
  feel: '' as '' | 'well' | 'unwell',
  symptoms: [] as Symptom[],
  hadContact: false,
  where: noPlace,
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

const draftOf = ({ corrected, where }: Start, member: string | undefined): typeof empty => {
  const health = corrected?.health
  if (!health) return { ...empty, where, memberId: member ?? '' }
  const { temperatureTenths, symptoms, hadContact } = health
  return {
    ...empty,
    memberId: corrected.memberId ?? '',
    temperature: temperatureTenths === undefined ? '' : (temperatureTenths / 10).toFixed(1),
    feel: symptoms.length > 0 ? 'unwell' : 'well',
    symptoms: [...symptoms],
    hadContact,
    where,
  }
}

const useHealthForm = (start: Start, member: string | undefined) => {
  const corrects = start.corrected?.declarationId
  const draft = useDraft(draftName('declare', start, member), draftOf(start, member))
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
        ...(value.where.code ? { divisionCode: value.where.code } : {}),
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
    change({ ...empty, where: value.where })
    drop()
    setDeclared(undefined)
  }
  return { value, edit, faults, error, busy, declared, declare, again, corrects }
}

const HealthForm = ({ start, member }: { start: Start; member: string | undefined }) => {
  const form = useHealthForm(start, member)
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
        type="decimal"
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
      <PlaceField
        id="declare-where"
        label={say('declare.where')}
        value={value.where}
        onChange={(where) => edit({ where })}
        load={loadDivisions}
        stopFrom={1}
        error={faultText(faults, 'divisionCode')}
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
  const open = useGate('declare')
  const { corrects, member } = useScreenParams('declare')
  return (
    <Screen name="declare">
      {open && (
        <StartForm
          key={corrects ?? ''}
          corrects={corrects}
          member={member}
          render={(start) => <HealthForm start={start} member={member} />}
        />
      )}
    </Screen>
  )
}

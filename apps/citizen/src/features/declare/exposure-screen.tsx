import type { Declared } from '@jiankangbao/contracts/declaration/schemas'
import { placeOfStay } from '@jiankangbao/domain/declaration/stays'
import { useState } from 'react'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useDraft } from '../../state/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { placeName, travelCountries } from '../identity/countries.ts'
import { CountryField } from '../identity/country-field.tsx'
import { PersonChoice } from '../members/person-choice.tsx'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { DayField } from './day-field.tsx'
import { dayOfDigits } from './days.ts'
import { DeclaredView } from './declared-view.tsx'
import { type Faults, faultsOf, faultText } from './faults.ts'
import { PlaceField } from './place-field.tsx'
import { loadDivisions } from './places.ts'
import { draftName, type Start } from './start.ts'
import { StartForm } from './start-form.tsx'
import { noPlace, type StayDraft, toStays } from './stays.ts'
import { StaysFields } from './stays-fields.tsx'

const empty = {
  memberId: '',
  where: noPlace,
  stays: [] as StayDraft[],
  told: false,
  toldOn: '',
  toldBy: '',
  abroad: false,
  country: '',
  enteredOn: '',
  agreed: false,
  requestId: '',
}

const findFaults = (value: typeof empty): Faults => {
  const faults: Faults = {}
  if (value.where.code === '') faults.divisionCode = 'choose'
  if (value.abroad && value.country === '') faults['fromAbroad.country'] = 'country'
  if (value.told && value.toldBy.trim() === '') faults['toldContact.toldBy'] = 'required'
  if (!value.told && !value.abroad && value.stays.length === 0) faults.riskAreaStays = 'nothing_declared'
  if (!value.agreed) faults.commitment = 'required'
  return faults
}

const bodyOf = (value: typeof empty, requestId: string, corrects: string | undefined) => ({
  requestId,
  commitment: true as const,
  ...(corrects ? { corrects } : {}),
  ...(value.memberId ? { memberId: value.memberId } : {}),
  divisionCode: value.where.code,
  riskAreaStays: toStays(value.stays),
  ...(value.told
    ? { toldContact: { lastContactOn: dayOfDigits(value.toldOn), toldBy: value.toldBy.trim() } }
    : {}),
  ...(value.abroad
    ? { fromAbroad: { country: value.country, enteredOn: dayOfDigits(value.enteredOn) } }
    : {}),
})

const digitsOf = (day: string | undefined): string => day?.replace(/-/g, '') ?? ''

const draftOf = ({ corrected, where }: Start, member: string | undefined): typeof empty => {
  const exposure = corrected?.exposure
  if (!exposure) return { ...empty, where, memberId: member ?? '' }
  const { riskAreaStays, toldContact, fromAbroad } = exposure
  return {
    ...empty,
    memberId: corrected.memberId ?? '',
    where,
    stays: riskAreaStays.map((stay) => ({
      place: { code: placeOfStay(stay), name: placeName(placeOfStay(stay), corrected.placeNames) },
      fromOn: digitsOf(stay.fromOn),
      toOn: digitsOf(stay.toOn),
      detail: stay.detail ?? '',
    })),
    told: toldContact !== undefined,
    toldOn: digitsOf(toldContact?.lastContactOn),
    toldBy: toldContact?.toldBy ?? '',
    abroad: fromAbroad !== undefined,
    country: fromAbroad?.country ?? '',
    enteredOn: digitsOf(fromAbroad?.enteredOn),
  }
}

const ExposureForm = ({ start, member }: { start: Start; member: string | undefined }) => {
  const corrects = start.corrected?.declarationId
  const { value, change, drop } = useDraft(draftName('exposure', start, member), draftOf(start, member))
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
    change({ requestId })
    setBusy(true)
    setError(undefined)
    try {
      setDeclared(await api.call('declareExposure', { body: bodyOf(value, requestId, corrects) }))
      drop()
    } catch (refusal) {
      setError(refusal)
      setFaults(faultsOf(refusal))
    } finally {
      setBusy(false)
    }
  }
  if (declared)
    return (
      <DeclaredView
        declared={declared}
        unwell={false}
        onAgain={() => {
          change({ ...empty, where: value.where })
          drop()
          setDeclared(undefined)
        }}
      />
    )
  const fault = (field: string) => faultText(faults, field)
  return (
    <div className="card stack">
      <p className="lead">{say('exposure.lead')}</p>
      {!corrects && <PersonChoice value={value.memberId} onChange={(memberId) => edit({ memberId })} />}
      <PlaceField
        id="exposure-where"
        label={say('exposure.where')}
        value={value.where}
        onChange={(where) => edit({ where })}
        load={loadDivisions}
        stopFrom={1}
        error={fault('divisionCode')}
      />
      <StaysFields
        label={say('exposure.stays')}
        prefix="riskAreaStays"
        value={value.stays}
        onChange={(stays) => edit({ stays })}
        faults={faults}
      />
      <Tick text={say('exposure.told')} ticked={value.told} onChange={(told) => edit({ told })} />
      {value.told && (
        <>
          <DayField
            id="exposure-told-on"
            label={say('exposure.toldOn')}
            value={value.toldOn}
            onChange={(toldOn) => edit({ toldOn })}
            error={fault('toldContact.lastContactOn')}
          />
          <Field
            id="exposure-told-by"
            label={say('exposure.toldBy')}
            maxLength={100}
            value={value.toldBy}
            onChange={(toldBy) => edit({ toldBy })}
            error={fault('toldContact.toldBy')}
          />
        </>
      )}
      <Tick text={say('exposure.abroad')} ticked={value.abroad} onChange={(abroad) => edit({ abroad })} />
      {value.abroad && (
        <>
          <CountryField
            id="exposure-country"
            label={say('place.country')}
            hint={say('place.countryHint')}
            countries={travelCountries}
            value={value.country}
            onChange={(country) => edit({ country })}
            error={fault('fromAbroad.country')}
          />
          <DayField
            id="exposure-entered-on"
            label={say('exposure.abroadOn')}
            value={value.enteredOn}
            onChange={(enteredOn) => edit({ enteredOn })}
            error={fault('fromAbroad.enteredOn')}
          />
        </>
      )}
      <Tick text={say('declare.commitment')} ticked={value.agreed} onChange={(agreed) => edit({ agreed })} />
      {faults.commitment !== undefined && (
        <p className="field-error" role="alert">
          ⚠ {say('declare.commitmentNeeded')}
        </p>
      )}
      <Failure error={error} />
      <Button onClick={declare} busy={busy}>
        {say('declare.submit')}
      </Button>
    </div>
  )
}

/** A stay in a risk area, a contact, an arrival from abroad. */
export const ExposureScreen = () => {
  const open = useGate('exposure')
  const { corrects, member } = useScreenParams('exposure')
  return (
    <Screen name="exposure">
      {open && (
        <StartForm
          key={corrects ?? ''}
          corrects={corrects}
          member={member}
          render={(start) => <ExposureForm start={start} member={member} />}
        />
      )}
    </Screen>
  )
}

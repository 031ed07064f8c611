import { DOCUMENT_TYPES } from '@jiankangbao/domain/written/document-types'
import { useState } from 'react'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { say, sayCode } from '../../words/words.ts'
import { passportCountries } from './countries.ts'
import { CountryField } from './country-field.tsx'
import { type IdentityFaults, type IdentityValues, identityFaults, needsBirth } from './document-values.ts'

interface IdentityFieldsProps {
  prefix: string
  values: IdentityValues
  onChange: (part: Partial<IdentityValues>) => void
  /** Faults to show whatever the field's state is: after a try to go on, or from the server. */
  faults: IdentityFaults
  /** Name, type and number only. */
  brief?: boolean
}

/** Name and document. A field is judged when it is left, and at once again after that. */
export const IdentityFields = ({ prefix, values, onChange, faults, brief = false }: IdentityFieldsProps) => {
  const [left, setLeft] = useState<Partial<Record<keyof IdentityValues, boolean>>>({})
  const live = identityFaults(values, { brief })
  const leave = (field: keyof IdentityValues) => () => setLeft((before) => ({ ...before, [field]: true }))
  const faultOf = (field: keyof IdentityValues): string | undefined => {
    const reason = faults[field] ?? (left[field] && values[field] !== '' ? live[field] : undefined)
    return reason === undefined ? undefined : sayCode('reasons', reason)
  }
  // A newborn is somebody's child: nobody registers themselves by the certificate of their birth.
  const types = DOCUMENT_TYPES.filter((type) => type !== 'birth_certificate' || prefix === 'member')
  return (
    <div className="stack">
      <Field
        id={`${prefix}-name`}
        label={say('identity.name')}
        hint={say('identity.nameHint')}
        value={values.name}
        onChange={(name) => onChange({ name })}
        onLeave={leave('name')}
        error={faultOf('name')}
        autoComplete={prefix === 'me' ? 'name' : 'off'}
      />
      <Choice
        label={say('identity.documentType')}
        value={values.documentType}
        options={types.map((type) => ({ value: type, text: say(`identity.type.${type}`) }))}
        onChange={(documentType) => onChange({ documentType })}
        error={faultOf('documentType')}
      />
      {values.documentType === 'passport' && !brief && (
        <CountryField
          id={`${prefix}-country`}
          label={say('identity.country')}
          hint={say('identity.countryHint')}
          countries={passportCountries}
          free
          value={values.country}
          onChange={(country) => onChange({ country })}
          error={faultOf('country')}
        />
      )}
      <Field
        id={`${prefix}-number`}
        type={values.documentType === 'resident_id' ? 'idcard' : 'text'}
        label={say('identity.number')}
        hint={say(`identity.hint.${values.documentType}`)}
        value={values.documentNumber}
        onChange={(documentNumber) => onChange({ documentNumber })}
        onLeave={leave('documentNumber')}
        error={faultOf('documentNumber')}
        good={live.documentNumber === undefined ? say('identity.numberGood') : undefined}
        maxLength={60}
      />
      {needsBirth(values) && !brief && (
        <Field
          id={`${prefix}-birth`}
          type="number"
          label={say('identity.birthOn')}
          hint={say('identity.birthHint')}
          value={values.birthOn}
          onChange={(birthOn) => onChange({ birthOn })}
          onLeave={leave('birthOn')}
          error={faultOf('birthOn')}
          maxLength={10}
        />
      )}
    </div>
  )
}

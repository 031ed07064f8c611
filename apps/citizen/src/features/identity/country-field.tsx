import { useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { say, sayText } from '../../words/words.ts'
import { countryName, matchingCountries, type travelCountries, typedCountry } from './countries.ts'

interface CountryFieldProps {
  id: string
  label: string
  hint: string
  countries: typeof travelCountries
  /** Any three letters can be typed, also of a code that is not listed. */
  free?: boolean
  value: string
  onChange: (code: string) => void
  error: string | undefined
}

/** A country: type a part of the name and choose, or type its three letters. */
export const CountryField = ({
  id,
  label,
  hint,
  countries,
  free = false,
  value,
  onChange,
  error,
}: CountryFieldProps) => {
  const [typed, setTyped] = useState(() => countryName(value, countries) ?? value)
  const chosen = countryName(value, countries)
  const type = (text: string) => {
    setTyped(text)
    const code = text.trim().toUpperCase()
    onChange(typedCountry(countries, text) ?? (free && /^[A-Z]{3}$/.test(code) ? code : ''))
  }
  const offers = chosen !== undefined && typed === chosen ? [] : matchingCountries(countries, typed)
  return (
    <div>
      <Field
        id={id}
        label={label}
        hint={hint}
        value={typed}
        onChange={type}
        error={error}
        good={value === '' ? undefined : say('identity.countryChosen', { country: chosen ?? value })}
      />
      {offers.length > 0 && (
        <div className="offers">
          {offers.map((country) => (
            <button
              type="button"
              className="offer"
              key={country.code}
              onClick={() => {
                setTyped(sayText(country))
                onChange(country.code)
              }}
            >
              {sayText(country)} <span className="small">{country.code}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

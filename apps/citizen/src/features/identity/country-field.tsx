import { useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { currentLanguage, say } from '../../words/words.ts'
import { countryName, type travelCountries } from './countries.ts'

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

const matching = (countries: typeof travelCountries, typed: string) => {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return []
  return countries
    .filter(([code, zh, en]) =>
      [code.toLowerCase(), zh, en.toLowerCase()].some((text) => text.includes(wanted)),
    )
    .slice(0, 6)
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
    const exact = countries.find(
      ([alpha3, zh, en]) => alpha3 === code || zh === text.trim() || en.toUpperCase() === code,
    )?.[0]
    onChange(exact ?? (free && /^[A-Z]{3}$/.test(code) ? code : ''))
  }
  const offers = chosen !== undefined && typed === chosen ? [] : matching(countries, typed)
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
          {offers.map(([code, zh, en]) => (
            <button
              type="button"
              className="offer"
              key={code}
              onClick={() => {
                setTyped(currentLanguage() === 'zh' ? zh : en)
                onChange(code)
              }}
            >
              {currentLanguage() === 'zh' ? zh : en} <span className="small">{code}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

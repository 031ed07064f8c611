import { useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { currentLanguage, say } from '../../words/words.ts'
import { countries } from './countries.ts'

interface CountryFieldProps {
  id: string
  value: string
  onChange: (code: string) => void
  error: string | undefined
}

const nameOf = (code: string): string | undefined => {
  const found = countries.find(([alpha3]) => alpha3 === code)
  return found?.[currentLanguage() === 'zh' ? 1 : 2]
}

const matching = (typed: string) => {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return []
  return countries
    .filter(([code, zh, en]) =>
      [code.toLowerCase(), zh, en.toLowerCase()].some((text) => text.includes(wanted)),
    )
    .slice(0, 6)
}

/** Country of a passport: type a part of the name and choose, or type any three-letter code. */
export const CountryField = ({ id, value, onChange, error }: CountryFieldProps) => {
  const [typed, setTyped] = useState(() => nameOf(value) ?? value)
  const chosen = nameOf(value)
  const type = (text: string) => {
    setTyped(text)
    const code = text.trim().toUpperCase()
    const exact = countries.find(([, zh, en]) => zh === text.trim() || en.toUpperCase() === code)?.[0]
    onChange(exact ?? (/^[A-Z]{3}$/.test(code) ? code : ''))
  }
  const offers = chosen !== undefined && typed === chosen ? [] : matching(typed)
  return (
    <div>
      <Field
        id={id}
        label={say('identity.country')}
        hint={say('identity.countryHint')}
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

import type { Ref } from 'react'

interface Props {
  id: string
  label: string
  hint?: string
  value: string
  onChange: (text: string) => void
  type?: 'text' | 'password'
  autoComplete: string
  inputMode?: 'numeric'
  inputRef?: Ref<HTMLInputElement>
}

/** A field of the forms before the console, which do without heavy parts. */
export const PlainField = ({ id, label, hint, onChange, type = 'text', inputRef, ...rest }: Props) => (
  <div className="plain-field">
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      name={id}
      type={type}
      autoCapitalize="none"
      spellCheck={false}
      {...(inputRef ? { ref: inputRef } : {})}
      {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
    {hint && <small id={`${id}-hint`}>{hint}</small>}
  </div>
)

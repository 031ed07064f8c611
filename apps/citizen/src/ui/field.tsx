import { useState } from 'react'
import { hasPlus, type Keyboard, keyboardOf } from '../platform/keyboards.ts'
import { say } from '../words/words.ts'
import { classNames } from './class-names.ts'

interface FieldProps {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  onEnter?: () => void
  onLeave?: () => void
  hint?: string
  error?: string | undefined
  good?: string | undefined
  type?: Keyboard
  maxLength?: number
  autoComplete?: string
  placeholder?: string
}

interface InputEvent {
  target: unknown
}
const textOf = (event: InputEvent): string => String((event.target as { value?: string }).value ?? '')

/** A labelled text field with hint and error below it; the error is read out when it appears. */
export const Field = (props: FieldProps) => {
  const { id, label, value, onChange, onEnter, onLeave, hint, error, good, type = 'text' } = props
  const below = `${id}-below`
  // Where the keyboard of digits has no +, a number from abroad needs the one of letters.
  const [fromAbroad, setFromAbroad] = useState(false)
  return (
    <div className={classNames('field', error !== undefined && 'field-wrong')}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="field-input"
        {...keyboardOf(fromAbroad ? 'text' : type)}
        value={value}
        maxLength={props.maxLength ?? 120}
        autoComplete={props.autoComplete ?? 'off'}
        autoCapitalize="off"
        spellCheck={false}
        placeholder={props.placeholder}
        aria-invalid={error !== undefined}
        aria-describedby={below}
        onInput={(event) => onChange(textOf(event))}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.()
        }}
      />
      <div id={below} className="field-below" aria-live="polite">
        {error !== undefined && <p className="field-error">⚠ {error}</p>}
        {error === undefined && good !== undefined && <p className="field-good">✓ {good}</p>}
        {error === undefined && good === undefined && hint !== undefined && (
          <p className="field-hint">{hint}</p>
        )}
      </div>
      {type === 'tel' && !hasPlus && !fromAbroad && (
        <button type="button" className="offer" onClick={() => setFromAbroad(true)}>
          {say('keyboard.fromAbroad')}
        </button>
      )}
    </div>
  )
}

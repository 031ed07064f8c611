import { classNames } from './class-names.ts'

interface TextAreaProps {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  error?: string | undefined
  maxLength: number
}

/** A labelled field of several lines, with hint, error and how much room is left. */
export const TextArea = ({ id, label, value, onChange, hint, error, maxLength }: TextAreaProps) => (
  <div className={classNames('field', error !== undefined && 'field-wrong')}>
    <label className="field-label" htmlFor={id}>
      {label}
    </label>
    <textarea
      id={id}
      className="field-input field-lines"
      value={value}
      maxLength={maxLength}
      aria-invalid={error !== undefined}
      aria-describedby={`${id}-below`}
      onInput={(event) => onChange(String((event.target as { value?: string }).value ?? ''))}
    />
    <div id={`${id}-below`} className="field-below" aria-live="polite">
      {error !== undefined && <p className="field-error">⚠ {error}</p>}
      <p className="field-hint">
        {hint} {value.length}/{maxLength}
      </p>
    </div>
  </div>
)

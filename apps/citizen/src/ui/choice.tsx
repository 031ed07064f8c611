import { classNames } from './class-names.ts'

interface ChoiceProps<T extends string> {
  label: string
  value: T | undefined
  options: readonly { value: T; text: string }[]
  onChange: (value: T) => void
  error?: string | undefined
  layout?: 'list' | 'chips'
}

/** One of several: large cards, one below the other or as chips in a row. */
export const Choice = <T extends string>(props: ChoiceProps<T>) => {
  const { label, value, options, onChange, error, layout = 'list' } = props
  return (
    <div className={classNames('field', error !== undefined && 'field-wrong')}>
      <p className="field-label">{label}</p>
      <div role="radiogroup" aria-label={label} className={`choice choice-${layout}`}>
        {options.map((option) => (
          // biome-ignore lint/a11y/useSemanticElements: mini programs have no free-standing radio input
          <button
            type="button"
            key={option.value}
            role="radio"
            aria-checked={option.value === value}
            className={classNames('choice-option', option.value === value && 'choice-chosen')}
            onClick={() => onChange(option.value)}
          >
            <span className="choice-mark" aria-hidden="true">
              {option.value === value ? '●' : '○'}
            </span>
            <span className="choice-text">{option.text}</span>
          </button>
        ))}
      </div>
      {error !== undefined && (
        <p className="field-error" aria-live="polite">
          ⚠ {error}
        </p>
      )}
    </div>
  )
}

interface TickProps {
  text: string
  ticked: boolean
  onChange: (ticked: boolean) => void
  hint?: string | undefined
  kind?: 'checkbox' | 'switch'
}

/** Yes or no. */
export const Tick = ({ text, ticked, onChange, hint, kind = 'checkbox' }: TickProps) => (
  // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles, checkbox and switch, have it
  <button
    type="button"
    role={kind}
    aria-checked={ticked}
    className={classNames('tick', ticked && 'tick-on')}
    onClick={() => onChange(!ticked)}
  >
    <span className={`tick-box tick-${kind}`} aria-hidden="true">
      {kind === 'checkbox' && ticked ? '✓' : ''}
    </span>
    <span className="tick-words">
      <span className="tick-text">{text}</span>
      {hint !== undefined && <span className="tick-hint">{hint}</span>}
    </span>
  </button>
)
